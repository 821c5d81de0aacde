"""Three questions on the page of the collections lead to the patterns that fit."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from patterns.models import CollectionIndexPage
from tests.factories import make_home, make_index, make_pattern

pytestmark = pytest.mark.django_db

PAGE = "/en/collections/"


@pytest.fixture(autouse=True)
def _index():
    make_home()
    make_index(CollectionIndexPage, "collections")


def offered(client, path=PAGE):
    """The values of each question."""
    html = client.get(path).content.decode()
    selects = re.findall(r'<select id="q-(\w+)".*?</select>', html, re.S)
    parts = re.split(r'<select id="q-\w+"', html)[1:]
    values = [re.findall(r'<option value="([^"]+)"', part.split("</select>")[0]) for part in parts]
    return dict(zip(selects, values, strict=True))


def test_answers_lead_to_the_patterns_that_fit(client):
    make_pattern(title="Watch", platforms=["forum"])
    make_pattern(title="Protest", platforms=["website"])
    assert offered(client) == {"channel": ["website", "forum"]}
    action = re.search(r'<form class="cmp-form mt4" action="([^"]+)"', client.get(PAGE).content.decode())[1]
    found = client.get(action, {"use": "", "channel": "forum", "risk": ""})
    assert [card.title for card in found.context["listing"].pages] == ["Watch"]
    none_answered = client.get(action, {"use": "", "channel": "", "risk": ""})
    assert len(none_answered.context["listing"].pages) == 2


def test_what_only_hidden_patterns_have_is_not_offered(client):
    closed = make_pattern(platforms=["forum"])
    make_pattern(platforms=["messaging_service"], live=False)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert offered(client) == {}
    assert "Three questions" not in client.get(PAGE).content.decode()


def test_the_form_stays_in_the_readers_language(client):
    make_pattern(platforms=["forum"])
    html = client.get("/fr/collections/").content.decode()
    assert 'action="/fr/patterns/"' in html


def test_the_number_of_queries_does_not_grow_with_the_patterns(client):
    make_pattern(platforms=["forum"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _number in range(3):
        make_pattern(platforms=["forum", "website"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)
