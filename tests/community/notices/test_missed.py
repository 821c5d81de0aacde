"""A comment that is away just when a mail is written is told when it is back, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community import services
from community.models import CommentState, Frequency, ModerationDecision, Scope, State, Subscription
from community.notices import schedule
from portal import outbox
from portal.models import OutboxRow
from tests.community.moderation.conftest import written

from .conftest import follows, next_digests, sent, text_of, to

pytestmark = pytest.mark.django_db
JOANNA = "joanna@mail.example"


@pytest.fixture
def said(talk, ann):
    """Answers to Joanna, one of which tells something whatever becomes of the other."""
    return [answer(talk, ann, text) for text in ("The first canary.", "The second one.")]


def answer(talk, who, text):
    row = written(talk.page, who, text)
    CommentState.objects.filter(pk=row.pk).update(parent=talk.row)
    return CommentState.objects.get(pk=row.pk)


def hold(row):
    row.refresh_from_db()
    row.held_for = ["phone"]
    services.change(row, State.HELD, reason="phone")


def days_pass(days):
    """As if everything had happened so much earlier."""
    back = timedelta(days=days)
    OutboxRow.objects.all().delete()  # the digests of those days are not those of the next
    for row in ModerationDecision.objects.all():
        ModerationDecision._base_manager.filter(pk=row.pk).update(made_at=row.made_at - back)
    for row in Subscription.objects.all():
        Subscription.objects.filter(pk=row.pk).update(
            told_until=row.told_until - back, queued_until=row.queued_until - back
        )


def publish(row, moderator):
    services.decide(public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")


@pytest.mark.parametrize("away", ["held", "hidden"])
def test_what_was_away_when_the_digest_was_written_is_in_the_one_after_it_is_back(talk, said, moderator, away):
    schedule.queue_digests(timezone.now() + timedelta(days=2))
    if away == "held":
        hold(said[0])
    else:
        services.decide(public_id=said[0].public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")
    (letter,) = to(sent(), JOANNA)
    assert "second one" in text_of(letter)
    assert "canary" not in text_of(letter)
    days_pass(3)
    other = answer(talk, said[0].comment.user, "The third one.")
    (letter,) = to(next_digests(2), JOANNA)  # it is still away
    assert "third one" in text_of(letter)
    assert "canary" not in text_of(letter)
    days_pass(3)
    publish(said[0], moderator)
    (letter,) = to(next_digests(2), JOANNA)
    assert "The first canary." in text_of(letter)
    assert "second one" not in text_of(letter)
    days_pass(3)
    answer(talk, other.comment.user, "The fourth one.")
    (letter,) = to(next_digests(2), JOANNA)
    assert "canary" not in text_of(letter)


def test_what_was_told_before_it_was_held_is_not_told_again(talk, said, moderator):
    (letter,) = to(next_digests(2), JOANNA)
    assert "canary" in text_of(letter)
    days_pass(3)
    hold(said[0])
    answer(talk, said[0].comment.user, "The third one.")
    to(next_digests(2), JOANNA)
    days_pass(3)
    publish(said[0], moderator)
    assert to(next_digests(2), JOANNA) == []


@pytest.mark.parametrize("gone", ["erased", "withdrawn"])
def test_what_never_comes_back_is_never_told(talk, said, moderator, gone):
    from community.moderation import erasing

    schedule.queue_digests(timezone.now() + timedelta(days=2))
    hold(said[0])
    sent()
    if gone == "erased":
        erasing.erase(public_id=said[0].public_id, moderator=moderator, reason="rule-3")
    else:
        services.withdraw(row=said[0], author=said[0].comment.user)
    days_pass(3)
    assert to(next_digests(2), JOANNA) == []


def test_who_has_stopped_following_meanwhile_is_not_told(talk, ann, joanna, moderator):
    follows(ann, Scope.THREAD, talk.page.translation_key)
    rows = [written(talk.page, joanna, text) for text in ("A canary.", "Something else.")]
    schedule.queue_digests(timezone.now() + timedelta(days=2))
    hold(rows[0])
    assert to(sent(), "ann@mail.example")
    days_pass(3)
    publish(rows[0], moderator)
    Subscription.objects.filter(user=ann, scope=Scope.THREAD).delete()
    assert to(next_digests(2), "ann@mail.example") == []


def test_what_is_told_at_once_is_told_when_it_is_back_and_once(talk, ann, moderator):
    follows(talk.author, Scope.REPLIES, frequency=Frequency.INSTANT)
    sent()
    row = answer(talk, ann, "A canary.")
    outbox.drain("community.notices")
    outbox.put("community.notices", f"comment:{row.pk}")  # now that it answers her
    outbox.drain("community.notices")
    hold(row)
    assert to(sent(), JOANNA) == []
    publish(row, moderator)
    (letter,) = to(sent(), JOANNA)
    assert "A canary." in text_of(letter)
    outbox.put("community.notices", f"comment:{row.pk}")  # as an edit does
    assert to(sent(), JOANNA) == []


def test_what_was_told_at_once_before_it_was_held_is_not_told_again(talk, ann, moderator):
    follows(talk.author, Scope.REPLIES, frequency=Frequency.INSTANT)
    sent()
    row = answer(talk, ann, "A canary.")
    outbox.put("community.notices", f"comment:{row.pk}")
    assert len(to(sent(), JOANNA)) == 1
    hold(row)
    sent()
    publish(row, moderator)
    assert to(sent(), JOANNA) == []
