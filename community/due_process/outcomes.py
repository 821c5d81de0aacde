"""What became of a report, in words for the one who made it.

He learns what was decided and on which ground. What a moderator wrote to the author is not for him.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from .. import reasons
from ..models import Appeal, ModerationDecision, Report, State
from . import appealing

WAITING, DECIDED, VOID = "waiting", "decided", "void"
GONE = {State.WITHDRAWN, State.ERASED}


@dataclass(frozen=True)
class Step:
    at: datetime
    text: str
    ground: str = ""
    answer: str = ""


@dataclass
class Outcome:
    code: str
    headline: str
    steps: list[Step] = field(default_factory=list)
    appeal: Appeal | None = None
    appeal_until: date | None = None  # where the reporter may still appeal


def of(report: Report) -> Outcome:
    row, decisions = report.comment, chain(report)
    appeal = report.appeals.first()
    code, headline = _headline(report, decisions)
    outcome = Outcome(code, headline, [Step(report.made_at, _("Your report arrived."))], appeal)
    outcome.steps += [_step(decision, first=not number) for number, decision in enumerate(decisions)]
    if appeal:
        outcome.steps.append(Step(appeal.made_at, _("You appealed.")))
        if appeal.outcome:
            outcome.steps.append(_answer(appeal))
    outcome.steps.sort(key=lambda step: step.at)
    if code == WAITING and row.state == State.HELD:
        outcome.steps.append(Step(row.changed_at, _("Until then nobody but the moderators sees the comment.")))
    if decisions and row.state == State.HIDDEN != decisions[-1].new:
        outcome.steps.append(Step(row.changed_at, _("Later the comment was hidden for another reason.")))
    if decisions and not appealing.problem_of_reporter(report, decisions[-1]):
        outcome.appeal_until = appealing.last_day(decisions[-1])
    return outcome


def chain(report: Report) -> list[ModerationDecision]:
    """The decision that answered the report, and those that took one another back since."""
    decisions: list[ModerationDecision] = []
    decision = report.decision
    while decision is not None:
        decisions.append(decision)
        decision = _after(decision)
    return decisions


def _after(decision: ModerationDecision) -> ModerationDecision | None:
    undone = decision.undone_by.order_by("-pk").first()
    if undone is not None:
        return undone
    upheld = decision.appeals.exclude(reversal=None).select_related("reversal").first()
    return upheld.reversal if upheld else None


def _headline(report: Report, decisions: list[ModerationDecision]) -> tuple[str, str]:
    if decisions and decisions[-1].erases:
        return DECIDED, _("Decided: the comment is erased")
    if report.comment.state in GONE:
        return VOID, _("The comment is not there any more")
    if not decisions:
        return WAITING, _("Waiting for a moderator")
    last = decisions[-1]
    if State.HIDDEN in {last.new, report.comment.state}:
        return DECIDED, _("Decided: the comment is hidden")
    if hasattr(last, "redaction"):
        return DECIDED, _("Decided: words were taken out of the comment")
    return DECIDED, _("Decided: the comment stays")


def _step(decision: ModerationDecision, *, first: bool) -> Step:
    if decision.new == State.WITHDRAWN:
        return Step(decision.made_at, _("The author withdrew the comment. Its text is deleted."))
    if decision.new == State.ERASED and decision.automated:
        return Step(decision.made_at, _("The comment was erased together with the account that wrote it."))
    if decision.erases:
        said = _("A moderator erased the comment for good.")
    elif decision.new == State.ERASED:
        said = _("After a second look: it was not against the rules. Its words cannot be brought back.")
    elif decision.new == State.HIDDEN:
        said = _("A moderator hid the comment.") if first else _("After a second look the comment was hidden.")
    elif hasattr(decision, "redaction"):
        said = _("A moderator took words out of the comment and kept the rest.")
    elif first:
        said = _("A moderator read the comment and kept it.")
    else:
        said = _("After a second look the comment is back.")
    return Step(decision.made_at, said, reasons.label(decision.reason) if decision.reason else "")


def _answer(appeal: Appeal) -> Step:
    said = (
        _("Another moderator looked again and agreed with you.")
        if appeal.outcome == Appeal.Outcome.UPHELD
        else _("Another moderator looked again and came to the same decision.")
    )
    return Step(appeal.answered_at or appeal.made_at, said, answer=appeal.answer)
