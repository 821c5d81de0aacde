"""The tags of a text are marks that a translator cannot mistype into something else, and lead back to the same tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from translation.places import Place
from translation.workbench.tokens import Unknown, kept, shown

SOURCE = 'Read <a id="a1">the rules</a>, <b>all of <i>them</i></b>,<br/>now.'
RICH, LINES, LINE = Place((), "html"), Place((), "text"), Place((), "text", has_lines=False)


def test_tags_are_numbered_as_in_the_original():
    assert shown(SOURCE, SOURCE, RICH) == "Read ⟨1⟩the rules⟨/1⟩, ⟨2⟩all of ⟨3⟩them⟨/3⟩⟨/2⟩,\nnow."


def test_a_translation_keeps_the_numbers_in_another_order_and_names_what_it_adds():
    text = '<b>Tout</b>, <a id="a1">les règles</a>, <i>oui</i> <em>!</em> <a id="a9">?</a>'
    typed = "⟨2⟩Tout⟨/2⟩, ⟨1⟩les règles⟨/1⟩, ⟨3⟩oui⟨/3⟩ ⟨em⟩!⟨/em⟩ ⟨a:a9⟩?⟨/a:a9⟩"
    assert shown(text, SOURCE, RICH) == typed
    assert kept(typed, SOURCE, RICH) == text


@pytest.mark.parametrize("typed", ["⟨4⟩x⟨/4⟩", "⟨script⟩x", "⟨a⟩x⟨/a⟩", "⟨br⟩", "⟨div⟩"])
def test_a_mark_that_stands_for_nothing_is_refused(typed):
    with pytest.raises(Unknown):
        kept(typed, SOURCE, RICH)


def test_a_mark_that_the_original_has_as_text_is_text():
    assert kept("siehe ⟨9⟩", "see ⟨9⟩", RICH) == "siehe ⟨9⟩"


def test_angle_brackets_are_letters():
    assert kept("<script>alert(1)</script> & co", SOURCE, RICH) == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"


def test_breaks_of_lines():
    assert kept("a\r\nb\rc", SOURCE, RICH) == kept("a\nb\nc", "", LINES) == "a<br/>b<br/>c"
    assert kept(" a \r\n b ", "", LINE) == "a b"
    assert shown("a\n  b", "", RICH) == "a b"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="⟨⟩")))
def test_what_is_typed_comes_back_and_is_kept_the_same_way(text):
    text = text.strip()
    for place in (RICH, LINES, LINE):
        data = kept(text, SOURCE, place)
        StringValue.from_translated_html(data)
        again = shown(data, SOURCE, place)
        assert kept(again, SOURCE, place) == data
        assert again.split() == text.split()


def test_spaces_without_end_take_no_longer_than_other_letters():
    text = "a" + " " * 400_000 + "b"
    assert kept(text, SOURCE, LINE) == text.replace("a", "a", 1)
