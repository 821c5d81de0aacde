"""Legal holds: what an authority has ordered to keep lies sealed until its date, or until two moderators end it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..access import may_moderate
from ..models import CommentState, LegalHold
from ..refusals import Refused
from . import acts, redaction
from .conflicts import conflict

LONGEST = timedelta(days=365)


@transaction.atomic
def place(*, row: CommentState, moderator: Any, authority: str, reference: str, expires_at: datetime) -> LegalHold:
    """Seal a copy of the comment as it is now, with its earlier texts and what was masked."""
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise Refused("no-end")
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread").get(pk=row.pk)
    if not may_moderate(moderator, row.thread):
        raise Refused("forbidden")
    hold = LegalHold.objects.create(
        comment=row,
        authority=authority,
        reference=reference,
        expires_at=expires_at,
        made_by=moderator,
        sealed=_copy(CommentState.objects.select_related("comment__user").get(pk=row.pk)),
    )
    acts.record(acts.Kind.HELD_BY_LAW, by=moderator, comment=row, hold=hold.pk, until=expires_at.date().isoformat())
    return hold


@transaction.atomic
def ask_release(*, hold: LegalHold, moderator: Any) -> None:
    hold = _in_force(hold, moderator)
    if hold.release_asked_by_id is not None:
        raise Refused("decided-before", by=acts.moderator_name(hold.release_asked_by))
    hold.release_asked_by, hold.release_asked_at = moderator, timezone.now()
    hold.save(update_fields=["release_asked_by", "release_asked_at"])
    acts.record(acts.Kind.RELEASE_ASKED, by=moderator, comment=hold.comment, hold=hold.pk)


@transaction.atomic
def release(*, hold: LegalHold, moderator: Any) -> None:
    """The second of two. Whoever asked cannot confirm."""
    hold = _in_force(hold, moderator)
    if hold.release_asked_by_id is None:
        raise Refused("not-asked")
    if hold.release_asked_by_id == moderator.pk:
        raise Refused("same-person")
    hold.ended_by, hold.ended_at, hold.sealed = moderator, timezone.now(), {}
    hold.save(update_fields=["ended_by", "ended_at", "sealed"])
    acts.record(acts.Kind.HOLD_ENDED, by=moderator, comment=hold.comment, hold=hold.pk)


def _in_force(hold: LegalHold, moderator: Any) -> LegalHold:
    found = LegalHold.objects.select_for_update(of=("self",)).in_force().filter(pk=hold.pk)
    current = found.select_related("comment__thread", "release_asked_by").first()
    if current is None:
        raise Refused("gone")
    if not may_moderate(moderator, current.comment.thread):
        raise Refused("forbidden")
    if own := conflict(moderator, comment=current.comment):
        raise Refused(own)
    return current


def _copy(row: CommentState) -> dict[str, Any]:
    return {
        "public_id": row.public_id,
        "state": row.state,
        "language": row.language,
        "posted_at": row.posted_at.isoformat(),
        "text": redaction.readable(redaction.whole(row)),
        "name": row.comment.user_name,
        "account": row.comment.user_id,
        "earlier": [[each.replaced_at.isoformat(), each.text] for each in row.revisions.all()],
        "before_redaction": [redaction.readable(each.original) for each in row.redactions.exclude(original="")],
    }
