"""What follows for an author: a warning, silence for a time, suspension. Each hangs on the decision that caused it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..access import may_moderate, moderates_site
from ..models import ModerationDecision, Sanction, State
from ..refusals import Refused
from . import acts
from .conflicts import conflict

Kind = Sanction.Kind
LONGEST = timedelta(days=365)


def blocking(user: Any) -> Sanction | None:
    """The silence or suspension under which this account may not write now; the one that ends last."""
    return strictest(Sanction.objects.of_account(user).in_force()) if user.is_authenticated else None


def strictest(in_force: Iterable[Sanction]) -> Sanction | None:
    """Of what is in force for an account that under which it may not write; the one that ends last."""
    rows = [each for each in in_force if each.kind != Kind.WARNING]
    return max(rows, key=lambda each: (each.until is None, each.until), default=None)


@transaction.atomic
def impose(*, decision: ModerationDecision, moderator: Any, kind: Kind, days: int | None = None) -> Sanction:
    """`days` is how long it lasts; a suspension without them has no end. A warning lasts no time."""
    if not (moderates_site(moderator) and may_moderate(moderator, decision.comment.thread)):
        raise Refused("forbidden")  # whoever moderates one group ends a membership, and not what happens elsewhere
    if own := conflict(moderator, comment=decision.comment):
        raise Refused(own)
    author = decision.comment.comment.user
    if author is None:
        raise Refused("no-account")
    if not _has_fault(decision):
        raise Refused("no-fault")
    if Sanction.objects.filter(cause=decision).exists():
        raise Refused("decided-before")
    until = _end(kind, days)
    sanction = Sanction.objects.create(user=author, kind=kind, cause=decision, made_by=moderator, until=until)
    acts.record(acts.Kind.SANCTIONED, by=moderator, comment=decision.comment, sanction=str(kind), days=days)
    return sanction


def lift(*, causes: Any, by: ModerationDecision) -> int:
    """End what those decisions caused, since `by` took them back."""
    rows = list(Sanction.objects.filter(cause__in=causes, lifted_by=None).select_related("cause__comment"))
    for row in rows:
        acts.record(acts.Kind.LIFTED, by=by.made_by, comment=row.cause.comment, sanction=row.kind)
    return Sanction.objects.filter(pk__in=[row.pk for row in rows]).update(lifted_by=by)


def _has_fault(decision: ModerationDecision) -> bool:
    """Only a person's decision against a comment that still stands can have consequences."""
    if decision.automated or decision.undone_by.exists():
        return False
    return decision.new == State.HIDDEN or decision.erases or hasattr(decision, "redaction")


def _end(kind: Kind, days: int | None) -> Any:
    if kind == Kind.WARNING:
        return None
    if days is None and kind == Kind.SUSPENSION:
        return None
    if not days or not 0 < days <= LONGEST.days:
        raise Refused("no-end")
    return timezone.now() + timedelta(days=days)
