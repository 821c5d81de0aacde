"""Subjects are counted, however many texts they have."""

from dataclasses import replace

import pytest

from search.service import engine

from .asking import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(put):
    """A page with parts, one in two languages, one of which only a part matches, and two plain ones."""

    def with_parts(document, *bodies):
        parts = [replace(document, key=f"{document.key}:{n}", body=body) for n, body in enumerate(bodies)]
        engine().upsert([document, *parts])

    italy, spain = {"country": ("IT",)}, {"country": ("ES",)}
    with_parts(put(title="Report", body="drones", facets=italy), "drones tomorrow", "drones and more drones")
    with_parts(put(title="Interview", body="nothing", facets=italy), "what he said of drones", "what he said of bees")
    put(title="Plain", body="drones", facets=spain)
    other = put(title="Translated", body="drones", facets=spain)
    put("fr", "Traduit", body="drones", facets=spain, subject=other.subject)


def test_a_subject_with_parts_is_counted_once(guide):
    found = search("drones tomorrow", language="en")
    assert found.total == 4
    assert found.facets["country"] == {"IT": 2, "ES": 2}
    assert found.facets["language"] == {"en": 4, "fr": 1}
    assert len(found.hits) == 4


def test_in_one_language_too(guide):
    found = search("bees tomorrow", language="en")
    assert found.total == 2
    assert found.facets["country"] == {"IT": 2}
    assert found.facets["language"] == {"en": 2}


def test_and_behind_a_filter(guide):
    found = search("bees tomorrow", language="en", filters={"country": ["ES"]})
    assert (found.total, found.facets["country"], found.facets["language"]) == (0, {"IT": 2}, {})
    found = search("drones", language="en", filters={"country": ["IT"], "language": ["en"]})
    assert (found.total, found.facets["country"]) == (2, {"IT": 2, "ES": 2})
    assert found.facets["language"] == {"en": 2}
    assert {hit.title for hit in found.hits} == {"Report", "Interview"}
