"""Whom a decision concerns is told of it: the author, and those who reported the comment."""

from ..mail import queue
from ..models import Appeal, ModerationDecision, Report, Sanction, State

NOT_FOR_AUTHORS = {State.WITHDRAWN, State.ERASED}


def tell_of(decision: ModerationDecision) -> None:
    """Called in the transaction of the decision. What is true in the end is looked up when the letter is written."""
    if not decision.old and decision.new == State.PUBLISHED:
        return  # a comment as it comes in
    row = decision.comment
    if not row.guest and (decision.new not in NOT_FOR_AUTHORS or decision.erases):
        queue("decision", decision.pk)
    if decision.new == State.HELD:
        return  # what becomes of the reports is still open
    open_now = Report.objects.filter(comment=row, decision=None)
    answered = Report.objects.filter(decision=decision.undoes_id) if decision.undoes_id else Report.objects.none()
    for pk in [*open_now.values_list("pk", flat=True), *answered.values_list("pk", flat=True)]:
        queue("report-outcome", pk, decision.pk)


def tell_of_sanction(sanction: Sanction) -> None:
    queue("decision", sanction.cause_id, again=True)


def tell_of_answer(appeal: Appeal) -> None:
    """The one who appealed; and other reporters, where the comment is hidden after all."""
    queue("appeal-answered", appeal.pk)
    if appeal.reversal_id and appeal.report is not None:
        others = Report.objects.filter(decision=appeal.decision_id).exclude(pk=appeal.report.pk)
        for pk in others.values_list("pk", flat=True):
            queue("report-outcome", pk, appeal.reversal_id)
