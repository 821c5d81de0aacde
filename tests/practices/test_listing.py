import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from practices.models import PracticePattern
from tests.factories import make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db


def titles(response):
    return [row.page.title for row in response.context["listing"].pages]


def counts(response, name):
    group = next(group for group in response.context["listing"].groups if group.name == name)
    return {option.value: option.count for option in group.options}


def shows(practice, pattern, strength="main"):
    return PracticePattern.objects.create(page=practice, pattern=pattern, strength=strength, locale=practice.locale)


@pytest.fixture
def three():
    return [
        make_practice(title="Faenza", place_name="Faenza", country="IT", extent="full", technology=["mobile_app"]),
        make_practice(title="Terrassa", place_name="Terrassa", country="ES", started="2020", technology=["website"]),
        make_practice(title="Decidim", place_name="Barcelona", country="ES", further_countries=["FI", "FR"]),
    ]


def test_full_entries_stand_first_then_places_in_order(client, three):
    assert titles(client.get("/en/practices/")) == ["Faenza", "Decidim", "Terrassa"]


def test_drafts_and_closed_pages_are_neither_listed_nor_counted(client, three):
    make_practice(title="Draft", country="IT", live=False)
    PageViewRestriction.objects.create(page=three[1], restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/practices/")
    assert titles(response) == ["Faenza", "Decidim"]
    assert counts(response, "country") == {"FI": 1, "FR": 1, "IT": 1, "ES": 1}


def test_a_subject_is_listed_once_in_the_readers_language(client, three):
    translate(three[0], "fr", title="Faenza en français")
    translate(three[1], "fr", title="Brouillon", live=False)
    assert titles(client.get("/fr/practices/")) == ["Faenza en français", "Decidim", "Terrassa"]
    assert titles(client.get("/en/practices/")) == ["Faenza", "Decidim", "Terrassa"]


def test_a_text_in_another_language_says_in_which(client, three):
    translate(three[0], "fr", title="Faenza en français")
    html = client.get("/fr/practices/").content.decode()
    assert '<a href="/fr/practices/terrassa/" lang="en">Terrassa</a>' in html


def test_filters_combine_and_count_what_another_choice_would_add(client, three):
    response = client.get("/en/practices/?country=ES&technology=website")
    assert titles(response) == ["Terrassa"]
    assert counts(response, "country") == {"ES": 1}
    assert counts(response, "technology") == {"website": 1}
    assert counts(response, "extent") == {"brief": 1}


def test_a_practice_of_several_countries_is_found_under_each(client, three):
    assert titles(client.get("/en/practices/?country=FI")) == ["Decidim"]


def test_countries_are_offered_in_the_order_of_their_names_accents_or_not(client):
    make_practice(country="FR", further_countries=["EC", "GR"])
    assert list(counts(client.get("/fr/practices/"), "country")) == ["EC", "FR", "GR"]  # Équateur, France, Grèce


def test_the_latest_start_comes_first_and_the_undated_last(client, three):
    assert titles(client.get("/en/practices/?sort=started"))[0] == "Terrassa"


def test_brief_entries_are_dashed_and_gaps_are_named(client, three):
    html = client.get("/en/practices/").content.decode()
    assert html.count("rowcard is-brief") == 2
    assert "no date in source" in html
    assert "No citizen pattern" in html


def test_nothing_found_offers_everything(client, three):
    html = client.get("/en/practices/?country=IT&technology=website").content.decode()
    assert "Nothing fits all of these filters." in html


def test_invented_parameters_are_no_error(client, three):
    assert client.get("/en/practices/?country=%00&sort=zz&page=x&use=%F0%9F%92%A5").status_code == 200


def test_patterns_of_a_row_lead_to_the_readers_language_and_drafts_are_left_out(client, three):
    pattern = make_pattern(number=8, title="Watch")
    translate(pattern, "fr", title="Veille", slug="veille")
    shows(three[0], pattern)
    shows(three[0], make_pattern(number=9, title="Unfinished", live=False))
    html = client.get("/fr/practices/").content.decode()
    assert 'href="/fr/patterns/veille/"' in html
    assert "Unfinished" not in html


def queries(client):
    client.get("/en/practices/")  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get("/en/practices/").status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(client, three):
    patterns = [make_pattern(title=f"P{number}") for number in range(6)]
    for practice, pattern in zip(three, patterns, strict=False):
        shows(practice, pattern)
    before = queries(client)
    for pattern in patterns[3:]:
        shows(make_practice(), pattern)
    assert queries(client) == before
