"""What is tried when the words as typed find nothing, and that it is said which step answered, in both engines.

With Elasticsearch the other engine is asked for nothing: it would only hide what the first one cannot do.
"""

import pytest

from search import service
from search.shown import Shown
from tests.factories import make_pattern

from .asking import follow, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(engine_name):
    """The engine itself, without the one behind it."""
    found = service.engine_named(engine_name)
    return getattr(found, "first", found)


def steps(text, language="en"):
    found = search(text, language=language)
    return found.step, found.total


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


def test_the_thesaurus_leads_to_texts_in_other_languages(put):
    put("en", "Vigilantes", body="When neighbours take the law into their own hands")
    put("en", "Other", body="Nothing of the sort")
    put("de", "Startseite", body="Willkommen")
    results = search("bürgerwehr", language="de")
    assert [hit.language for hit in results.hits] == ["en"]
    assert results.did_you_mean == ""
    assert [hit.language for hit in search("bürgerwer", language="de").hits] == ["en"]


@pytest.mark.parametrize(
    ("language", "written", "typed", "meant"),
    [
        ("en", "Trackers unmask a swindler", "swindelers", "swindler"),
        ("fr", "Une escroquerie", "escrokerie", "escroquerie"),
        ("nl", "Meekijkers in de buurt", "meekijkkers", "meekijkers"),
        ("de", "Schwindler entlarven", "schwintler", "schwindler"),
        ("it", "I truffatori", "trufatori", "truffatori"),
        ("es", "Una estafadora", "estafadoora", "estafadora"),
        ("ca", "Els estafadors", "estaffadors", "estafadors"),
    ],
)
def test_nearly_right_words_are_known_in_every_language(put, engine, language, written, typed, meant):
    put(language, "Text", body=written)
    assert search(typed, language=language).did_you_mean == meant
    assert engine.spellings_like([typed], language, Shown()) == {typed: meant}


def test_words_that_share_many_letters_are_alike(put, engine):
    put("en", "Text", body="Crowdsourcing and whistleblowers")
    search("crowdsourcing", language="en")
    loosely = engine.spellings_like(["crowdsourcinglike", "whistler", "zebra"], "en", Shown(), loosely=True)
    assert loosely == {"crowdsourcinglike": "crowdsourcing"}
    assert engine.spellings_like(["crowdsourcinglike"], "en", Shown()) == {}
    assert engine.spellings_like([], "en", Shown(), loosely=True) == {}


def test_of_words_as_much_alike_that_which_more_texts_have_is_meant(put, engine):
    put("en", "One", body="moderation")
    put("en", "Two", body="modulation")
    put("en", "Three", body="modulation")
    search("modulation", language="en")
    assert engine.spellings_like(["modiration"], "en", Shown()) == {"modiration": "moderation"}
    assert engine.spellings_like(["modaration"], "en", Shown())["modaration"] == "moderation"
    assert engine.spellings_like(["modxlation"], "en", Shown()) == {"modxlation": "modulation"}


def test_letters_doubled_or_not_are_one_mistake_however_many(put, engine):
    put("es", "Terrassa", body="Avisos en las redes")
    search("redes", language="es")
    assert engine.spellings_like(["terasa"], "es", Shown()) == {"terasa": "terrassa"}
    assert engine.spellings_like(["teraza"], "es", Shown()) == {}


def test_words_of_the_thesaurus_count_where_they_lead_to_a_text(put, engine):
    put("en", "Vigilantes", body="When neighbours take the law into their own hands")
    put("en", "Other", body="Nothing of the sort")
    put("de", "Startseite", body="Willkommen")
    search("vigilantes", language="en")
    assert engine.spellings_like(["bürgerwer"], "de", Shown()) == {"bürgerwer": "bürgerwehr"}


@pytest.mark.parametrize("loosely", [False, True])
def test_no_word_comes_from_a_text_that_the_reader_may_not_see(put, engine, engine_name, loosely):
    put(title="Shown", body="nothing")
    put(title="Hidden", body="xylophones", page=make_pattern(title="Draft", live=False))
    if engine_name == "elasticsearch":
        follow()
    typed = "xylophonistes" if loosely else "xylophonez"
    assert engine.spellings_like([typed], "en", Shown(), loosely=loosely) == {}


@pytest.mark.parametrize("loosely", [False, True])
def test_any_word_is_answered(put, engine, loosely):
    put(title="Text", body="words")
    search("words", language="en")
    for typed in ("é" * 48, "أهلا", "日本語", "🚓🚓🚓🚓", "a", "1234567"):
        assert engine.spellings_like([typed], "en", Shown(), loosely=loosely) == {}
