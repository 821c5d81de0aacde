"""What is counted of reports on pages, in lists, in the search and in files, and how it follows each decision."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from community import services
from community.evidence.summary import summary
from community.models import CommentState, PracticeEvidence
from portal import stamps
from portal.models import PageFacet
from search.models import Document
from tests.factories import make_pattern, make_practice, translate

from ..conftest import account, posted, signed_in
from .conftest import hidden, published, reported

pytestmark = pytest.mark.django_db


def table(page):
    """The figures by the names of the lines."""
    found = summary(page.translation_key)
    return {line.name: {cell.label: cell.number for cell in line.cells if cell.number} for line in found.lines}


def test_what_is_published_is_counted_by_country_and_outcome(page, many, moderator):
    facts = [
        {"country": "IT", "outcome": "worked"},
        {"country": "NL", "outcome": "failed"},
        {"country": "NL", "outcome": "harm"},
        {"country": "NL", "act": "declined", "outcome": ""},
        {"country": "DE", "outcome": "worked"},  # held
        {"country": "FR", "outcome": "worked"},  # hidden
        {"country": "ES", "outcome": "worked"},  # withdrawn
    ]
    rows = [reported(client, page, **each) for client, each in zip(many, facts, strict=False)]
    for row in [*rows[:4], *rows[5:]]:
        published(row, moderator)
    hidden(rows[5], moderator)
    services.withdraw(row=rows[6], author=rows[6].comment.user)
    assert table(page) == {
        "Italy": {"Worked": 1},
        "Netherlands": {"Failed": 1, "Did harm": 1, "Decided against it": 1},
    }
    assert table(make_pattern()) == {}


def test_failure_and_harm_have_their_columns_when_nobody_failed(page, writer, moderator):
    published(reported(writer, page, outcome="worked"), moderator)
    assert summary(page.translation_key).heads == ["Worked", "Worked in part", "Failed", "Did harm"]


def test_a_region_is_counted_from_three_reports_on(page, many, moderator):
    for client in many[:2]:
        published(reported(client, page, region="NL-ZH"), moderator)
    published(reported(many[2], page, region="NL-UT"), moderator)
    held = reported(many[3], page, region="NL-ZH", outcome="worked")
    assert table(page) == {"Netherlands": {"Failed": 3}}
    published(held, moderator)
    assert table(page) == {"Netherlands": {"Failed": 3, "Worked": 1}, "Zuid-Holland": {"Failed": 2, "Worked": 1}}
    hidden(held, moderator)
    assert "Zuid-Holland" not in table(page)


def facets(page):
    return set(
        PageFacet.objects.filter(page=page, facet__in=["reports", "tried", "tried_in"]).values_list("facet", "value")
    )


def test_every_decision_is_followed_on_all_pages_of_the_subject_at_once(page, writer, moderator):
    french = translate(page, "fr", title="Surveillance de voisinage")
    draft = translate(page, "de", title="Entwurf", live=False)
    before = stamps.read([stamps.SITE])
    row = reported(writer, page)
    assert facets(page) == set()
    published(row, moderator)
    assert facets(page) == facets(french) == {("reports", "000001"), ("tried", "failed"), ("tried_in", "NL")}
    assert facets(draft) == set()
    assert stamps.read([stamps.SITE]) != before
    hidden(row, moderator)
    assert facets(page) == facets(french) == set()


def test_publishing_the_page_again_keeps_the_figures(page, writer, moderator):
    published(reported(writer, page), moderator)
    page.save_revision().publish()
    assert ("reports", "000001") in facets(page)


def test_withdrawing_deletes_the_facts_and_what_the_search_knew(page, writer, joanna, moderator):
    row = published(reported(writer, page, text="Wolverines on patrol."), moderator)
    assert Document.objects.filter(kind="report").count() == 1
    services.withdraw(row=row, author=joanna)
    assert not PracticeEvidence.objects.exists()
    assert not Document.objects.filter(kind="report").exists()
    assert facets(page) == set()


def test_erasing_an_account_deletes_its_reports_held_and_published(page, writer, joanna, moderator):
    published(reported(writer, page), moderator)
    reported(writer, make_practice())
    joanna.delete()
    assert not PracticeEvidence.objects.exists()
    assert facets(page) == set()
    assert CommentState.objects.filter(state="erased").count() == 2


def test_the_list_of_patterns_filters_and_sorts_by_reports(page, writer, many, moderator):
    other, _silent = make_pattern(title="Crowd search"), make_pattern(title="Nobody tried")
    index = Page.objects.parent_of(page).get()
    for client in many[:2]:
        published(reported(client, other, outcome="worked", country="IT"), moderator)
    published(reported(writer, page), moderator)
    reported(many[3], page, outcome="harm", country="SE")  # held
    url = index.get_url()
    html = Client().get(f"{url}?tried=failed").content.decode()
    assert "Neighbourhood watch" in html
    assert "Crowd search" not in html
    html = Client().get(f"{url}?tried_in=IT").content.decode()
    assert "Crowd search" in html
    assert "Neighbourhood watch</" not in html
    assert 'value="SE"' not in html
    assert 'value="harm"' not in html
    html = Client().get(f"{url}?sort=reports").content.decode()
    order = [html.index(title) for title in ("Crowd search", "Neighbourhood watch", "Nobody tried")]
    assert order == sorted(order)
    assert "2 reports" in html
    row = CommentState.objects.get(evidence__country="NL")
    hidden(row, moderator)
    assert "1 report<" not in Client().get(url).content.decode()


def found(query, client=None):
    return (client or Client()).get(f"/en/search/?q={query}").content.decode()


def test_search_finds_what_was_tried_where(page, writer, moderator):
    row = published(reported(writer, page, text="Wolverines on patrol.", country="IT"), moderator)
    html = found("wolverines")
    assert "Tried in Italy: Failed" in html
    assert f"?c={row.public_id}#c-{row.public_id}" in html
    assert "Joanna" not in html
    assert "Tried in Italy" in found("wolverines&type=report&country=IT")
    assert "Tried in Italy" not in found("wolverines&country=NL")
    assert row.public_id in found("tried+in+Italy")


def test_search_tells_nothing_of_reports_that_are_held_hidden_or_on_closed_pages(page, writer, moderator):
    row = reported(writer, page, text="Wolverines on patrol.", country="IT")
    assert "Tried in Italy" not in found("wolverines")
    published(row, moderator)
    page.view_restrictions.create(restriction_type="login")
    assert "Tried in Italy" not in found("wolverines")
    assert "Tried in Italy" in found("wolverines", writer)
    page.view_restrictions.all().delete()
    hidden(row, moderator)
    assert "Tried in Italy" not in found("wolverines", writer)
    published(row, moderator)
    page.unpublish()
    assert "Tried in Italy" not in found("wolverines", writer)


def test_a_report_is_found_once_and_comments_are_still_found_as_such(page, writer, moderator):
    published(reported(writer, page, text="Wolverines on patrol."), moderator)
    posted(signed_in(account("ann", name="Ann")), page, "I saw no wolverines.")
    assert sorted(Document.objects.filter(kind__in=["comment", "report"]).values_list("kind", flat=True)) == [
        "comment",
        "report",
    ]


def test_two_and_four_reports_take_the_same_queries_to_count_and_to_index(page, many, moderator):
    from community.evidence import searchable

    def queries():
        with CaptureQueriesContext(connection) as captured:
            summary(page.translation_key).lines  # noqa: B018
            list(searchable.documents(list(PracticeEvidence.objects.all())))
        return len(captured)

    for client in many[:2]:
        published(reported(client, page), moderator)
    few = queries()
    for client in many[2:4]:
        published(reported(client, page, country="FR"), moderator)
    assert queries() == few


def test_the_list_of_practices_filters_and_sorts_by_reports(writer, many, moderator):
    tried, other = make_practice(title="Lund watch", place_name="Lund"), make_practice(title="Aarhus", slug="aarhus")
    silent = make_practice(title="Aachen", slug="aachen", place_name="Aachen")
    url = Page.objects.parent_of(tried).get().get_url()
    for client in many[:2]:
        published(reported(client, tried, outcome="harm", country="SE"), moderator)
    published(reported(writer, other, outcome="worked", country="IT"), moderator)
    reported(many[3], silent, outcome="failed", country="FR")  # held
    html = Client().get(f"{url}?tried=harm").content.decode()
    assert tried.url in html
    assert other.url not in html
    html = Client().get(f"{url}?tried_in=IT").content.decode()
    assert other.url in html
    assert tried.url not in html
    assert 'value="FR"' not in html
    assert 'value="failed"' not in html
    html = Client().get(f"{url}?sort=reports").content.decode()
    order = [html.index(f'href="{page.url}"') for page in (tried, other, silent)]
    assert order == sorted(order)
