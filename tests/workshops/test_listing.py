from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import make_workshop, translate
from tests.factories.sections import make_recommendation, make_series

pytestmark = pytest.mark.django_db


def titles(response):
    return [page.title for page in response.context["listing"].pages]


def counts(response, name):
    group = next(group for group in response.context["listing"].groups if group.name == name)
    return {option.value: option.count for option in group.options}


def in_days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def four():
    return [
        make_workshop(title="Berlin", date_start="2017-01-10", place_name="Berlin", country="DE"),
        make_workshop(title="Leiden", date_start="2016-07", place_name="Leiden", country="NL"),
        make_workshop(title="Later", date_start=in_days(90), place_name="Athens", country="GR", registration="Write."),
        make_workshop(title="Soon", date_start=in_days(9), place_name="Berlin", country="DE", registration="Write."),
    ]


def test_the_next_comes_first_then_the_latest_and_the_undated_last(client, four):
    make_workshop(title="Undated", date_start="")
    assert titles(client.get("/en/workshops/")) == ["Soon", "Later", "Berlin", "Leiden", "Undated"]


def test_filters_by_year_country_and_place_with_counts(client, four):
    response = client.get("/en/workshops/?place=Berlin")
    assert titles(response) == ["Soon", "Berlin"]
    assert counts(response, "place") == {"Athens": 1, "Berlin": 2, "Leiden": 1}
    assert counts(response, "country") == {"DE": 2}
    assert titles(client.get("/en/workshops/?year=2016&year=2017")) == ["Berlin", "Leiden"]


def test_the_latest_year_stands_on_top(client, four):
    years = list(counts(client.get("/en/workshops/"), "year"))
    assert years == sorted(years, reverse=True)


def test_drafts_and_closed_pages_are_neither_listed_nor_counted(client, four):
    make_workshop(title="Draft", place_name="Berlin", live=False)
    PageViewRestriction.objects.create(page=four[0], restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/workshops/")
    assert titles(response) == ["Soon", "Later", "Leiden"]
    assert counts(response, "place")["Berlin"] == 1


def test_asking_for_the_place_of_a_closed_workshop_tells_nothing(client, four):
    PageViewRestriction.objects.create(page=four[1], restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/workshops/?place=Leiden&year=2016")
    assert titles(response) == ["Soon", "Later", "Berlin"]
    assert counts(response, "place") == {"Athens": 1, "Berlin": 2}


def test_a_subject_is_listed_once_in_the_readers_language(client, four):
    translate(four[0], "fr", title="Berlin en français")
    translate(four[1], "fr", title="Brouillon", live=False)
    assert titles(client.get("/fr/workshops/")) == ["Soon", "Later", "Berlin en français", "Leiden"]


def test_series_stand_beside_the_list_not_in_it(client, four):
    make_series(title="Series", planned_count=6)
    make_series(title="Draft series", live=False)
    html = client.get("/en/workshops/").content.decode()
    assert 'href="/en/workshops/series/"' in html
    assert "Draft series" not in html


def test_the_index_leads_to_the_recommendations(client, four):
    make_recommendation()
    assert 'href="/en/recommendations/"' in client.get("/en/workshops/").content.decode()


def test_an_empty_index_says_so(client):
    workshop = make_workshop()
    workshop.unpublish()
    assert "No workshop is published yet." in client.get("/en/workshops/").content.decode()


def queries(client):
    client.get("/en/workshops/")  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/en/workshops/").status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(client, four):
    series = make_series(planned_count=20)
    make_workshop(series=series, series_number=1)
    before = queries(client)
    for number in range(2, 7):
        make_workshop(series=series, series_number=number)
    assert queries(client) == before
