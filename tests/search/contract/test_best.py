"""Of many texts only the best are scored. All others count and can be reached nevertheless."""

from dataclasses import replace

import pytest

from search.engines.elasticsearch import coverage
from search.engines.embedded import postgres
from search.service import engine

from .asking import search

pytestmark = pytest.mark.django_db

ITALY, SPAIN = {"country": ("IT",)}, {"country": ("ES",)}


@pytest.fixture(autouse=True)
def _few_are_scored(monkeypatch):
    monkeypatch.setattr(coverage, "SCORED", 2)
    monkeypatch.setattr(postgres, "RESCORED", 2)


def test_every_subject_stands_on_one_page_those_that_hold_most_first(put):
    for number in range(5):
        put(title=f"Quokka {number}", facets=ITALY)
        put(title=f"Quokka patrol {number}", facets=SPAIN)
    pages = [search("quokka patrol", language="en", page=number, limit=2) for number in range(1, 6)]
    assert {found.total for found in pages} == {10}
    assert all(found.facets["country"] == {"IT": 5, "ES": 5} for found in pages)
    titles = ["patrol" in hit.title for found in pages for hit in found.hits]
    assert titles == [True] * 5 + [False] * 5
    assert len({hit.subject for found in pages for hit in found.hits}) == 10


def test_parts_of_one_subject_keep_no_other_from_the_page(put):
    report = put(title="Report", body="quokka patrol")
    engine().upsert([report, *(replace(report, key=f"{report.key}:{n}", body="quokka patrol") for n in range(8))])
    for number in range(3):
        put(title=f"Quokka {number}")
    found = search("quokka patrol", language="en", limit=3)
    assert (found.total, len(found.hits)) == (4, 3)


def test_behind_a_filter_it_is_the_best_of_what_passes(put):
    for number in range(6):
        put(title=f"Quokka patrol {number}", facets=SPAIN)
    put(title="Quokka", facets=ITALY)
    put(title="Patrol of a quokka", facets=ITALY)
    found = search("quokka patrol", language="en", filters={"country": ["IT"]}, limit=2)
    assert ["Patrol" in hit.title for hit in found.hits] == [True, False]
    assert (found.total, found.facets["country"]) == (2, {"ES": 6, "IT": 2})


def test_words_that_only_texts_of_different_languages_hold(put):
    for number in range(6):
        put("fr", f"Bilby {number}")
        put("nl", f"Quoll {number}")
    found = search("bilby quoll", language="en", limit=3)
    assert (found.total, len(found.hits)) == (12, 3)


def test_more_words_than_have_few_sets(put):
    for number in range(6):
        put(title=f"Quokka patrol {number}", body="lamp corner square")
        put(title=f"Quokka {number}")
    found = search("quokka patrol lamp corner square", language="en", limit=8)
    assert ["patrol" in hit.title for hit in found.hits] == [True] * 6 + [False] * 2
    assert found.total == 12


@pytest.mark.parametrize("query", ['"quokka patrol"', "quokka patrol -bilby"])
def test_of_many_that_hold_as_much_what_is_called_so_comes_first(put, query):
    for number in range(6):
        put(title=f"Walk {number}", body="Of a quokka patrol in the evening, and of many other things.")
        put(title=f"Stay {number}", body="Quokka patrol, with a bilby.")
    named = put(title="Our quokka patrol", body="In the evening")
    found = search(query, language="en", limit=3)
    assert found.hits[0].subject == named.subject
    assert found.total == (13 if query.startswith('"') else 7)
