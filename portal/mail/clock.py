"""When digests are due: at seven in the morning by the clock of the site, summer and winter, weekly ones on Monday."""

from datetime import datetime, time, timedelta

from django.utils import timezone

HOUR = time(7)
MONDAY = 0


def last_hour(now: datetime, *, weekly: bool) -> datetime:
    """The last moment up to which digests tell."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    day = local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)
    if weekly:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, HOUR, timezone.get_default_timezone())
