"""Two wordings of a text side by side, and what of a translation still fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import validate_translation_links

from translation.differences import difference, doubts, earlier_wordings, fitted, pairs, similarity


def test_what_went_and_what_came_is_marked_word_by_word():
    marked = difference("Keep each group under 50 households.", "Keep each group under 30 households.")
    assert marked == "Keep each group under <del>50 </del><ins>30 </ins>households."


def test_nothing_is_marked_where_nothing_differs():
    assert difference("The same &amp; more.", "The same &amp; more.") == "The same &amp; more."


def test_formatting_is_shown_as_signs_and_marked_like_words():
    marked = difference("Read <b>this</b> first", 'Read <a id="a1">this</a> first')
    assert marked == "Read <del>⟨b⟩</del><ins>⟨a1⟩</ins>this<del>⟨/b⟩</del><ins>⟨/a⟩</ins> first"


@given(st.text(), st.text())
def test_marked_text_never_carries_markup_of_its_own(old, new):
    rest = str(difference(old, new))
    for tag in ("<del>", "</del>", "<ins>", "</ins>"):
        rest = rest.replace(tag, "")
    assert "<" not in rest
    assert ">" not in rest


@given(st.lists(st.sampled_from(["police", "does", "not", "30", "é", "<b>x</b>", "—"])), st.lists(st.just("a b")))
def test_both_texts_can_be_read_out_of_the_difference(old, new):
    from bs4 import BeautifulSoup

    def left(name):
        soup = BeautifulSoup(difference(" ".join(old), " ".join(new)), "html.parser")
        for tag in soup.find_all(name):
            tag.decompose()
        return "".join(soup.get_text().split())

    assert left("del") == "".join(" ".join(new).split())
    words = " ".join(old).replace("<b>", "⟨b⟩").replace("</b>", "⟨/b⟩")
    assert left("ins") == "".join(words.split())


def test_similarity_looks_at_words_and_not_at_formatting():
    assert similarity("A <b>bold</b> word", "a bold word") == 100
    assert similarity("The police answer quickly", "Nobody knows the reason why") < 60


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Do share the name.", "Do not share the name."),
        ("en", "You can share it.", "You can’t share it."),
        ("fr", "Partagez le nom.", "Ne partagez pas le nom."),
        ("nl", "Deel de naam.", "Deel de naam niet."),
        ("de", "Nennen Sie einen Namen.", "Nennen Sie keinen Namen."),
        ("it", "Condividete il nome.", "Non condividete il nome."),
        ("es", "Comparta el nombre.", "No comparta el nombre."),
        ("ca", "Compartiu el nom.", "No compartiu el nom."),
        ("fr-be", "Avec un nom.", "Sans un nom."),
    ],
)
def test_negation_is_doubted_in_every_language(language, old, new):
    assert len(doubts(old, new, language)) == 1
    assert not doubts(new, new, language)


def test_numbers_are_doubted_and_named():
    (line,) = doubts("Between 50 and 60 groups", "Between 30 and 60 groups", "en")
    assert "50" in line
    assert "30" in line
    assert "60" not in line


def test_language_without_a_list_doubts_numbers_alone():
    assert not doubts("a", "not a", "tr")


def test_the_only_text_of_a_place_has_an_earlier_wording_however_much_was_changed():
    assert earlier_wordings(["Photos", "Older"], ["Rules of use"], 1) == [("Photos", "Rules of use")]
    assert earlier_wordings(["Photos", "The rule of use"], ["Rules of use"], 1) == [("The rule of use", "Rules of use")]
    assert earlier_wordings(["Completely different"], ["Police answer within a day"], 2) == []
    assert earlier_wordings([], ["New"], 1) == earlier_wordings(["Old"], [], 1) == []


def test_each_wording_goes_to_the_nearest_new_one():
    gone = ["The group has one moderator.", "The police answer within a day."]
    come = ["The police answer within two days.", "The group has two moderators."]
    assert dict(pairs(gone, come)) == dict(zip(gone, reversed(come), strict=True))


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        # the same words keep their link, whatever number it has now
        ('Lire <a id="a1">ici</a>', 'Read <a id="a1">here</a>', 'See <a id="a1">map</a>, read <a id="a2">here</a>', 2),
        # as many links as before: in the same order
        ('Lire <a id="a1">ici</a>', 'Read <a id="a1">here</a>', 'Read <a id="a1">there</a>', 1),
        # the link is gone
        ('Lire <a id="a1">ici</a>', 'Read <a id="a1">here</a>', "Read here", None),
    ],
)
def test_links_get_the_numbers_of_the_new_text(text, old, new, expected):
    result = fitted(text, old, new)
    validate_translation_links(new, result)
    assert (f'<a id="a{expected}">ici</a>' in result) if expected else (result == "Lire ici")


def test_formatting_that_the_new_text_lacks_is_left_out():
    assert fitted("Un <b>mot</b><br/>gras", "A <b>bold</b> word", "A bold word") == "Un mot<br/>gras"
    assert fitted("Un <b>mot</b>", "A <b>bold</b> word", "The <b>bold</b> word") == "Un <b>mot</b>"
