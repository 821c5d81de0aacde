"""Reporting what was tried, without JavaScript."""

import re

import pytest
from django.test import Client

from community.models import CommentState, PracticeEvidence, State
from tests.factories import make_news, make_practice

from ..conftest import account, fields_of, shown, signed_in
from .conftest import filled, reported, send_report, tried_url

pytestmark = pytest.mark.django_db


def test_a_report_keeps_its_facts_and_is_held(page, writer):
    form = writer.get(tried_url(page))
    assert form.status_code == 200
    assert "no-store" in form.headers["Cache-Control"]
    answer = send_report(writer, page, region="NL-ZH", may_be_cited="on")
    assert answer.status_code == 302
    row = CommentState.objects.get()
    assert (row.state, row.held_for) == (State.HELD, ["report"])
    report = row.evidence
    facts = (report.act, report.country.code, report.region, report.began, report.ended, report.outcome)
    assert facts == ("tried", "NL", "NL-ZH", "2025-01", "2025-05", "failed")
    assert (report.changed, report.known_by, report.may_be_cited) == (
        "Hundreds of messages a week.",
        "Our own count.",
        True,
    )
    assert row.comment.comment == "One group for everybody, without a moderator."
    assert "without a moderator" not in shown(page)


def test_what_is_missing_is_listed_in_the_order_of_the_page_and_without_two_marks(page, writer):
    answer = send_report(writer, page, act="", country="", text="", language="xx")
    read = answer.content.decode()
    listed = re.findall(r'<a href="#([^"]+)">', re.search(r'<section class="errors".*?</section>', read, re.DOTALL)[0])
    fields = re.findall(r'\bid="([^"]+)"', read)
    assert [name for name in fields if name in listed] == listed
    assert len(listed) >= 4
    assert "?:" not in read


def test_the_title_says_what_the_form_is_for(page, writer):
    title = re.search(r"<title>(.+?)</title>", writer.get(tried_url(page)).content.decode(), re.DOTALL)[1]
    assert page.title in title
    assert not title.strip().startswith(page.title)


def test_a_visitor_reports_without_an_account(page, client):
    row = reported(client, page, name="Neighbour")
    assert row.guest
    assert set(row.held_for) == {"visitor", "report"}


def test_the_form_sent_twice_makes_one_report(page, writer):
    data = filled(page)
    for _time in range(2):
        writer.post(tried_url(page), data)
    assert CommentState.objects.count() == PracticeEvidence.objects.count() == 1


