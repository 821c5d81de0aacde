from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from portal.models import KnowledgePage

from ..models import CommentState, DiscussionThread


class Verdict(IntEnum):
    """What a check asks for, from mild to final."""

    HOLD = 1  # a moderator reads it first
    WARN = 2  # say so; held when the writer insists
    REFUSE = 3  # not taken until it is changed


@dataclass(frozen=True)
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

    page: KnowledgePage
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

    @property
    def is_guest(self) -> bool:
        return not self.user.is_authenticated
