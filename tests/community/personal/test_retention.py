"""What ends by the clock, what does not, and that a dry run tells the truth."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from community import names
from community.models import (
    Appeal,
    Application,
    CommentRevision,
    CommentState,
    LegalHold,
    ModerationDecision,
    ModeratorNote,
    Redaction,
    Report,
    RetiredName,
    State,
)
from community.moderation import holding
from community.personal import jobs, ledger
from community.personal.retention import purge
from portal import periodic

from .conftest import NAME

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.now() + timedelta(days=days)


def report(now, **kwargs):
    return {ended.code: ended.rows for ended in purge(now=now, **kwargs)}


def test_a_fresh_site_has_nothing_to_purge(zebra):
    assert not sum(report(timezone.now()).values())


def test_the_dry_run_says_what_the_run_does_and_changes_nothing(zebra):
    later = in_days(400)
    before = {row.pk: row.comment.comment for row in CommentState.objects.select_related("comment")}
    said = report(later, dry_run=True)
    assert {row.pk: row.comment.comment for row in CommentState.objects.select_related("comment")} == before
    assert not list(ledger.lines())
    done = report(later)
    assert done == said
    assert sum(done.values()) > 8
    assert not sum(report(later).values())  # the second time there is nothing left


def test_a_rejected_comment_goes_after_ninety_days_and_its_place_stays(zebra):
    report(in_days(89))
    assert "thylacine" in text_of(zebra.hidden)
    report(in_days(91))
    assert text_of(zebra.hidden) == ""
    assert CommentState.objects.get(pk=zebra.hidden.pk).state == State.ERASED
    assert text_of(zebra.mine)  # what is public stays


def text_of(row):
    return CommentState.objects.select_related("comment").get(pk=row.pk).comment.comment


def test_an_appeal_that_waits_keeps_what_it_is_about(zebra):
    Appeal.objects.update(outcome="", answered_at=None)
    report(in_days(400))
    assert "thylacine" in text_of(zebra.hidden)
    assert ModerationDecision.objects.filter(comment=zebra.hidden).exclude(text="").exists()


def test_a_legal_hold_survives_until_its_date(zebra):
    keep = LegalHold.objects.get(pk=hold(zebra, zebra.hidden).pk)
    LegalHold.objects.filter(pk=keep.pk).update(expires_at=in_days(1000))
    hold(zebra, zebra.mine)
    report(in_days(999))
    assert "thylacine" in text_of(zebra.hidden)
    assert LegalHold.objects.get(pk=keep.pk).sealed
    assert not LegalHold.objects.get(comment=zebra.mine).sealed
    report(in_days(1001))
    assert not LegalHold.objects.get(pk=keep.pk).sealed
    assert text_of(zebra.hidden) == ""


def hold(zebra, row):
    return holding.place(
        row=row,
        moderator=zebra.others.moderator,
        authority="Court",
        reference="1",
        expires_at=in_days(30),
    )


def test_words_of_reports_decisions_notes_and_applications_end_and_the_rows_stay(zebra):
    decision = ModerationDecision.objects.create(comment=zebra.mine, old="published", new="published")
    Report.objects.filter(comment=zebra.mine).update(decision=decision)
    report(in_days(100))
    assert Report.objects.exclude(text="").count() == 2
    assert not CommentRevision.objects.exists()  # 90 days
    assert Application.objects.exists()
    report(in_days(183))
    assert not Application.objects.exists()
    counted = Report.objects.count(), ModerationDecision.objects.count()
    report(in_days(366))
    assert (Report.objects.count(), ModerationDecision.objects.count()) == (counted[0], counted[1])
    closed = Report.objects.get(comment=zebra.mine)
    assert (closed.text, closed.reporter) == ("", None)
    assert Report.objects.get(decision=None).text  # nobody has decided yet
    assert not ModeratorNote.objects.exists()
    assert not ModerationDecision.objects.exclude(text="").exists()


def test_originals_of_masked_comments_end_after_thirty_days(zebra):
    report(in_days(29))
    assert Redaction.objects.get().original
    report(in_days(31))
    assert Redaction.objects.get().original == ""


def test_sessions_that_have_ended_go(zebra):
    assert Session.objects.exists()
    report(in_days(40))
    assert not Session.objects.exists()


def test_an_account_that_nobody_confirmed_goes_and_frees_its_name(db, client):
    data = {"email": "victim@mail.example", "display_name": "Begun Only", "website": ""}
    client.post("/accounts/signup/", {**data, "password1": "a-long-password-1", "password2": "a-long-password-1"})
    kept = User.objects.create_user("made-by-an-admin", "made@mail.example")
    assert User.objects.count() == 2
    report(in_days(29))
    assert User.objects.count() == 2
    report(in_days(31))
    assert list(User.objects.all()) == [kept]
    assert not EmailAddress.objects.exists()
    assert not names.problem("Begun Only")
    assert not RetiredName.objects.exists()


def test_a_clock_that_goes_backwards_deletes_nothing(zebra):
    assert not sum(report(in_days(-400)).values())


def test_the_command_prints_a_line_for_each_rule(zebra):
    said = io.StringIO()
    call_command("purge", "--dry-run", stdout=said)
    assert "rejected" in said.getvalue()
    assert "would go" in said.getvalue()
    call_command("purge", stdout=said)
    assert "gone" in said.getvalue()


def test_the_worker_does_it_every_day(zebra):
    assert periodic.JOBS["purge_personal_data"].every == timedelta(days=1)
    jobs.nightly()
    assert NAME in text_of(zebra.mine)
