"""Another moderator answers an appeal. What he upholds is undone with all that followed from it, and nothing else."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import services
from ..access import may_moderate
from ..models import Appeal, CommentState, ModerationDecision, State
from ..moderation import branches, redaction, sanctions
from ..moderation.conflicts import conflict
from ..reasons import NO_FAULT, RuleReason
from ..refusals import Refused
from . import telling

GONE = {State.WITHDRAWN, State.ERASED}


def refusal(user: Any, appeal: Appeal) -> str:
    """Why this moderator may not answer, as a code; empty when he may.

    Neither who made the decision may, nor who made the one that it took back, nor whoever wrote or reported the
    comment.
    """
    decision = appeal.decision
    if not may_moderate(user, decision.comment.thread):
        return "forbidden"
    if appeal.made_by_id == user.pk:
        return "own-comment" if appeal.side == Appeal.Side.AUTHOR else "own-report"
    before = decision.undoes
    return conflict(user, decision=decision, report=appeal.report) or (
        conflict(user, decision=before) if before else ""
    )


@transaction.atomic
def answer(
    *, appeal: Appeal, moderator: Any, outcome: str, text: str, reason: str = "", explanation: str = ""
) -> Appeal:
    """`text` goes to whoever appealed. When a reporter is right the comment is hidden, for `reason`, and `explanation`
    goes to its author.
    """
    appeals = Appeal.objects.select_for_update(of=("self",)).select_related("decision__comment__thread")
    appeal = appeals.get(pk=appeal.pk)
    if code := refusal(moderator, appeal):
        raise Refused(code)
    if appeal.outcome:
        raise Refused("decided-before")
    if not text.strip():
        raise Refused("no-reason")
    if outcome == Appeal.Outcome.UPHELD:
        hides = appeal.side == Appeal.Side.REPORTER
        appeal.reversal = _hide(appeal, moderator, reason, explanation) if hides else undo(appeal.decision, moderator)
    appeal.outcome, appeal.answer = Appeal.Outcome(outcome), text
    appeal.answered_by, appeal.answered_at = moderator, timezone.now()
    appeal.save()
    telling.tell_of_answer(appeal)
    return appeal


def undo(decision: ModerationDecision, moderator: Any) -> ModerationDecision:
    """The comment is as if the decision had not been made: shown, with its words, and its author free of what followed.

    What was decided since on other grounds stays. Words that are deleted for good cannot be put back.
    """
    comments = CommentState.objects.select_for_update(of=("self",)).select_related("thread")
    row = comments.get(pk=decision.comment_id)
    if masked := getattr(decision, "redaction", None):
        _put_back(row, masked)
    hid = decision.new == State.HIDDEN == row.state and not _hidden_since(decision)
    back = services.change(
        row, State.PUBLISHED if hid else State(row.state), made_by=moderator, reason=NO_FAULT, undoes=decision
    )
    along = branches.bring_back_answers(decision=decision, by=moderator)
    sanctions.lift(causes=[decision, *along], by=back)
    return back


def _hidden_since(decision: ModerationDecision) -> bool:
    return decision.comment.decisions.filter(pk__gt=decision.pk, new=State.HIDDEN).exists()


def _put_back(row: CommentState, masked: Any) -> None:
    """Not over what the author has changed since, nor over words that another decision took out."""
    since = masked.decision.made_at
    changed = row.edited_at is not None and row.edited_at > since
    others = row.redactions.filter(decision__pk__gt=masked.decision_id).exists()
    if row.state not in GONE and masked.original and not masked.purged_at and not changed and not others:
        redaction.put_back(row, masked)


def _hide(appeal: Appeal, moderator: Any, reason: str, explanation: str) -> ModerationDecision:
    if reason not in RuleReason.values:
        raise Refused("no-reason")
    return services.decide(
        public_id=appeal.decision.comment.public_id,
        moderator=moderator,
        new=State.HIDDEN,
        reason=reason,
        explanation=explanation,
    )
