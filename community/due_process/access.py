"""Who may read what. What somebody may not see and what does not exist get the same answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.models import Page

from portal.querysets import visible

from ..access import may_moderate
from ..models import Appeal, CommentState, DiscussionThread, ModerationDecision, Report
from ..places import Place, places
from . import links, statements


def report(number: str, secret: str) -> Report | None:
    """None when the link is right and the report is no longer kept."""
    if not links.is_right(number, secret):
        raise Http404
    found = Report.objects.select_related("comment__thread__group", "decision__comment", "decision__redaction")
    return found.filter(number=number).first()


def decision_of_author(user: Any, pk: int) -> ModerationDecision:
    """One that took something from a comment of this account."""
    decisions = ModerationDecision.objects.filter(comment__comment__user_id=user.pk)
    found = decisions.select_related("comment__comment", "comment__thread__group", "redaction").filter(pk=pk).first()
    if found is None or not statements.cause_of(found):
        raise Http404
    return found


def place(request: HttpRequest, row: CommentState) -> Place | None:
    """Where the comment stands, if this reader may go there."""
    threads = DiscussionThread.objects.visible_to(request.user).filter(pk=row.thread_id).select_related("group")
    return places(threads, visible(Page.objects.all(), request.user)).get(row.thread_id)


def appeals_for(user: Any) -> Any:
    """The appeals in the threads that this person moderates; of those who reported what he wrote, he reads nothing."""
    mine = CommentState.objects.moderated_by(user).order_by().values("pk")
    found = Appeal.objects.filter(decision__comment__in=mine)
    return found.exclude(side=Appeal.Side.REPORTER, decision__comment__comment__user=user)


def appeal_to_answer(user: Any, pk: int) -> Appeal:
    if not may_moderate(user):
        raise PermissionDenied
    appeals = appeals_for(user).select_related("decision__comment__comment", "decision__comment__thread", "report")
    found = appeals.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