def test_what_was_decided_against_has_no_outcome_and_no_beginning(page, writer):
    row = reported(writer, page, act="declined", outcome="worked", began="", ended="")
    assert row.evidence.outcome == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "great"}, "outcome"),
        ({"act": ""}, "act"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"country": "12 Mill Lane"}, "country"),
        ({"region": "IT-45"}, "region"),  # of another country
        ({"region": "12 Mill Lane"}, "region"),
        ({"organisation": ""}, "organisation"),
        ({"began": ""}, "began"),
        ({"began": "last spring"}, "began"),
        ({"began": "2025-13"}, "began"),
        ({"began": "1066"}, "began"),
        ({"began": "2999-01"}, "began"),
        ({"began": "0000"}, "began"),
        ({"began": "²025"}, "began"),
        ({"began": "2025-06", "ended": "2025-05"}, "ended"),
        ({"text": " \u200b "}, "text"),
        ({"changed": "x" * 1501}, "changed"),
        ({"name": ""}, ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_everything_typed_is_kept(page, writer, fields, field):
    answer = send_report(writer, page, **{"text": "My words stay.", **fields})
    if not field:  # a member's name is that of the account
        assert answer.status_code == 302
        return
    assert answer.status_code == 400
    html = answer.content.decode()
    assert f'href="#f-{field}"' in html
    assert "Our own count." in html
    if field != "text":
        assert "My words stay." in html
    assert not CommentState.objects.exists()


def test_a_day_is_kept_as_its_month(page, writer):
    row = reported(writer, page, began="3.2.2025", ended="2025-04-17")
    assert (row.evidence.began, row.evidence.ended) == ("2025-02", "2025-04")


def test_the_form_shows_the_regions_of_a_country_and_keeps_what_was_filled_in(page, writer):
    plain = writer.get(tried_url(page)).content.decode()
    assert 'name="region"' not in plain
    token = fields_of(plain)["token"]
    answer = send_report(
        writer, page, do="regions", country="IT", text="Half a", outcome="", token=token, began="nonsense"
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Emilia-Romagna" in html
    assert "Zuid-Holland" not in html
    assert "Half a</textarea>" in html
    assert "nonsense" in html
    assert fields_of(html)["token"] == token
    assert 'class="err"' not in html
    assert not CommentState.objects.exists()
    assert 'name="region"' not in send_report(writer, page, do="regions", country="JP").content.decode()


def test_a_preview_shows_the_report_and_keeps_nothing(page, writer):
    html = send_report(writer, page, do="preview", language="nl", text="Eén groep voor de hele wijk.").content.decode()
    assert 'lang="nl" dir="auto"><p>Eén groep voor de hele wijk.</p>' in html
    assert re.search(r"o-fail.*Failed", html)
    assert "Netherlands, a neighbourhood or village, January 2025 to May 2025" in html
    assert not CommentState.objects.exists()


@pytest.mark.parametrize("field", ["text", "changed", "known_by"])
def test_every_text_is_checked_for_personal_data(page, writer, field):
    words = "Write to someone@mail.example about it."
    answer = send_report(writer, page, **{field: words})
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "<mark>someone@mail.example<sup>1</sup></mark>" in html
    assert "Send as typed" not in html
    assert "Our own count." in html or field == "known_by"
    assert not CommentState.objects.exists()


def test_what_is_doubtful_in_two_texts_is_marked_in_both_and_held_when_insisted(page, writer):
    fields = {"text": "Ring +31 70 123 45 67.", "known_by": "Ask at +31 20 987 65 43."}
    html = send_report(writer, page, **fields).content.decode()
    assert "<sup>1</sup>" in html
    assert "<sup>2</sup>" in html
    assert "Send as typed" in html
    row = reported(writer, page, do="insist", **fields)
    assert row.state == State.HELD
    assert {"phone", "report"} <= set(row.held_for)


def test_one_certain_find_among_doubtful_ones_cannot_be_insisted_on(page, writer):
    fields = {"changed": "a@mail.example", "known_by": "Ask at +31 20 987 65 43."}
    assert "Send as typed" not in send_report(writer, page, **fields).content.decode()
    assert send_report(writer, page, do="insist", **fields).status_code == 400


def test_practices_take_reports_and_news_do_not(writer):
    assert writer.get(tried_url(make_practice())).status_code == 200
    assert writer.get(tried_url(make_news())).status_code == 404


def test_no_form_on_what_may_not_be_seen_or_is_closed(page, writer, client):
    page.allow_comments = False
    page.save()
    assert writer.get(tried_url(page)).status_code == 403
    assert send_report(writer, page).status_code == 400
    page.view_restrictions.create(restriction_type="login")
    assert client.get(tried_url(page)).status_code == 404
    page.unpublish()
    assert writer.get(tried_url(page)).status_code == 404
    assert not CommentState.objects.exists()


def test_a_forged_or_foreign_token_keeps_the_words(page, writer):
    for token in ("", "forged", filled(make_practice())["token"]):
        answer = send_report(writer, page, token=token, text="My words stay.")
        assert answer.status_code == 400
        assert "My words stay." in answer.content.decode()
    assert not CommentState.objects.exists()


def test_the_form_can_only_be_changed_by_post_with_its_token(page, joanna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(joanna, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(tried_url(page), filled(page)).status_code == 403
    assert not CommentState.objects.exists()


def test_an_account_without_a_name_chooses_one(page):
    client = signed_in(account("newcomer"))
    assert send_report(client, page).status_code == 400
    row = reported(client, page, name="New here")
    assert row.comment.user_name == "New here"


def test_a_number_that_goes_on_in_the_next_field_is_found_and_marked_in_both(page, writer):
    split = {"text": "We gave out 0612", "changed": "345678 and hundreds called.", "known_by": "Counted: 42."}
    answer = send_report(writer, page, **split)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert re.findall(r"<mark>(\d+)<sup>", html) == ["0612", "345678"]
    assert 'value="insist"' in html
    assert send_report(writer, page, **split, do="insist").status_code == 302
    assert set(CommentState.objects.get().held_for) == {"phone", "report"}


def test_fields_that_have_no_number_between_them_are_left_alone(page, writer):
    row = reported(writer, page, text="It began in 2024", changed="112 people came.", known_by="12 asked.")
    assert row.held_for == ["report"]
