"""How often somebody may write.

Accounts are counted by what they wrote. Visitors are counted by address: a hash keyed with the site's secret and
today's date, kept in the cache alone and for a day at most. No address is ever stored.
"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from portal.prepared import Prepared

from ..counting import count_of, counted
from ..models import CommentState
from ..reasons import HoldReason
from .findings import Draft, Finding, Verdict

MOST_REPORTS = 10  # by one address in an hour
# (minutes, comments an account may post in them, comments one address without an account may send in them)
WINDOWS = ((10, 5, 3), (24 * 60, 50, 12))
FIRST_DAY = {10: 3, 24 * 60: 10}  # what an account may post in them on its first day
BUSIEST = (10, 30)  # minutes, comments of all writers in one discussion: more are read first


def hashed_address(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request) or ""
    day = timezone.now().date().isoformat()
    return hmac.new(f"{settings.SECRET_KEY}{day}".encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def not_too_many(draft: Draft) -> Iterator[Finding]:
    now = timezone.now()
    is_new = not draft.is_guest and settings.COMMUNITY_FIRST_DAY_LIMITS
    is_new = is_new and now - draft.user.date_joined < timedelta(days=1)
    longest = max(WINDOWS)[0]
    times = [] if draft.is_guest else [at for (at,) in _times(draft.account, now - timedelta(minutes=longest))]
    for minutes, by_account, by_address in WINDOWS:
        if draft.is_guest:
            count, most = count_of(_key(draft.address, minutes)), by_address
        else:
            count = sum(at >= now - timedelta(minutes=minutes) for at in times)
            most = FIRST_DAY[minutes] if is_new else by_account
        if count >= most:
            yield Finding(Verdict.REFUSE, "often", _wait(minutes))
            return


@Prepared.of(int, datetime)
def _times(account: int, since: datetime) -> QuerySet:
    """When this account wrote, no more than are allowed within the longest window."""
    mine = CommentState.objects.filter(comment__user_id=account, posted_at__gte=since)
    return mine.order_by("-posted_at").values_list("posted_at")[: max(WINDOWS)[1]]


def not_too_many_here(draft: Draft) -> Iterator[Finding]:
    """Many accounts at once in one discussion: a quarrel or a raid."""
    minutes, most = BUSIEST
    if draft.thread is not None and len(_here(draft.thread.pk, timezone.now() - timedelta(minutes=minutes))) >= most:
        yield Finding(Verdict.HOLD, HoldReason.BUSY)


@Prepared.of(int, datetime)
def _here(thread: int, since: datetime) -> QuerySet:
    here = CommentState.objects.filter(thread_id=thread, posted_at__gte=since)
    return here.order_by().values_list("pk")[: BUSIEST[1]]


def too_many_reports(address: str) -> bool:
    """Counts this report in. Reports are few by nature; a flood of them would drown the queue.

    Where nothing can be counted, reports are taken: people read them, and one that is lost may be urgent.
    """
    return counted(f"community-reports:{address}", 60 * 60, unknown=0) > MOST_REPORTS


def visitor_counted_in(draft: Draft) -> Iterator[Finding]:
    """Counts this comment, so that of many sent at once no more pass than may. Accounts count by what they wrote."""
    for minutes, _by_account, by_address in WINDOWS if draft.is_guest else ():
        if counted(_key(draft.address, minutes), minutes * 60, unknown=0) > by_address:
            yield Finding(Verdict.REFUSE, "often", _wait(minutes))
            return


def _key(address: str, minutes: int) -> str:
    return f"community-writes:{minutes}:{address}"


def _wait(minutes: int) -> str:
    if minutes < 60:
        return ngettext(
            "That is a lot at once. Your text is below; send it again in %(number)d minute.",
            "That is a lot at once. Your text is below; send it again in %(number)d minutes.",
            minutes,
        ) % {"number": minutes}
    hours = minutes // 60
    return ngettext(
        "That is a lot for one day. Your text is below; send it again in %(number)d hour.",
        "That is a lot for one day. Your text is below; send it again in %(number)d hours.",
        hours,
    ) % {"number": hours}
