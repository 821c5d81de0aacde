"""How a discussion is run: what is pinned, who speaks for the editors, and when and how fast something may be added."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from portal import stamps

from .. import services
from ..access import may_moderate
from ..models import CommentState, DiscussionThread, State
from ..moderation import acts
from ..querysets import MODERATE
from . import closing


def speaks_for_editors(user: Any, key: UUID) -> bool:
    """Whether somebody may publish the page that is discussed, in any of its languages; a group has no editors."""
    if not (user and user.is_active):
        return False
    pages = Page.objects.filter(translation_key=key)
    return any(page.permissions_for_user(user).can_publish() for page in pages)


@transaction.atomic
def pin(*, row: CommentState, moderator: Any, pinned: bool = True) -> None:
    """One comment of a thread stands above the others; pinning another takes its place."""
    if not may_moderate(moderator, row.thread):
        raise services.Refused("forbidden")
    thread = DiscussionThread.objects.select_for_update().get(pk=row.thread_id)
    if pinned and row.state != State.PUBLISHED:
        raise services.Refused("gone")
    if pinned or thread.pinned_id == row.pk:
        thread.pinned = row if pinned else None
        thread.save(update_fields=["pinned"])
        acts.note_in_history(row, "community.pinned" if pinned else "community.unpinned", moderator)
        services.tell(row)


@transaction.atomic
def mark_official(*, row: CommentState, editor: Any, official: bool = True) -> None:
    """Say that a comment is the answer of the editors. Only what an editor wrote can be: nobody speaks for others."""
    key = row.thread.translation_key
    if not speaks_for_editors(editor, key):
        raise services.Refused("forbidden")
    if official and (row.state != State.PUBLISHED or not speaks_for_editors(row.comment.user, key)):
        raise services.Refused("not-an-editor")
    CommentState.objects.filter(pk=row.pk).update(is_official=official)
    log(instance=row, action="community.official" if official else "community.unofficial", user=editor)
    services.tell(row)


@transaction.atomic
def run_thread(*, key: UUID, moderator: Any, is_open: bool, closes_on: date | None, slow_minutes: int) -> None:
    """Close or open a discussion, give it a last day or slow it down; also before anybody has written in it."""
    thread = DiscussionThread.objects.filter(translation_key=key).first()
    if not (may_moderate(moderator, thread) if thread else moderator.has_perm(MODERATE)):
        raise services.Refused("forbidden")
    thread = services.locked_thread(key, of_page=thread is None)
    if thread.state == DiscussionThread.Condition.HIDDEN:
        raise services.Refused("gone")
    thread.state = DiscussionThread.Condition.OPEN if is_open else DiscussionThread.Condition.CLOSED
    thread.closes_on, thread.slow_minutes = closes_on, slow_minutes
    thread.save(update_fields=["state", "closes_on", "slow_minutes"])
    data = {"state": str(thread.state), "closes_on": str(closes_on or ""), "slow_minutes": slow_minutes}
    log(instance=thread, action="community.thread", user=moderator, data=data)
    services.tell_thread(thread)
    if closing.is_section(key):
        stamps.touch(stamps.SITE)  # what is read below it says so, too
