"""The letters of due process. Reporters and authors get different ones; neither says who the other is."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from portal.querysets import visible

from .. import reasons
from ..mail import Letter, message
from ..models import Appeal, CommentState, DiscussionThread, ModerationDecision, Report, State
from ..places import places
from . import links, outcomes, statements

FOLDER = "community/mail"


def where(row: CommentState, reader: Any) -> str:
    """What the comment stands below; a closed group is not named in a mail."""
    thread = row.thread
    if not _is_private(row):
        threads = DiscussionThread.objects.visible_to(reader).filter(pk=thread.pk).select_related("group")
        place = places(threads, visible(Page.objects.all(), reader)).get(thread.pk)
        if place:
            return place.title
    return _("a discussion that is not open to everybody")


@message("report-receipt")
def receipt(report_id: str) -> Letter | None:
    report = _report(report_id)
    if report is None:
        return None
    return _to_reporter(report, "report_receipt", gettext_lazy("Your report %(number)s has arrived"))


@message("report-outcome")
def outcome(report_id: str, decision_id: str) -> Letter | None:
    report = _report(report_id)
    if report is None or outcomes.of(report).code == outcomes.WAITING:
        return None
    return _to_reporter(
        report, "report_outcome", gettext_lazy("What became of your report %(number)s"), lambda: outcomes.of(report)
    )


@message("decision")
def decision(decision_id: str) -> Letter | None:
    """The statement of reasons, or that a comment is there after all. Nothing where it has been decided anew since."""
    found = _decision(decision_id)
    if found is None or found.undone_by.exists():
        return None
    row, author = found.comment, found.comment.comment.user
    if author is None or (row.state in {State.WITHDRAWN, State.ERASED} and not found.erases):
        return None
    if not statements.cause_of(found):
        return _published(found, author)
    if found.new != State.PUBLISHED and row.state != found.new:
        return None  # held, and read by now: another letter says what was decided
    context = {
        "statement": lambda: statements.of(found),
        "where": lambda: where(row, author),
        "path": lambda: reverse("community:statement", args=[found.pk]),
        "is_private": _is_private(row),
    }
    return Letter(author, lambda: statements.of(found).title, f"{FOLDER}/statement", context)  # type: ignore[union-attr]


@message("appeal-answered")
def appeal_answered(appeal_id: str) -> Letter | None:
    appeal = Appeal.objects.select_related("decision__comment__thread__group", "report").filter(pk=appeal_id).first()
    if appeal is None or not appeal.outcome:
        return None
    is_upheld = appeal.outcome == Appeal.Outcome.UPHELD
    subject = gettext_lazy("Your appeal was upheld") if is_upheld else gettext_lazy("Your appeal was rejected")
    context = {
        "is_upheld": is_upheld,
        "is_reporter": appeal.side == Appeal.Side.REPORTER,
        "answer": appeal.answer,
        "is_private": _is_private(appeal.decision.comment),
    }
    if appeal.report is not None:
        return _to_reporter(appeal.report, "appeal_answered", subject, **context)  # type: ignore[arg-type]
    if appeal.made_by is None:
        return None
    context["path"] = lambda: reverse("community:statement", args=[appeal.decision_id])
    return Letter(appeal.made_by, subject, f"{FOLDER}/appeal_answered", context)


def _to_reporter(
    report: Report, template: str, subject: Any, result: Callable[[], Any] | None = None, **context: Any
) -> Letter | None:
    to = report.email or report.reporter
    if not to:
        return None
    context |= {
        "report": report,
        "number": links.readable(report.number),
        "ground": lambda: reasons.ReportReason(report.reason).label,
        "where": lambda: where(report.comment, report.reporter),
        "result": result or "",
        "path": lambda: links.status_path(report),
    }
    words = {"number": context["number"]}
    return Letter(to, lambda: str(subject) % words, f"{FOLDER}/{template}", context, language=report.language)


def _published(decision: ModerationDecision, author: Any) -> Letter | None:
    """Nothing where the author was never told that the comment was away, or reads it in the answer to his appeal."""
    row = decision.comment
    if decision.old not in {State.HELD, State.HIDDEN} or row.state != State.PUBLISHED or decision.answers.exists():
        return None
    context = {
        "where": lambda: where(row, author),
        "path": lambda: reverse("account_home"),
    }
    return Letter(author, gettext_lazy("Your comment is published"), f"{FOLDER}/published", context)


def _is_private(row: CommentState) -> bool:
    group = row.thread.group
    return group is not None and group.is_private


def _report(pk: str) -> Report | None:
    return Report.objects.select_related("comment__thread__group", "reporter", "decision").filter(pk=pk).first()


def _decision(pk: str) -> ModerationDecision | None:
    rows = ModerationDecision.objects.select_related("comment__comment__user", "comment__thread__group", "redaction")
    return rows.filter(pk=pk).first()
