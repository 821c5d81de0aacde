"""Synonyms and picks, in both engines."""

import datetime
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import PageViewRestriction

from search.models import Pick, Synonym
from tests.factories import make_pattern, make_topic, translate

from .asking import search, titles

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 5, 5)


def synonyms(*terms, language="en", direction="both"):
    return Synonym.objects.create(language=language, terms="\n".join(terms), direction=direction)


def pick(page, *queries, language="en", **fields):
    return Pick.objects.create(page=page, queries="\n".join(queries), language=language, **fields)


# Synonyms


def test_a_synonym_finds_the_other_words_after_the_word_itself(put):
    put(title="Zebra walks")
    put(title="Quokka walks")
    assert titles("quokka") == ["Quokka walks"]
    synonyms("quokkas", "zebras")
    assert titles("quokka") == ["Quokka walks", "Zebra walks"]
    assert titles("zebra") == ["Zebra walks", "Quokka walks"]
    assert "<mark>Zebra</mark>" in search("quokka", language="en").hits[1].title


def test_the_other_way_round_finds_nothing_more_where_it_is_one_way(put):
    put(title="Zebra walks")
    put(title="Quokka walks")
    synonyms("quokka", "zebra", direction="one")
    assert titles("quokka") == ["Quokka walks", "Zebra walks"]
    assert titles("zebra") == ["Zebra walks"]


def test_a_synonym_counts_less_than_the_word(put):
    """Alike in all but the word, and the one with the synonym is written first."""
    put(title="Zebra")
    put(title="Quokka")
    synonyms("quokka", "zebra")
    found = search("quokka walk", language="en").hits
    assert [hit.title for hit in found] == ["<mark>Quokka</mark>", "<mark>Zebra</mark>"]


def test_synonyms_of_several_words_are_phrases(put):
    put(title="Zebra tower", body="closed circuit television")
    put(title="Other", body="a television, a circuit, and closed")
    put(title="Camera", body="cctv")
    synonyms("CCTV", "closed-circuit television")
    assert titles("cctv") == ["Camera", "Zebra tower"]
    assert "Camera" in titles("closed circuit television")


def test_synonyms_hold_in_their_language_alone_and_not_in_phrases(put):
    put("fr", "Zèbre")
    put("en", "Zebra")
    synonyms("quokka", "zèbre", language="fr")
    assert titles("quokka", "fr") == ["Zèbre"]
    assert titles("quokka", "en") == []
    synonyms("striped horse", "zebra")
    assert titles('"striped horse"') == []
    assert titles("striped horse") == ["Zebra"]


def test_no_synonym_is_unknown_and_corrected_away(put):
    put(title="Zebra walks")
    put(title="Quokkas")
    synonyms("quokko", "zebra")
    assert search("quokko", language="en").did_you_mean == ""


# Picks


def test_a_pick_comes_first_with_its_reason_even_without_the_words(engine_name):
    for number in range(3):
        make_topic(title=f"Quokka {number}")
    chosen = make_topic(title="Zebra")
    pick(chosen, "quokka", reason="Start here")
    found = search("Quokkas", language="en")
    assert [hit.pick for hit in found.hits] == ["Start here", "", "", ""]
    assert found.hits[0].title == "Zebra"
    assert found.total == 4
    assert found.facets["kind"] == {"topic": 4}
    assert [hit.pick for hit in search("zebra", language="en").hits] == [""]


def test_a_pick_that_matches_anyway_is_shown_once_and_before_an_exact_name(engine_name):
    make_topic(title="Quokka")
    later = make_topic(title="Of quokkas and others")
    first = make_topic(title="Zebra")
    pick(later, "quokka", order=2)
    pick(first, "quokka", order=1)
    found = search("quokka", language="en")
    assert [hit.pick for hit in found.hits] == ["Editors’ pick", "Editors’ pick", ""]
    assert titles("quokka") == ["Zebra", "Of quokkas and others", "Quokka"]


def test_the_whole_search_must_be_the_same_but_not_its_order_or_endings(engine_name):
    chosen = make_topic(title="Zebra")
    pick(chosen, "the quokka walks", "striped")
    for asked in ("walking quokkas", "quokka walk", "STRIPED", '"quokka walk"'):
        assert titles(asked) == ["Zebra"]
    for asked in ("quokka", "quokka walks far", "quokka walk -horse", "the"):
        assert titles(asked) == []


def test_a_pick_is_shown_in_the_readers_language_and_holds_in_its_own(engine_name):
    chosen = make_topic(title="Zebra")
    translate(chosen, "fr", title="Zèbre", slug="zebre")
    pick(chosen, "quokka", language="fr")
    assert titles("quokka", "fr") == ["Zèbre"]
    assert titles("quokka", "en") == []


def test_picks_keep_to_filters_and_dates_and_sorting(engine_name):
    make_topic(title="Quokka")
    pick(make_pattern(title="Zebra"), "quokka")
    assert titles("quokka", filters={"kind": ["topic"]}) == ["Quokka"]
    assert titles("quokka", filters={"kind": ["pattern"]}) == ["Zebra"]
    assert titles("quokka", sort="newest") == ["Quokka"]
    today = timezone.localdate()
    for starts, ends, shown in ((1, 2, False), (-2, -1, False), (0, 0, True), (-1, None, True), (None, 1, True)):
        days = [None if day is None else today + datetime.timedelta(days=day) for day in (starts, ends)]
        chosen = Pick.objects.get()
        chosen.starts_on, chosen.ends_on = days
        chosen.save()
        assert ("Zebra" in titles("quokka")) is shown


@pytest.mark.parametrize("state", ["draft", "closed", "deleted"])
def test_what_the_visitor_may_not_see_is_never_picked(engine_name, state):
    make_topic(title="Quokka")
    hidden = make_topic(title="Zebra", live=state != "draft")
    pick(hidden, "quokka", reason="Secret reason")
    if state == "closed":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    elif state == "deleted":
        hidden.delete()
    found = search("quokka", language="en", user=AnonymousUser())
    assert [hit.title for hit in found.hits] == ["<mark>Quokka</mark>"]
    assert found.total == 1
    assert found.facets["kind"] == {"topic": 1}


def test_a_page_put_last_comes_last(put, engine_name):
    make_topic(title="Quokka")
    put("fr", "Quokka ici", subject=str(uuid.uuid4()))
    make_topic(title="Three quokkas")
    assert titles("quokka")[0] == "Quokka"
    last = make_topic(title="Quokka quokka")
    pick(last, "quokka", effect="last")
    assert titles("quokka")[-1] == "Quokka quokka"
    assert search("quokka", language="en").total == 4
