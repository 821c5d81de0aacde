"""Takes a decision back, with everything that followed from it and nothing else."""

from typing import Any

from django.db import transaction

from .. import services
from ..access import may_moderate
from ..models import CommentState, ModerationDecision, Redaction, State
from ..refusals import Refused
from . import branches, redaction, sanctions
from .conflicts import conflict

TAKEN_BACK = "taken-back"  # the reason of a moderator who corrects a mistake; an appeal gives its own


@transaction.atomic
def reverse(
    *, decision: ModerationDecision, moderator: Any, reason: str, explanation: str = "", new: State | None = None
) -> ModerationDecision:
    """The comment stands as before the decision, or as `new` says; masked words are put back while they are sealed;
    answers that were hidden along with it are back; sanctions of that decision end.

    Whether `moderator` may judge an appeal against it is asked before, by `conflict(moderator, decision=decision)`:
    anybody may take back a mistake of his own.
    """
    if not reason:
        raise Refused("no-reason")
    comments = CommentState.objects.select_for_update(of=("self",)).select_related("thread")
    row = comments.get(pk=decision.comment_id)
    if not may_moderate(moderator, row.thread):
        raise Refused("forbidden")
    if own := conflict(moderator, comment=row):
        raise Refused(own)
    _ask(row, decision)
    if masked := Redaction.objects.filter(decision=decision).first():
        redaction.put_back(row, masked)
    back = services.change(
        row,
        new or State(decision.old),
        made_by=moderator,
        reason=reason,
        explanation=explanation,
        undoes=decision,
    )
    along = branches.bring_back_answers(decision=decision, by=moderator)
    sanctions.lift(causes=[decision, *along], by=back)
    return back


def last_decision(row: CommentState) -> ModerationDecision | None:
    return row.decisions.order_by("-pk").first()


def can_be_reversed(decision: ModerationDecision | None) -> bool:
    """Whether a person's decision is the last word on a comment that is still there."""
    if decision is None or decision.automated or decision.made_by_id is None or decision.undoes_id is not None:
        return False
    return State(decision.comment.state) not in services.GONE and decision.old in services.ALLOWED


def _ask(row: CommentState, decision: ModerationDecision) -> None:
    last = last_decision(row)
    if State(row.state) in services.GONE or decision.old not in services.ALLOWED:
        raise Refused("gone")
    if last is None or last.pk != decision.pk:
        raise Refused("decided-before", by=services.who_decided(last))
