"""What ends by the clock: the threads of archived groups, and memberships that are long over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal import stamps

from .. import services
from ..models import CommentState, DiscussionThread, GroupSummary, Membership, State, WorkingGroup
from ..personal.holds import without_held
from ..reasons import EXPIRED

MEMBERSHIPS_KEPT = timedelta(days=365)  # after their end


@transaction.atomic
def purge_threads(now: datetime) -> int:
    """Take the words out of groups whose day has come, and hide their threads; how many comments it was.

    Summaries that were published stay, without the quotes; drafts go. A comment under a legal hold keeps its words,
    hidden, until the hold ends.
    """
    over = WorkingGroup.objects.filter(kept_until__lt=timezone.localtime(now).date(), archived_on__isnull=False)
    threads = DiscussionThread.objects.filter(group__in=over)
    rows = CommentState.objects.filter(thread__in=threads).exclude(state=State.ERASED)
    due = list(without_held(rows.select_related("thread"), now, "pk"))
    for row in due:
        services.erase_comment(row=row, reason=EXPIRED)
    GroupSummary.objects.filter(group__in=over, published_at__isnull=True).delete()
    Membership.objects.filter(group__in=over).delete()
    if threads.exclude(state=DiscussionThread.Condition.HIDDEN).update(
        state=DiscussionThread.Condition.HIDDEN, title=""
    ):
        stamps.touch(stamps.SITE)
    return len(due)


def purge_memberships(now: datetime) -> int:
    return Membership.objects.filter(until__lt=now - MEMBERSHIPS_KEPT).delete()[0]
