"""Who is trusted, by what moderators made of earlier comments: asked each time, kept nowhere, so that it can fall.

Trust is earned where one writes: in public, or in one working group. What was said well before everybody opens no
closed group, and a group that knows somebody vouches for nothing outside. Faults stay there too: else the queue of the
site would tell that something was hidden in a group that nobody there may know of. Sanctions count everywhere.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.prepared import Prepared

from .. import access
from ..models import CommentState, State
from ..reasons import HoldReason, RuleReason
from .findings import Draft, Finding, Verdict

# So long after a moderator hid something of an account, its comments are read first again.
AFTER_A_FAULT = timedelta(days=90)


def trusted_writer(draft: Draft) -> Iterator[Finding]:
    """The first comments of an account in public, and in each group, are held; later ones appear at once while nothing
    had to be hidden there lately."""
    needed = settings.COMMUNITY_FIRST_COMMENTS_HELD
    if draft.is_guest or not needed:
        return
    reason = _not_trusted(draft, needed)
    if reason and not access.may_moderate(draft.user, draft.thread):
        yield Finding(Verdict.HOLD, reason)


def _not_trusted(draft: Draft, needed: int) -> HoldReason | None:
    here = draft.thread.group_id if draft.thread else None
    approved = faults = 0
    for group, state, number in _counted(draft.account, timezone.now() - AFTER_A_FAULT):
        if group == here:
            approved += number if state == State.PUBLISHED else 0
            faults += number if state != State.PUBLISHED else 0
    if approved < needed:
        return HoldReason.NEWCOMER
    if faults or draft.sanctions:
        return HoldReason.FAULTS
    return None


@Prepared.of(int, datetime)
def _counted(account: int, since: datetime) -> QuerySet:
    """What is published of this account, and what moderators hid or erased since then; by group, none for public."""
    bad = Q(state=State.HIDDEN) | Q(state=State.ERASED, reason__in=RuleReason.values)
    mine = CommentState.objects.filter(
        Q(state=State.PUBLISHED) | Q(bad, changed_at__gte=since), comment__user_id=account
    )
    counted = mine.order_by().values("thread__group", "state").annotate(number=Count("pk"))
    return counted.values_list("thread__group", "state", "number")
