"""How often somebody may write.

Accounts are counted by what they wrote. Visitors are counted by address: a hash keyed with the site's secret and
today's date, kept in the cache alone and for a day at most. No address is ever stored.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from ..models import CommentState
from .findings import Draft, Finding, Verdict

MOST_REPORTS = 10  # by one address in an hour
# (minutes, comments an account may post in them, comments one address without an account may send in them)
WINDOWS = ((10, 5, 3), (24 * 60, 50, 12))


def hashed_address(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request) or ""
    day = timezone.now().date().isoformat()
    return hmac.new(f"{settings.SECRET_KEY}{day}".encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def not_too_many(draft: Draft) -> Iterator[Finding]:
    now = timezone.now()
    for minutes, by_account, by_address in WINDOWS:
        if draft.is_guest:
            count, most = cache.get(_key(draft.address, minutes), 0), by_address
        else:
            mine = CommentState.objects.of_account(draft.user)
            count, most = mine.filter(posted_at__gte=now - timedelta(minutes=minutes)).count(), by_account
        if count >= most:
            yield Finding(Verdict.REFUSE, "often", _wait(minutes))
            return


def too_many_reports(address: str) -> bool:
    """Counts this report in. Reports are few by nature; a flood of them would drown the queue."""
    key = f"community-reports:{address}"
    if cache.add(key, 1, 60 * 60):
        return False
    try:
        return cache.incr(key) > MOST_REPORTS
    except ValueError:
        return False


def count_visitor(address: str) -> None:
    for minutes, _by_account, _by_address in WINDOWS:
        key = _key(address, minutes)
        if not cache.add(key, 1, minutes * 60):
            with suppress(ValueError):  # it ran out between the two calls
                cache.incr(key)


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
