"""Who may do what. Each function gives the object asked for, or 404; views load nothing by themselves.

What may not be seen and what does not exist get the same answer.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.models import Page

from portal.languages import active_language
from portal.models import KnowledgePage
from portal.querysets import in_language, visible

from .models import CommentState, DiscussionThread

MODERATE = "community.moderate_comment"


@dataclass(frozen=True)
class Subject:
    """A page that can be discussed, in the reader's language or else the original, and its thread if it has one."""

    page: KnowledgePage
    thread: DiscussionThread | None

    @property
    def key(self) -> UUID:
        return self.page.translation_key

    @property
    def is_open(self) -> bool:
        state = self.thread.state if self.thread else DiscussionThread.Condition.OPEN
        return self.page.allow_comments and state == DiscussionThread.Condition.OPEN


def subject(request: HttpRequest, key: UUID) -> Subject:
    page = _page(key, request.user)
    thread = DiscussionThread.objects.filter(translation_key=key).first()
    if page is None or (thread and thread.state == DiscussionThread.Condition.HIDDEN):
        raise Http404
    return Subject(page, thread)


def comment_to_answer(found: Subject, public_id: str) -> CommentState:
    """A published comment of this thread: nothing held, hidden or of elsewhere can be answered."""
    return _published(found, public_id)


def comment_to_report(found: Subject, public_id: str) -> CommentState:
    return _published(found, public_id)


def own_comment(request: HttpRequest, public_id: str) -> CommentState:
    """A comment that this account wrote, in any state but withdrawn or erased."""
    if request.user.is_authenticated:
        mine = CommentState.objects.of_account(request.user).exclude(state__in=["withdrawn", "erased"])
        found = mine.select_related("comment", "thread").filter(public_id=public_id).first()
        if found:
            return found
    raise Http404


def comment_to_moderate(user: Any, public_id: str) -> CommentState:
    if not may_moderate(user):
        raise PermissionDenied
    found = CommentState.objects.with_text().select_related("thread").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def may_moderate(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(MODERATE))


def _published(found: Subject, public_id: str) -> CommentState:
    if found.thread is not None:
        comments = found.thread.comments.published().with_text()
        comment = comments.filter(public_id=public_id).first()
        if comment:
            return comment
    raise Http404


def _page(key: UUID, user: Any) -> KnowledgePage | None:
    pages = visible(Page.objects.filter(translation_key=key), user)
    page = in_language(pages, active_language()).select_related("locale").first()
    specific = page.specific if page else None
    return specific if isinstance(specific, KnowledgePage) and specific.discussable else None
