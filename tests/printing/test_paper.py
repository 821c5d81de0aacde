"""How the HTML of a page becomes blocks: what is kept, what is left out, what is set apart."""

import pytest

from printing.paper import blocks_of

ADDRESS = "https://example.org/en/patterns/watch/"


def blocks(html):
    return blocks_of(f"<main><h1>Title</h1>{html}</main>", ADDRESS, lambda source: None)


def words(block):
    return "".join(run["s"] for run in block["runs"])


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p><b>Problem</b>Yes. It is.</p>", "Problem: Yes. It is."),
        ("<p><span>Effect</span><span>Case study</span></p>", "Effect · Case study"),
        ('<p>12 east<span class="small">A town.</span></p>', "12 east · A town."),
        ("<p>One <i>word</i>, and <b>two</b>.</p>", "One word, and two."),
        ("<p>re<b>mark</b>able</p>", "remarkable"),
        ("<p>a\n   b<br>c</p>", "a b\nc"),
        ("<div>loose <span>text</span></div>", "loose text"),
        ('<p>seen<span aria-hidden="true">!</span><!-- note --><svg><title>T</title></svg></p>', "seen"),
    ],
)
def test_text_reads_as_it_looks(html, said):
    (block,) = blocks(html)
    assert (block["t"], words(block)) == ("p", said)


def test_what_serves_only_a_screen_is_left_out():
    left_out = '<nav>N</nav><form><input value="x"></form><div class="noprint">X</div><script>1</script>'
    assert blocks(f'{left_out}<section aria-labelledby="talk"><p>Said</p></section>') == []


def test_no_level_of_headings_is_jumped_over():
    found = blocks("<h3>A</h3><section><h4>B</h4></section><h2>C</h2><h5>D</h5>")
    assert [(block["level"], words(block)) for block in found] == [(2, "A"), (3, "B"), (2, "C"), (3, "D")]


def test_links_are_whole_and_those_within_the_page_are_none():
    (block,) = blocks('<p><a href="/en/topics/">T</a> and <a href="#s1">S</a></p>')
    assert [run.get("href") for run in block["runs"]] == ["https://example.org/en/topics/", None]


def test_languages_stay_with_their_words():
    (block,) = blocks('<p>He said <i lang="it">ciao</i>.</p>')
    assert [(run["s"], run.get("lang")) for run in block["runs"]] == [("He said ", None), ("ciao", "it"), (".", None)]


@pytest.mark.parametrize(("code", "language"), [("pt-BR", "pt"), ("EN", "EN"), ("x", None), ("in Dutch", None)])
def test_of_a_code_the_language_is_taken_and_nothing_of_what_is_none(code, language):
    (block,) = blocks(f'<p><i lang="{code}">word</i></p>')
    assert block["runs"][0].get("lang") == language


@pytest.mark.parametrize("href", ["http://[", f"https://example.org/{'é' * 4000}"])
def test_what_is_no_address_leaves_its_words(href):
    (block,) = blocks(f'<p><a href="{href}">word</a></p>')
    assert block["runs"] == [{"s": "word"}]


def test_lists_terms_and_tables_keep_their_shape():
    ul, dl, table = blocks(
        "<ul><li>One</li><li><p>Two</p><ul><li>Three</li></ul></li></ul>"
        "<dl><div><dt>A</dt><dd>B</dd><dd>C</dd></div></dl>"
        "<table><thead><tr><th>H</th><th>I</th></tr></thead><tbody><tr><td>J</td></tr></tbody></table>"
    )
    assert [item[0]["t"] for item in ul["items"]] == ["p", "p"]
    assert ul["items"][1][1]["t"] == "ul"
    assert len(dl["items"][0][1]) == 2
    assert (table["width"], len(table["head"]), len(table["rows"][0])) == (2, 2, 2)


def test_a_page_without_a_main_part_says_nothing():
    assert blocks_of("<p>x</p>", ADDRESS, lambda source: None) == []
