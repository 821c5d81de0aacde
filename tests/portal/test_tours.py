"""Reading pages one after the other, as a collection orders them."""

import json

import pytest

from patterns.models import CollectionIndexPage, CollectionPage
from tests.factories import _add, locale, make_home, make_pattern, make_topic, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return [
        make_pattern(title="First", slug="first"),
        make_topic(title="Second", slug="second"),
        make_pattern(title="Third", slug="third"),
    ]


@pytest.fixture
def collection(pages):
    index = CollectionIndexPage(
        title="Collections", slug="collections", code="collections", summary="S", locale=locale("en")
    )
    _add(make_home(), index, live=True)
    steps = json.dumps([{"type": "step", "value": {"page": page.pk, "note": ""}} for page in pages])
    page = CollectionPage(
        title="For newcomers",
        slug="new",
        code="newcomers",
        summary="S",
        collection_kind="reading",
        steps=steps,
        locale=locale("en"),
    )
    return _add(index, page, live=True)


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_collection_leads_on_the_tour(client, collection):
    assert 'href="/en/patterns/first/?tour=newcomers"' in text(client, "/en/collections/new/")


def test_a_step_says_where_it_stands_and_leads_on_and_back(client, collection):
    html = text(client, "/en/topics/second/?tour=newcomers")
    assert "Step 2 of 3 of" in html
    assert 'rel="prev" href="/en/patterns/first/?tour=newcomers"' in html
    assert 'rel="next" href="/en/patterns/third/?tour=newcomers"' in html
    assert 'href="/fr/topics/second/?tour=newcomers"' in html
    assert '<link rel="canonical" href="http://testserver/en/topics/second/">' in html


def test_the_ends_of_a_tour_lead_one_way(client, collection):
    assert 'rel="prev"' not in text(client, "/en/patterns/first/?tour=newcomers")
    last = text(client, "/en/patterns/third/?tour=newcomers")
    assert 'rel="next"' not in last
    assert "This is the last step." in last


def test_a_tour_goes_on_in_the_readers_language(client, pages, collection):
    translate(pages[2], "fr", title="Troisième", slug="troisieme")
    html = text(client, "/fr/topics/second/?tour=newcomers")
    assert 'href="/fr/patterns/troisieme/?tour=newcomers"' in html


def test_steps_that_nobody_may_see_are_left_out(client, pages, collection):
    pages[0].view_restrictions.create(restriction_type="login")
    html = text(client, "/en/topics/second/?tour=newcomers")
    assert "Step 1 of 2 of" in html
    assert "/patterns/first/" not in html


@pytest.mark.parametrize("code", ["nothing", "", "%00", "<b>", "x" * 4000, "newcomers&tour=nothing"])
def test_what_is_no_tour_is_not_said(client, collection, code):
    assert "Step" not in text(client, f"/en/topics/second/?tour={code}")


def test_a_closed_collection_is_no_tour(client, collection):
    collection.view_restrictions.create(restriction_type="login")
    html = text(client, "/en/topics/second/?tour=newcomers")
    assert "Step 2 of 3" not in html
    assert "For newcomers" not in html


def test_a_page_that_is_not_on_the_path_is_read_as_ever(client, collection):
    make_pattern(title="Aside", slug="aside")
    assert "For newcomers" not in text(client, "/en/patterns/aside/?tour=newcomers")
