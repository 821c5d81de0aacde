"""What else is looked for than the words as typed, and what the service tries when they find nothing."""

import pytest

from search.compounds import pieces, split
from search.parsing import parse
from search.service import search
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


def steps(text, language="en"):
    found = search(text, language=language)
    return found.step, found.total


@pytest.mark.django_db
def test_it_is_said_which_step_answered(put):
    put(title="Neighbourhood watch", body="The quokka keepers meet a moderator")
    put("fr", "Kiosque", body="marsupilami")
    assert steps("neighbourhood watch") == ("exact", 1)
    assert steps("moderators") == ("stem", 1)
    assert steps("moderatro quokka") == ("spell", 1)
    assert steps("quokkinger") == ("trigram", 1)
    assert steps("marsupilami") == ("crosslang", 1)
    assert steps("marsupilamy") == ("crosslang", 1)
    assert steps("zzzzzzzzzz") == ("", 0)
    assert steps('"quokka watch"') == ("stem", 1)


@pytest.mark.django_db
def test_the_thesaurus_leads_to_texts_in_other_languages(put):
    put("en", "Vigilantes", body="When neighbours take the law into their own hands")
    put("en", "Other", body="Nothing of the sort")
    put("de", "Startseite", body="Willkommen")
    results = search("bürgerwehr", language="de")
    assert [hit.language for hit in results.hits] == ["en"]
    assert results.did_you_mean == ""
    assert [hit.language for hit in search("bürgerwer", language="de").hits] == ["en"]
