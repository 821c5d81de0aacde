"""Suggestions while typing come from the catalogue, whichever engine searches: see `search.suggesting`."""

import pytest

from search.suggesting import suggestions
from tests.factories import make_home, make_pattern, make_practice

pytestmark = pytest.mark.django_db


def titles(typed, language="en", user=None):
    return [suggestion.title for suggestion in suggestions(typed, language, user)]


def test_a_name_is_suggested_from_the_moment_of_its_publication_to_that_of_its_withdrawal(engine_name):
    """The worker has not written anything yet."""
    make_home()
    page = make_pattern(title="Quokka watch")
    make_practice(title="A day with quokkas")
    assert titles("quo") == ["Quokka watch", "A day with quokkas"]
    page.title = "Numbat watch"
    page.save_revision().publish()
    assert titles("quo") == ["A day with quokkas"]
    assert titles("numb") == ["Numbat watch"]
    page.unpublish()
    assert titles("numb") == []


def test_they_do_not_wait_for_elasticsearch(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # nobody answers there
    make_pattern(title="Quokka watch")
    assert titles("quo") == ["Quokka watch"]
