"""What else is looked for than the words as typed."""

import pytest

from search.compounds import pieces, split
from search.inflections import plain_forms
from search.parsing import parse
from search.thesaurus import FILE, Thesaurus, thesaurus
from search.widening import widened

SMALL = """
# a comment
watch, lookout | garde | wacht | Wache | guardia | guardia | guàrdia
radio scanner | scanner radio | radioscanner | Funkscanner | scanner radio | escáner | escàner
"""


def test_a_notion_is_named_in_any_form_and_accents_do_not_matter():
    small = Thesaurus(SMALL)
    assert small.notions(["watches"], "en") == {0: {0}}
    assert small.notions(["guardia"], "ca") == {0: {0}}
    assert small.notions(["the", "radio"], "en") == {}  # of several words all must be typed
    assert small.notions(["scanner", "police", "radio"], "en") == {1: {0, 2}}
    assert ("de", ("wache",)) in set(small.ways(0))


def test_a_shared_stem_alone_names_nothing():
    assert Thesaurus("publication | publication | publicatie | a | b | c | d").notions(["publiquement"], "fr") == {}


def test_every_line_of_the_thesaurus_has_all_languages():
    for line in FILE.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split("|")
            assert len(cells) == 7, line
            assert all(word.strip() for cell in cells for word in cell.split(",")), line
    assert len(thesaurus().words("de")) > 500


@pytest.mark.parametrize(
    ("word", "language", "known", "parts"),
    [
        ("policeradio", "en", {"police", "radio"}, ("police", "radio")),
        ("hinweisflut", "de", {"hinweis", "flut", "wei"}, ("hinweis", "flut")),
        ("sicherheitsdienst", "de", {"sicherheit", "dienst"}, ("sicherheit", "dienst")),
        ("sicherheitsdienst", "en", {"sicherheit", "dienst"}, ()),
        ("whatsappgroepregels", "nl", {"whatsapp", "groep", "regels"}, ("whatsapp", "groep", "regels")),
        ("police", "en", {"pol", "ice"}, ()),
        ("unknowable", "en", {"known"}, ()),
    ],
)
def test_compounds_are_taken_apart_into_known_words(word, language, known, parts):
    assert split(word, known, language) == parts
    assert set(parts) <= set(pieces(word))


@pytest.mark.django_db
def test_words_typed_apart_are_looked_for_as_one_but_common_words_are_not_joined(put):
    put(title="Buurtapp")
    related = {words for term in widened(parse("buurt app", "en")).terms for _language, words in term.related}
    assert ("buurtapp",) in related
    assert all(not term.related for term in widened(parse("i d on", "ca")).terms)


@pytest.mark.django_db
def test_words_that_questions_are_made_of_are_left_out_unless_they_are_all():
    kept = [term.forms[0] for term in widened(parse("happens quokkas always", "en")).terms]
    assert kept == ["quokkas"]
    assert widened(parse("always", "en")).terms


@pytest.mark.parametrize(
    ("word", "language", "plain"),
    [
        ("einkauft", "de", "einkaufen"),
        ("eingekauft", "de", "einkaufen"),
        ("gelöscht", "de", "löschen"),
        ("meldete", "de", "melden"),
        ("filmende", "de", "filmen"),
        ("anzuzeigen", "de", "anzeigen"),
        ("filmt", "nl", "film"),
        ("verwijderd", "nl", "verwijder"),
        ("meldden", "nl", "meld"),
    ],
)
def test_the_plain_form_of_a_verb_is_among_the_guesses(word, language, plain):
    assert plain in plain_forms(word, language)


def related_to(text, language):
    return {" ".join(words) for term in widened(parse(text, language)).terms for _language, words in term.related}


@pytest.mark.django_db
def test_verbs_are_related_in_any_form_but_a_guess_alone_is_nothing(put):
    assert "buy" in related_to("eingekauft", "de")
    assert "filmen" in related_to("filmt", "nl")
    assert related_to("gequassert", "de") == set()


@pytest.mark.django_db
def test_a_misspelt_word_is_no_word_of_another_language(put):
    assert "police" in related_to("police", "es")
    assert related_to("polical", "es") == set()
