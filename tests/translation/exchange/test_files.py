"""Reading and writing the files themselves: what they say, and what is refused of them."""

import datetime

import pytest

from translation.exchange import formats, po, xliff
from translation.exchange.units import LARGEST_FILE, Document, FileRefused, Progress, Unit

WHEN = datetime.datetime(2026, 3, 1, 10, 2, 3, tzinfo=datetime.UTC)
HTML = 'Read <a id="a1">the <b>statutes</b></a> &amp; <em>ask</em><br/>3 &lt; 4 “people” \\ "quoted".'
AWKWARD = "A tab\tand a line\u2028break, nbsp\u00a0: \u202f? 日本 🙂 é %s {0} $ \\n"
UNITS = [
    Unit("title", "Lanterns", "Lanternes", Progress.FINAL, "aaa", "Title", ("A note\nin two lines",), 255),
    Unit("body.1f.text", HTML, HTML.replace("Read", "Lire"), Progress.WRITTEN, "bbb"),
    Unit("body.1f.text", AWKWARD, AWKWARD.upper(), Progress.TO_REVISE, "ccc", previous="An older one"),
    Unit("summary", "Not yet", token="none"),
    Unit("body.2.text", '<b>One</b>, <strong>two</strong> <b>three</b><a id="a2">x</a>', "<i>Un</i>", Progress.WRITTEN),
]
DOCUMENT = Document("18c03717-8750-4b64-b21a-609087df5319", "L", "https://x.org/", "en", "fr", WHEN, UNITS)
READABLE = [*formats.FORMATS, "xliff 2.0"]


def as_file(code, document=DOCUMENT):
    return xliff.write(document, "2.0") if code == "xliff 2.0" else formats.FORMATS[code].write(document)


@pytest.mark.parametrize("code", READABLE)
def test_what_is_written_is_read_as_it_was(code):
    """Test 27, without the site: texts, states, tokens and the time come back from each format."""
    found, _via = formats.read(as_file(code))
    assert (found.key, found.language, found.source_language) == (DOCUMENT.key, "fr", "en")
    assert found.exported_at == WHEN
    assert [(one.path, one.source, one.text, one.token) for one in found.units] == [
        (one.path, one.source, one.text, one.token) for one in UNITS
    ]
    revised = [one.progress == Progress.TO_REVISE for one in found.units]
    assert revised == [False, False, True, False, False]
    assert [one.progress == Progress.EMPTY for one in found.units] == [False, False, False, True, False]
    assert not any(one.fault for one in found.units)
    assert [one.line for one in found.units] == sorted({one.line for one in found.units})


def test_po_tells_the_translator_where_the_text_stands():
    """Row 19."""
    text = as_file("po").decode()
    entry = text.split("\n\n")[1]
    for line in ("#. Title", "#. A note in two lines", "#. At most 255 characters.", "#: https://x.org/"):
        assert line in entry.splitlines()
    assert '#| msgid "An older one"' in text


@pytest.mark.parametrize("change", ["bom", "crlf", "utf-16"])
def test_po_as_windows_leaves_it(change):
    """Test 31: byte order mark, line ends, the encodings of other systems."""
    data = as_file("po")
    if change == "bom":
        data = b"\xef\xbb\xbf" + data
    elif change == "crlf":
        data = data.replace(b"\n", b"\r\n")
    else:
        data = data.decode().replace("charset=utf-8", "charset=utf-16").encode("utf-16")
    found = po.read(data)
    assert [one.text for one in found.units] == [one.text for one in UNITS]


def test_po_in_latin_1_if_it_says_so():
    """Test 31."""
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "Lantern"\nmsgstr "Été"\n'
    assert po.read(text.encode("latin-1")).units[0].text == "Été"
    with pytest.raises(FileRefused, match="not a text in utf-8"):
        po.read(text.replace("ISO-8859-1", "utf-8").encode("latin-1"))
    with pytest.raises(FileRefused, match="“rot13” is not known"):
        po.read(text.replace("ISO-8859-1", "rot13").encode("latin-1"))


