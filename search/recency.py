"""Of what ages, such as news and workshops, the nearer to today counts a little more.

Bounded, so that a word in a title outweighs any date: at most 15 percent more today, half of that a year before or
after, next to nothing after three years. Types that do not age say no day, so their order stays as it is.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from .models import Document

MOST = 0.15
HALF_AS_RECENT = 365  # days

_kept: dict[str, tuple[Any, Mapping[str, float]]] = {}


def factor(happened: datetime.date, today: datetime.date) -> float:
    """The Gaussian decay of Elasticsearch, so that both engines agree."""
    return 1 + MOST * 0.5 ** ((abs((today - happened).days) / HALF_AS_RECENT) ** 2)


def factors(version: Any) -> Mapping[str, float]:
    """By subject, kept for the day and until something is published.

    Beside the rows that match and not among them: their columns come before the texts, which are long, so that
    matching need not read past those.
    """
    today = timezone.localdate()
    kept = _kept.get("all")
    if kept is None or kept[0] != (version, today):
        rows = Document.objects.filter(happened__isnull=False).order_by().values_list("subject", "happened")
        kept = _kept["all"] = ((version, today), {subject: factor(day, today) for subject, day in rows if day})
    return kept[1]
