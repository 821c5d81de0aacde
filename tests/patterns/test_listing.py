import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from patterns.models import PatternGroupPage, PatternIndexPage
from tests.factories import _add, locale, make_index, make_pattern, translate

pytestmark = pytest.mark.django_db


def titles(response):
    return [card.title for card in response.context["listing"].pages]


def counts(response, name):
    group = next(group for group in response.context["listing"].groups if group.name == name)
    return {option.value: option.count for option in group.options}


@pytest.fixture
def three():
    return [
        make_pattern(number=1, title="Protests", group="act", platforms=["forum"]),
        make_pattern(number=2, title="Justice", group="act", platforms=["forum", "website"]),
        make_pattern(number=8, title="Watch", group="prevent", confidence=1),
    ]


def test_patterns_stand_in_the_order_of_their_numbers(client, three):
    assert titles(client.get("/en/patterns/")) == ["Protests", "Justice", "Watch"]


def test_drafts_and_closed_pages_are_neither_listed_nor_counted(client, three):
    make_pattern(number=9, title="Draft", group="act", live=False)
    PageViewRestriction.objects.create(page=three[1], restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/patterns/")
    assert titles(response) == ["Protests", "Watch"]
    assert counts(response, "group") == {"act": 1, "prevent": 1}


def test_a_filter_is_an_address_and_says_what_it_would_add(client, three):
    response = client.get("/en/patterns/?group=act&channel=website")
    assert titles(response) == ["Justice"]
    assert counts(response, "group") == {"act": 1}
    assert 'value="act" checked' in response.content.decode()


def test_nothing_found_offers_everything(client, three):
    response = client.get("/en/patterns/?group=act&confidence=1")
    assert response.status_code == 200
    assert "Nothing fits all of these filters." in response.content.decode()


def test_invented_parameters_are_no_error(client, three):
    response = client.get("/en/patterns/?group=%00&sort=zzz&page=-3&risk=%F0%9F%92%A5&channel=pigeon")
    assert response.status_code == 200
    assert titles(response) == titles(client.get("/en/patterns/"))


def test_sorting_by_name(client, three):
    assert titles(client.get("/en/patterns/?sort=title")) == ["Justice", "Protests", "Watch"]


def test_each_pattern_stands_once_in_the_readers_language(client, three):
    make_index(PatternIndexPage, "patterns", "fr")
    translate(three[2], "fr", title="Veille")
    translate(three[0], "fr", title="Brouillon", live=False)
    response = client.get("/fr/patterns/")
    assert titles(response) == ["Protests", "Justice", "Veille"]
    html = response.content.decode()
    assert '<article class="card" data-group="act" lang="en">' in html
    assert '<article class="card" data-group="prevent">' in html
    assert "EN FR" in html


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return len(queries), response


def test_twice_as_many_patterns_take_as_many_queries(client, three):
    before, _response = queries_of(client, "/en/patterns/")
    for number in range(20, 23):
        make_pattern(number=number, group="act")
    after, response = queries_of(client, "/en/patterns/")
    assert len(titles(response)) == 6
    assert after == before


def test_the_group_page_lists_its_patterns_only(client, three):
    index = make_index(PatternIndexPage, "patterns")
    group = PatternGroupPage(
        title="Act", slug="act", code="act", group="act", summary="S", description="<p>D</p>", locale=locale("en")
    )
    _add(index, group, live=True)
    response = client.get("/en/patterns/act/")
    assert [card.title for card in response.context["patterns"]] == ["Protests", "Justice"]
