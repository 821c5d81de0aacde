"""Changing and withdrawing one's own report."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community import services
from community.models import CommentRevision, CommentState, DiscussionThread, State

from ..conftest import account, posted, shown, signed_in
from .conftest import filled, published, reported

pytestmark = pytest.mark.django_db


def edit_url(row):
    return f"/en/discussion/tried/{row.public_id}/"


def change(client, page, row, **fields):
    import time

    from community import tokens

    token = tokens.make(f"edit {row.public_id}", shown_at=time.time() - 30)
    return client.post(edit_url(row), filled(page, **{"text": "It works by now.", "token": token, **fields}))


@pytest.fixture
def report(page, writer, moderator):
    return published(reported(writer, page, outcome="early", region="NL-ZH"), moderator)


def test_the_form_holds_the_report_as_it_is(page, writer, report):
    html = writer.get(edit_url(report)).content.decode()
    assert "Hundreds of messages a week." in html
    assert '<option value="NL-ZH" selected>' in html
    assert 'value="2025-05"' in html
    assert 'value="early" required id="f-outcome_4" checked' in html or 'value="early" id="f-outcome_4" checked' in html


def test_a_changed_report_is_held_until_it_was_read_again_however_late(page, writer, report, moderator):
    CommentState.objects.filter(pk=report.pk).update(posted_at=timezone.now() - timedelta(days=400))
    assert change(writer, page, report, outcome="worked", changed="Fewer messages.").status_code == 302
    report = CommentState.objects.get(pk=report.pk)
    assert (report.state, report.held_for) == (State.HELD, ["report"])
    assert (report.evidence.outcome, report.evidence.region) == ("worked", "")
    assert "It works by now." not in shown(page)
    assert "What was tried" not in shown(page)
    before = CommentRevision.objects.get()
    assert "Hundreds of messages a week." in before.text
    published(report, moderator)
    html = shown(page)
    assert "It works by now." in html
    assert "Fewer messages." in html
    assert "o-ok" in html


def test_whoever_is_named_in_the_changed_report_is_told_and_nobody_else(page, writer, report, moderator):
    for name in ("Ann", "Bea"):
        posted(signed_in(account(name.lower(), name=name)), page, f"{name} was there, too.")
    change(writer, page, report, text="As @Ann said.", do="insist")
    assert [each.user.username for each in report.mentions.all()] == ["ann"]
    change(writer, page, report, text="As @Bea said.", do="insist")
    assert [each.user.username for each in report.mentions.all()] == ["bea"]
    published(CommentState.objects.get(pk=report.pk), moderator)
    assert '<b class="named">@Bea</b>' in shown(page)


def test_a_change_goes_through_the_checks_and_changes_nothing_when_refused(page, writer, report):
    answer = change(writer, page, report, known_by="Ask a@mail.example")
    assert answer.status_code == 400
    assert "<mark>a@mail.example<sup>1</sup></mark>" in answer.content.decode()
    report.refresh_from_db()
    assert (report.state, report.evidence.outcome) == (State.PUBLISHED, "early")
    assert not CommentRevision.objects.exists()


def test_only_its_author_changes_a_report_and_only_a_report(page, writer, report, client):
    assert change(client, page, report).status_code == 403  # what was written comes back
    other = signed_in(account("ann", name="Ann"))
    assert other.get(edit_url(report)).status_code == 404
    assert change(other, page, report).status_code == 404
    plain = posted(writer, page, "Just words.")
    assert writer.get(edit_url(plain)).status_code == 404
    assert writer.get(f"/en/discussion/edit/{report.public_id}/").url == edit_url(report)


def test_in_a_closed_discussion_the_words_come_back(page, writer, report):
    DiscussionThread.objects.update(state="closed")
    assert writer.get(edit_url(report)).status_code == 403
    answer = change(writer, page, report)
    assert answer.status_code == 400
    assert "It works by now." in answer.content.decode()
    report.refresh_from_db()
    assert report.state == State.PUBLISHED


def test_withdrawing_shows_the_whole_report_first_and_deletes_it(page, writer, report):
    url = f"/en/discussion/withdraw/{report.public_id}/"
    assert "Hundreds of messages a week." in writer.get(url).content.decode()
    writer.post(url)
    assert "Hundreds" not in shown(page)
    assert not hasattr(CommentState.objects.get(pk=report.pk), "evidence")
    assert writer.get(edit_url(report)).status_code == 404


def test_what_was_changed_beside_the_text_while_a_moderator_read_it_is_not_published(page, writer, moderator):
    row = reported(writer, page)
    seen = services.versions([row])[row.pk]
    assert change(writer, page, row, text=row.comment.comment, known_by="Another count.").status_code == 302
    with pytest.raises(services.Refused, match="decided-before"):
        services.decide(public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault", seen=seen)
    row.refresh_from_db()
    assert row.state == State.HELD
    read_again = services.versions([row])[row.pk]
    services.decide(
        public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault", seen=read_again
    )
    assert "Another count." in shown(page)
