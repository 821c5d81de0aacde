"""When the clock alone will next change what readers see: what is kept in memory or in a cache ends then."""

import datetime

from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import Page

_kept: dict[str, tuple[int, datetime.datetime | None]] = {}


def next_change(version: int) -> datetime.datetime | None:
    """The nearest hour at which a published page begins or ends; `version` is the stamp of the site.

    Those hours change by publication only, so one query lasts until the stamp moves or the hour has come.
    """
    now = timezone.now()
    kept = _kept.get("next")
    if kept is None or kept[0] != version or (kept[1] is not None and kept[1] <= now):
        kept = _kept["next"] = (version, _read(now))
    return kept[1]


def _read(now: datetime.datetime) -> datetime.datetime | None:
    found = Page.objects.filter(live=True).aggregate(
        ends=Min("expire_at", filter=Q(expire_at__gt=now)), begins=Min("go_live_at", filter=Q(go_live_at__gt=now))
    )
    return min(filter(None, found.values()), default=None)


def forget() -> None:
    """For tests, where a rolled back transaction takes the stamp back too."""
    _kept.clear()
