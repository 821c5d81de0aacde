from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal.models import KnowledgePage
from portal.prepared import Prepared

from ..models import CommentState, DiscussionThread, Sanction


class Verdict(IntEnum):
    """What a check asks for, from mild to final."""

    HOLD = 1  # a moderator reads it first
    WARN = 2  # say so; held when the writer insists
    REFUSE = 3  # not taken until it is changed


@dataclass(frozen=True, order=True)
class Hit:
    """The words a finding is about."""

    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    code: str
    message: str = ""
    field: str = "text"
    rule: int | None = None
    hits: tuple[Hit, ...] = ()


@dataclass
class Draft:
    """A comment that somebody wants to post, with what the checks need to know of it."""

    page: KnowledgePage | None  # none in a thread of a working group
    thread: DiscussionThread | None
    user: Any
    name: str
    text: str
    language: str
    parent: CommentState | None = None
    nonce: str = ""
    seconds: float = 0.0  # between the form being shown and sent
    trap: str = ""  # what stood in the field that people do not see
    address: str = ""  # a keyed hash of today, never the address itself
    insists: bool = False
    is_open: bool = True
    edited: CommentState | None = None  # which comment this is to replace

    @property
    def key(self) -> UUID:
        """Of the thread that the comment goes to, which may not be there yet."""
        return cast(KnowledgePage | DiscussionThread, self.page or self.thread).translation_key

    @property
    def is_guest(self) -> bool:
        return not self.user.is_authenticated

    @property
    def account(self) -> int:
        """Its id as queries want it, 0 for nobody; what is none breaks the check, which holds the comment."""
        return 0 if self.is_guest else int(self.user.pk)

    @property
    def place(self) -> int:
        """The id of the thread as queries want it; 0 where there is none yet."""
        return self.thread.pk if self.thread else 0

    @cached_property
    def sanctions(self) -> list[Sanction]:
        """What is in force against this account."""
        found = [] if self.is_guest else [pk for (pk,) in _in_force(self.account, timezone.now())]
        return list(Sanction.objects.filter(pk__in=found)) if found else []


@Prepared.of(int, datetime)
def _in_force(account: int, now: datetime) -> QuerySet:
    return Sanction.objects.filter(user_id=account).in_force(now).order_by().values_list("pk")
