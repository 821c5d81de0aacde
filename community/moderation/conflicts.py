"""Nobody judges an own case: not what he wrote, not what he reported, not the appeal against what he decided."""

from typing import Any

from django_comments_xtd.models import XtdComment

from ..models import CommentState, ModerationDecision, Report

OWN_COMMENT, OWN_REPORT, OWN_DECISION = "own-comment", "own-report", "own-decision"


def conflict(
    user: Any,
    *,
    comment: CommentState | None = None,
    report: Report | None = None,
    decision: ModerationDecision | None = None,
) -> str:
    """Why `user` may not decide on this, as a code of `Refused`; empty when he may.

    For a comment or a report ask with it alone. For an appeal ask with the `decision` it is against, and with
    `report` where a reporter appeals: the comment of either is looked at by itself.
    """
    if decision is not None and decision.made_by_id == user.pk:
        return OWN_DECISION
    row = comment or (decision or report).comment  # type: ignore[union-attr]
    if XtdComment.norel_objects.filter(pk=row.comment_id, user_id=user.pk).exists():
        return OWN_COMMENT
    if report is not None and report.reporter_id == user.pk:
        return OWN_REPORT
    return OWN_REPORT if Report.objects.filter(comment=row, reporter_id=user.pk).exists() else ""
