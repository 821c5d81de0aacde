"""Who may still appeal against what. An appeal is made once, within six months, and another person decides on it."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.languages import active_language

from ..models import Appeal, ModerationDecision, Report, State
from ..refusals import Refused

SIX_MONTHS = timedelta(days=184)  # the longest six months there are
GONE = {State.WITHDRAWN, State.ERASED}
Side = Appeal.Side


def last_day(decision: ModerationDecision) -> date:
    return timezone.localdate(decision.made_at + SIX_MONTHS)


def is_against_author(decision: ModerationDecision) -> bool:
    """Whether a person's decision took something from the author. Before that there is nothing to appeal against:
    a moderator reads what a check has held."""
    return decision.new == State.HIDDEN or decision.erases or _masks(decision) or decision.sanctions.exists()


def problem_of_author(decision: ModerationDecision) -> str:
    """Why the author cannot appeal, as a code; empty when he can."""
    if not is_against_author(decision):
        return "nothing-to-appeal"
    if decision.appeals.filter(side=Side.AUTHOR).exists():
        return "appealed-before"
    if decision.undone_by.exists():
        return "taken-back"
    if decision.comment.state in GONE and not (decision.erases or decision.sanctions.exists()):
        return "gone"
    return "" if timezone.localdate() <= last_day(decision) else "late"


def problem_of_reporter(report: Report, decision: ModerationDecision) -> str:
    """The same for somebody who reported a comment that stays; `decision` is the one that stands."""
    if report.appeals.exists():
        return "appealed-before"
    if decision.comment.state in GONE:
        return "gone"
    if decision.new != State.PUBLISHED or decision.comment.state != State.PUBLISHED:
        return "nothing-to-appeal"
    return "" if timezone.localdate() <= last_day(decision) else "late"


def of_author(*, decision: ModerationDecision, author: Any, text: str, nonce: str) -> Appeal:
    appeal = Appeal(decision=decision, side=Side.AUTHOR, made_by=author, text=text, nonce=nonce)
    return _keep(appeal, lambda: problem_of_author(decision))


def of_reporter(*, report: Report, decision: ModerationDecision, text: str, nonce: str) -> Appeal:
    appeal = Appeal(
        decision=decision, side=Side.REPORTER, report=report, made_by=report.reporter, text=text, nonce=nonce
    )
    return _keep(appeal, lambda: problem_of_reporter(report, decision))


def _keep(appeal: Appeal, problem: Any) -> Appeal:
    sent_before = Appeal.objects.filter(nonce=appeal.nonce).first()
    if sent_before:
        return sent_before
    if code := problem():
        raise Refused(code)
    appeal.language = active_language()
    try:
        with transaction.atomic():
            appeal.save()
    except IntegrityError as error:  # the same sent twice at the same moment
        raise Refused("appealed-before") from error
    return appeal


def _masks(decision: ModerationDecision) -> bool:
    return hasattr(decision, "redaction")
