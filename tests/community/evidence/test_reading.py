"""Reports in the thread and the figures above it, as readers get them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories import make_news, make_pattern, make_practice, translate

from ..conftest import posted, shown
from .conftest import hidden, published, reported, tried_url

pytestmark = pytest.mark.django_db


def test_a_report_is_shown_with_its_facts_in_the_readers_language_and_its_words_in_their_own(page, writer, moderator):
    text, changed = "Eén groep voor iedereen.", "Honderden berichten per week."
    row = reported(writer, page, language="nl", region="NL-ZH", text=text, changed=changed, known_by="")
    published(row, moderator)
    html = shown(page)
    assert f'<article id="c-{row.public_id}" tabindex="-1" class="report">' in html
    assert "Report from practice by Joanna" in html
    assert f'lang="nl" dir="auto"><p>{text}</p></div>' in html
    assert f'<dt>What changed</dt><dd lang="nl" dir="auto"><p>{changed}</p></dd>' in html
    assert "<dd>Zuid-Holland, Netherlands, a neighbourhood or village, January 2025 to May 2025</dd>" in html
    assert "How they know" not in html
    assert re.search(r'<span class="outcome o-fail"><svg[^>]*>.*?</svg>Failed</span>', html)


def test_the_facts_of_a_report_are_escaped(page, writer, moderator):
    nasty = "<script>alert(1)</script>{{ x }}"
    published(reported(writer, page, text=nasty, changed=nasty, known_by=nasty), moderator)
    html = shown(page)
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)") == 3


def test_what_is_held_or_hidden_is_neither_shown_nor_counted(page, many, moderator):
    reported(many[0], page, text="canary-held", changed="canary-held-too", country="SE")
    hidden(
        published(reported(many[1], page, text="canary-hidden", known_by="canary-why", country="FI"), moderator),
        moderator,
    )
    for query in ("", "?kind=reports", "?sort=new"):
        html = shown(page, query)
        assert "canary" not in html
        assert "What was tried" not in html
        assert "Sweden" not in html
        assert "Finland" not in html


def test_the_place_of_a_hidden_report_with_answers_tells_nothing_of_it(page, many, moderator):
    row = published(reported(many[0], page, changed="canary-changed", country="SE"), moderator)
    posted(many[1], page, "An answer.", parent=row)
    hidden(row, moderator)
    html = shown(page)
    assert 'class="tomb"' in html
    assert "canary" not in html
    assert "Sweden" not in html
    assert "o-fail" not in html


def test_the_figures_name_nobody_and_lead_to_the_reports(page, writer, moderator):
    published(reported(writer, page), moderator)
    html = shown(page)
    figures = html[html.index("What was tried") : html.index('id="talk"')]
    assert "1 report by country and outcome" in figures
    assert "Joanna" not in figures
    assert 'href="?kind=reports#talk"' in figures
    assert tried_url(page) in figures
    cells = re.findall(r'<td data-h="([^"]+)"( class="z")?', figures[: figures.index("</tbody>")])
    assert cells == [
        ("Worked", ' class="z"'),
        ("Worked in part", ' class="z"'),
        ("Failed", ""),
        ("Did harm", ' class="z"'),
    ]


def test_only_the_reports_can_be_read(page, writer, many, moderator):
    posted(many[0], page, "Just words.")
    published(reported(writer, page, text="We tried it."), moderator)
    html = shown(page, "?kind=reports")
    assert "We tried it." in html
    assert "Just words." not in html
    assert re.search(r'href="\?kind=reports#talk" aria-current="true">Reports from practice <span class="n">1<', html)
    assert "Just words." in shown(page, "?kind=official")  # nothing of that kind: everything


def test_a_thread_without_reports_offers_no_such_filter(page, writer):
    posted(writer, page, "One.")
    html = shown(page, "?kind=reports")
    assert "One." in html
    assert "kind=reports" not in html


def test_the_form_is_offered_where_something_can_be_tried_and_the_thread_is_open(page):
    assert tried_url(page) in shown(page)
    assert "/tried/" in shown(make_practice())
    assert "/tried/" not in shown(make_news())
    page.allow_comments = False
    assert "/tried/" not in shown(page)


def test_pages_kept_for_everybody_follow_each_decision(page, writer, moderator, settings):
    settings.PAGE_CACHE_SECONDS = 600
    row, url = reported(writer, page, country="IT"), page.url
    assert "Italy" not in Client().get(url).content.decode()
    published(row, moderator)
    assert "Italy" in Client().get(url).content.decode()
    assert "Italy" in Client().get(url).content.decode()
    hidden(row, moderator)
    assert "Italy" not in Client().get(url).content.decode()


def test_the_page_in_another_language_shows_the_same_figures_in_its_words(page, writer, moderator):
    published(reported(writer, page), moderator)
    french = translate(page, "fr", title="Surveillance")
    with translation.override("fr"):
        html = shown(french, language="fr")
    assert "Pays-Bas" in html


def test_two_and_eight_reports_take_the_same_queries(page, many, moderator):
    def queries():
        shown(page)
        with CaptureQueriesContext(connection) as captured:
            shown(page)
        return len(captured)

    posted(many[0], page, "No report.")
    without = queries()
    for client in many[:2]:
        published(reported(client, page), moderator)
    few = queries()
    for client in many[2:8]:
        published(reported(client, page, country="IT"), moderator)
    assert queries() == few == without + 2
    assert "What was tried" not in shown(make_pattern())


def test_moderators_read_the_facts_before_they_decide(page, writer, moderator, client):
    row = reported(writer, page, country="IT", changed="Nobody answers at night.")
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    for url in ("/admin/comments/", f"/admin/comments/{row.public_id}/"):
        html = client.get(url).content.decode()
        # Lists cover what the checks found, so they have the facts alone; the words stand on the page of the comment.
        assert ("Nobody answers at night." in html) == (url != "/admin/comments/")
        assert "Italy" in html
        assert "a report from practice, which is always read first" in html
