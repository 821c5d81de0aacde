"""What can wait for a moderator. Each kind says its name, how many wait, since when, and where they are read.

kinds.register(
    Kind("appeals", _("Appeals"), lambda user: kinds.counted(waiting_for(user), "made_at", APPEALS_DUE),
         lambda: reverse("community_appeals"))
)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from .. import access


@dataclass(frozen=True)
class Summary:
    total: int = 0
    oldest: datetime | None = None
    late: int = 0  # how many should have been decided by now


@dataclass(frozen=True)
class Kind:
    code: str
    label: Any
    summary: Callable[[Any], Summary]  # of what waits for this user
    url: Callable[[], str]
    order: int = 100
    is_for: Callable[[Any], bool] = access.may_moderate


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.code in _kinds:
        raise ValueError(f"There is a kind {kind.code} already.")
    _kinds[kind.code] = kind


def for_user(user: Any) -> list[Kind]:
    return sorted((kind for kind in _kinds.values() if kind.is_for(user)), key=lambda kind: (kind.order, kind.code))


def counted(rows: QuerySet, since: str, due: timedelta) -> Summary:
    """The summary of what waits since the time in the field `since` and is due after `due`; one query."""
    late = Count("pk", filter=Q(**{f"{since}__lt": timezone.now() - due}))
    found = rows.order_by().aggregate(total=Count("pk"), oldest=Min(since), late=late)
    return Summary(found["total"], found["oldest"], found["late"])