def truncations():
    data = as_file("po")
    return [data[: data.index(b"Lire") + 20], data[: data.rindex(b'"')]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"x" * (LARGEST_FILE + 1), "larger than 5 MB"),
        (b"\x7fELF\x02\x01\x00\x00", "not a text"),
        (bytes(range(256)), "not a text"),
        (b"/etc/passwd", "line 1 cannot be read"),
        (b"locale/fr/LC_MESSAGES/django.po", "line 1 cannot be read"),
        (b"just a letter to the editors", "line 1 cannot be read"),
        (b'msgid "a"\nmsgid "b"\n', "line 2 cannot be read"),
        (b'msgid "a" "b"\nmsgstr "c"\n', "Line 1 is not complete"),
        (b'msgid "a"\nmsgstr[x] "c"\n', "Line 2 is not complete"),
        (b"# nothing but a remark\n", "no texts"),
        *((data, "may have been cut off") for data in truncations()),
    ],
)
def test_what_is_no_po_file_is_refused_with_a_reason(data, told):
    """Test 31: empty, truncated, too large, binary, a path as content."""
    with pytest.raises(FileRefused, match=told):
        formats.read(data)


def test_no_way_to_cut_a_po_file_off_breaks_the_reading():
    """Test 31: whatever is left is read with texts that are whole, or refused."""
    data = as_file("po")
    whole = {one.text for one in UNITS} | {""}
    for length in range(0, len(data), 7):
        try:
            found = formats.read(data[:length])[0]
        except FileRefused:
            continue
        assert {one.text for one in found.units} <= whole
        assert {one.source for one in found.units} <= {one.source for one in UNITS}


def test_plural_and_obsolete_entries():
    """Test 35."""
    text = as_file("po").decode() + '#~ msgid "Old"\n#~ msgstr "Vieux"\n\nmsgid "%d a"\nmsgid_plural "%d b"\n'
    found = po.read((text + 'msgstr[0] "c"\nmsgstr[1] "d"\n').encode())
    assert "Old" not in [one.source for one in found.units]
    assert "plural" in found.units[-1].fault


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BODY = (
    '<xliff version="1.2"><file original="x"><body><trans-unit><source>{}</source></trans-unit></body></file></xliff>'
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>{BODY.format("&l9;")}', "entities"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + BODY.format("&e;"), "entities"),
        ('<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1/">%e;]>' + BODY.format("a"), "entities"),
        ("<xliff>" * 100_000, "nested too deeply"),
        (BODY.format("<g>" * 5_000 + "</g>" * 5_000), "nested too deeply"),
        (BODY.format("<x/>" * 300_000), "too many parts"),
        ("<xliff version='1.2'><file>", "not sound XML"),
        (BODY.format("&nbsp;"), "not sound XML"),
        ('<?xml version="1.0" encoding="klingon"?>' + BODY.format("a"), "encoding|XML"),
        ("<html><body>Page not found</body></html>", "not an XLIFF file"),
        (BODY.format("a").replace("1.2", "9.9"), "not an XLIFF file"),
        ("<xliff version='1.2'/>", "0 parts"),
    ],
)
def test_xml_that_was_made_to_do_harm_is_refused(data, told):
    """Test 40: entities that grow, that fetch, elements without end; and what is no XLIFF."""
    with pytest.raises(FileRefused, match=told):
        formats.read(data.encode())


def test_element_that_stands_for_nothing_spoils_one_text_only():
    text = as_file("xliff").decode().replace('id="b1" ctype="bold"', 'id="script1"')
    found = xliff.read(text.encode())
    assert [bool(one.fault) for one in found.units] == [False, True, False, False, True]


def test_xliff_that_a_tool_has_cut_into_sentences():
    text = as_file("xliff2").decode()
    one = text[text.index("<segment") : text.index("</segment>") + 10]
    two = one.replace("Lanterns", "Lamps").replace("Lanternes", "Lampes")
    text = text.replace(one, f"{one}<ignorable><source>. </source></ignorable>{two}")
    unit = xliff.read(text.encode()).units[0]
    assert (unit.source, unit.text) == ("Lanterns. Lamps", "Lanternes. Lampes")
    marked = as_file("xliff").decode().replace(">Lanternes<", '><mrk mtype="seg" mid="0">Lanternes</mrk><')
    assert xliff.read(marked.encode()).units[0].text == "Lanternes"


def test_control_characters_do_not_make_a_file_that_no_tool_reads():
    document = Document("k", "T\x0b", "", "en", "fr", WHEN, [Unit("a", "b\x0cc\x01d", "e\x1ff", Progress.WRITTEN)])
    for code in ("xliff", "xliff2"):
        assert formats.read(as_file(code, document))[0].units[0].text == "e f"
