"""What moderators see of the author of a comment: no address, and no more than a decision needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from ..models import CommentState, ModeratorNote, Report, Sanction, State
from ..reasons import NO_FAULT


@dataclass(frozen=True)
class Facts:
    joined: datetime
    published: int
    hidden: int
    held: int
    masked: int
    reports_right: int
    reports_wrong: int
    sanctions: list[Sanction]


def facts(row: CommentState, moderator: Any) -> Facts | None:
    """Of what this moderator may see: nobody counts what is said in closed groups. None for a visitor, and for an
    account that is gone."""
    user = row.comment.user
    if user is None:
        return None
    seen = CommentState.objects.moderated_by(moderator).order_by()
    mine = seen.of_account(user)
    counted = mine.aggregate(
        published=Count("pk", filter=Q(state=State.PUBLISHED)),
        hidden=Count("pk", filter=Q(state=State.HIDDEN)),
        held=Count("pk", filter=Q(state=State.HELD)),
    )
    kept = Q(decision__new=State.PUBLISHED, decision__reason=NO_FAULT)
    reported = Report.objects.filter(reporter=user, decision__made_by__isnull=False, comment__in=seen.values("pk"))
    judged = reported.order_by().aggregate(wrong=Count("pk", filter=kept), right=Count("pk", filter=~kept))
    return Facts(
        joined=user.date_joined,
        **counted,
        masked=mine.exclude(redactions=None).distinct().count(),
        reports_right=judged["right"],
        reports_wrong=judged["wrong"],
        sanctions=list(
            Sanction.objects.of_account(user)
            .filter(cause__comment__in=seen.values("pk"))
            .select_related("cause__comment", "lifted_by")
        ),
    )


def notes(row: CommentState, moderator: Any) -> QuerySet[Any]:
    """On this comment, and on what else the same account wrote."""
    about = Q(comment=row)
    if row.comment.user_id:
        about |= Q(comment__comment__user=row.comment.user_id)
    seen = CommentState.objects.moderated_by(moderator).order_by().values("pk")
    found = ModeratorNote.objects.filter(about, comment__in=seen).select_related(
        "comment", "made_by__member", "handed_to__member"
    )
    return found.order_by("-made_at")[:50]
