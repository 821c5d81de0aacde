"""Beginning and ending to follow."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..mail import has_stopped, queue, resume
from ..models import Frequency, Member, Scope, Subscription
from ..models.subscriptions import PERSONAL
from .targets import Target

UNCONFIRMED_DAYS = 3


def follow(*, user: Any, found: Target, frequency: str) -> Subscription:
    """A member follows, or changes how often. What was published before is not told."""
    row, _created = Subscription.objects.update_or_create(
        user=user,
        scope=found.scope,
        target=found.target,
        defaults={"frequency": frequency},
        create_defaults={"frequency": frequency, "confirmed_at": timezone.now()},
    )
    return row


def give_defaults(member: Member) -> None:
    """Answers to a member are told once a day, until the member chooses otherwise."""
    Subscription.objects.get_or_create(
        user_id=member.user_id, scope=Scope.REPLIES, target="", defaults={"confirmed_at": timezone.now()}
    )


def messages_to(user: Any) -> Subscription:
    """The switch for what other members of a group write to somebody: on, until he turns it off."""
    row, _created = Subscription.objects.get_or_create(
        user=user,
        scope=Scope.MESSAGES,
        target="",
        defaults={"frequency": Frequency.INSTANT, "confirmed_at": timezone.now()},
    )
    return row


@transaction.atomic
def ask_visitor(*, email: str, found: Target, frequency: str, language: str) -> None:
    """Send a letter to the address, whatever is known of it: the reader is told nothing else.

    A stop of the address stays: anybody can type it here. Pressing the button in the letter lifts it.
    """
    row, _created = Subscription.objects.get_or_create(
        user=None,
        email=email.strip().lower(),
        scope=found.scope,
        target=found.target,
        defaults={"frequency": frequency, "language": language},
    )
    if not row.confirmed_at:
        row.frequency, row.language = frequency, language
        row.save(update_fields=["frequency", "language"])
    queue("confirm-following", row.public_id, again=True)


def confirm(row: Subscription) -> None:
    resume(row.email)  # a letter has arrived
    if row.confirmed_at is None:
        row.confirmed_at = row.queued_until = row.told_until = timezone.now()
        row.save(update_fields=["confirmed_at", "queued_until", "told_until"])


def stop(rows: Any) -> None:
    """A visitor's address goes. Members find in their account what they have stopped."""
    rows.filter(user=None).delete()
    rows.update(frequency=Frequency.NONE)


def forget(rows: Any) -> None:
    """Of what comes without being asked for a row stays that says never."""
    rows.filter(scope__in=PERSONAL).update(frequency=Frequency.NONE)
    rows.exclude(scope__in=PERSONAL).delete()


def delete_unconfirmed(now: datetime) -> int:
    """Visitors' addresses that nobody confirmed."""
    old = Subscription.objects.unconfirmed_before(now - timedelta(days=UNCONFIRMED_DAYS))
    return old.filter(user=None).delete()[0]


def delete_unreachable() -> int:
    """Visitors' addresses at which nobody is. Members are told on their page, and who has just asked gets a letter."""
    visitors = Subscription.objects.filter(user=None).exclude(confirmed_at=None)
    gone = [row.pk for row in visitors.iterator() if has_stopped(row.email)]
    return Subscription.objects.filter(pk__in=gone).delete()[0]
