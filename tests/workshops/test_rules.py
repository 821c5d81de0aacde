"""R11, R13 and R14 for workshops and recommendations."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import Consent
from tests.factories import add_source, locale, make_home, make_index, make_workshop
from tests.factories.editing import publish, send, signed_in
from workshops.models import (
    RecommendationIndexPage,
    RecommendationPage,
    WorkshopIndexPage,
    WorkshopPage,
    WorkshopSeriesPage,
)

pytestmark = pytest.mark.django_db

QUESTIONS = [("question", "Who may act?")]


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


def workshop(**fields):
    page = make_workshop(live=False, **{"guiding_questions": QUESTIONS, **fields})
    return WorkshopPage.objects.get(pk=page.pk)


def series(planned=6):
    index = make_index(WorkshopIndexPage, "workshops")
    values = {"title": "Series", "slug": "series", "code": "series", "summary": "S", "aim": "<p>A</p>"}
    return index.add_child(instance=WorkshopSeriesPage(planned_count=planned, locale=index.locale, **values))


def recommendation(number=1, **fields):
    index = make_index(RecommendationIndexPage, "recommendations")
    values = {"title": f"Do {number}", "slug": f"do-{number}", "code": f"do-{number}", "summary": "S", **fields}
    page = index.add_child(
        instance=RecommendationPage(number=number, rationale="<p>R</p>", live=False, locale=locale("en"), **values)
    )
    add_source(page)
    return RecommendationPage.objects.get(pk=page.pk)


def finding(code):
    value = {
        "code": code,
        "kind": "opportunity",
        "strength": "not_stated",
        "text": "T",
        "patterns": [],
        "recommendations": [],
        "source": None,
        "locator": "",
    }
    return {"type": "finding", "value": value, "id": None}


def quote_that_carries(*codes):
    value = {**quote(None)[1], "findings": [{"type": "item", "value": code, "id": None} for code in codes]}
    return {"type": "quote", "value": value, "id": None}


# R13


@pytest.mark.parametrize(
    ("first", "last", "passes"),
    [
        ("2017-01-10", "2017-01-09", False),
        ("2017-02", "2017-01", False),
        ("2017-01-10", "2017-01-10", True),
        ("2017-01-10", "2017-01", True),
        ("2017-01-10", "", True),
    ],
)
def test_last_day_does_not_come_before_the_first(editor, first, last, passes):
    found = publish(editor, workshop(), date_start=first, date_end=last)
    assert ("date_end" not in found) is passes


@pytest.mark.parametrize("typed", ["10 January", "2017-13", "2017-02-30", "17"])
def test_date_that_is_none_is_refused_with_an_example(editor, typed):
    response = send(editor, workshop(), date_start=typed)
    assert response.status_code == 200
    assert "2015-06-30" in response.context["form"].errors["date_start"][0]
    assert typed in response.content.decode()


@pytest.mark.parametrize(("number", "planned", "passes"), [(6, 6, True), (7, 6, False), (7, None, True)])
def test_number_in_a_series_fits_the_plan(editor, number, planned, passes):
    page = workshop(series=series(planned), series_number=number)
    assert ("series_number" not in publish(editor, page)) is passes


def test_contradictions_are_saved_in_a_draft(editor):
    page = workshop(series=series(1), series_number=2)
    assert send(editor, page, date_start="2017", date_end="2016").status_code == 302


# What a workshop needs


def test_workshop_says_what_it_asked_and_other_events_need_not(editor):
    page = workshop(guiding_questions=[])
    assert list(publish(editor, page)) == ["guiding_questions"]
    assert publish(editor, page, event_kind="kick_off") == {}


def test_event_to_come_says_how_to_register(editor):
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    assert list(publish(editor, workshop(), date_start=tomorrow)) == ["registration"]
    assert publish(editor, workshop(), date_start=tomorrow, registration="Write to us.") == {}


def test_two_findings_do_not_share_a_number(editor):
    assert list(publish(editor, workshop(), findings=[finding("F1"), finding("F1")])) == ["findings"]
    assert publish(editor, workshop(), findings=[finding("F1"), finding("F2")]) == {}


def test_a_quote_carries_findings_of_its_own_page_only(editor):
    page = workshop()
    fields = {"findings": [finding("F1")]}
    refused = publish(editor, page, **fields, quotes=[quote_that_carries("F1", "F7", "F8")])
    assert list(refused) == ["quotes"]
    assert "F7, F8" in str(refused["quotes"])
    assert publish(editor, page, **fields, quotes=[quote_that_carries("F1")]) == {}


def test_a_published_report_can_be_read_somewhere(editor):
    page = workshop()
    assert list(publish(editor, page, report_status="published")) == ["report_documents"]
    assert publish(editor, page, report_status="announced") == {}
    link = {"type": "link", "value": {"url": "https://example.org/r", "title": "R", "language": ""}, "id": None}
    assert publish(editor, page, report_status="published", report_documents=[link]) == {}
    assert list(publish(editor, page, report_status="none", report_documents=[link])) == ["report_status"]


def test_unfinished_findings_are_saved_and_previewed_in_a_draft(editor):
    page = workshop()
    assert send(editor, page, findings=[finding(""), finding("")]).status_code == 302
    assert editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


# R11


def quote(consent):
    value = {"text": "Words.", "attribution": "A participant", "paraphrase": False, "consent": consent, "patterns": []}
    return ("quote", {**value, "original_text": "", "original_language": "", "source": None, "locator": ""})


@pytest.mark.parametrize(
    ("days_from_today", "shown"),
    [
        ({}, True),
        ({"expires_on": 0}, False),
        ({"expires_on": 1}, True),
        ({"withdrawn_on": 0}, False),
        ({"given_on": 1}, False),
    ],
)
def test_quote_shows_while_its_consent_is_valid(days_from_today, shown):
    today = timezone.localdate()
    dates = {name: today + datetime.timedelta(days=days) for name, days in days_from_today.items()}
    values = {"given_on": datetime.date(2017, 1, 10), **dates}
    consent = Consent.objects.create(code="c", subject="S", kind="quote", scope="S", **values)
    page = make_workshop(quotes=[quote(consent), quote(None)])
    assert len(WorkshopPage.objects.get(pk=page.pk).shown_quotes) == shown
    assert Consent.objects.valid().exists() is shown
    assert consent.is_valid is shown


# R14


def test_number_of_a_recommendation_is_fixed_and_given_once(editor):
    page, other = recommendation(1), recommendation(2)
    assert publish(editor, page) == {}
    assert "number" in send(editor, page, number=3).context["form"].errors
    assert "number" in send(editor, other, number=1).context["form"].errors
    assert send(editor, other, number=3).status_code == 302


def test_recommendation_names_a_source(editor):
    page = recommendation()
    page.portal_sources.all().delete()
    page.save()
    found = publish(editor, RecommendationPage.objects.get(pk=page.pk), portal_sources=[])
    assert list(found) == ["portal_sources"]
