"""Of what ages, such as news and workshops, the nearer to today counts a little more.

Bounded, so that a word in a title outweighs any date: at most 15 percent more today, half of that a year before or
after, next to nothing after three years. Types that do not age say no day, so their order stays as it is.
"""

import datetime
from collections.abc import Mapping
from functools import partial

from django.utils import timezone

from portal import stamps
from portal.navigation import once

from .models import Document

MOST = 0.15
HALF_AS_RECENT = 365  # days


def factor(happened: datetime.date, today: datetime.date) -> float:
    """The Gaussian decay of Elasticsearch, so that both engines agree."""
    return 1 + MOST * 0.5 ** ((abs((today - happened).days) / HALF_AS_RECENT) ** 2)


def factors() -> Mapping[str, float]:
    """By subject, kept for the day and until something is published.

    Beside the rows that match and not among them: their columns come before the texts, which are long, so that
    matching need not read past those.
    """
    today = timezone.localdate()
    found: Mapping[str, float] = once(None, ("recency", today), partial(_read, today), also=stamps.SEARCH)
    return found


def _read(today: datetime.date) -> Mapping[str, float]:
    rows = Document.objects.filter(happened__isnull=False).order_by().values_list("subject", "happened")
    return {subject: factor(day, today) for subject, day in rows if day}
