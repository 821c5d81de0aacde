"""The check of discussions in slow mode."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from .. import access
from ..counting import count_of, counted
from ..models import CommentState, DiscussionThread
from ..screening.findings import Draft, Finding, Verdict


def not_in_a_hurry(draft: Draft) -> Iterator[Finding]:
    """One comment of each writer in so many minutes. Moderators are not held up, and visitors count by address."""
    thread = draft.thread
    if thread is None or not thread.slow_minutes or access.may_moderate(draft.user, thread):
        return
    if draft.is_guest:
        too_soon = count_of(_key(thread, draft.address)) > 0
    else:
        since = timezone.now() - timedelta(minutes=thread.slow_minutes)
        mine = CommentState.objects.of_account(draft.user)
        too_soon = mine.filter(thread=thread, posted_at__gt=since).exists()
    if too_soon:
        said = ngettext(
            "This discussion goes slowly: one comment a minute from each writer. Your text is below; send it later.",
            "This discussion goes slowly: one comment in %(number)d minutes from each writer. Your text is below; send "
            "it later.",
            thread.slow_minutes,
        )
        yield Finding(Verdict.REFUSE, "slow", said % {"number": thread.slow_minutes})


def count_visitor(thread: DiscussionThread, address: str) -> None:
    if thread.slow_minutes:
        counted(_key(thread, address), thread.slow_minutes * 60, unknown=0)


def _key(thread: DiscussionThread, address: str) -> str:
    return f"community-slow:{thread.pk}:{address}"
