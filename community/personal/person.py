"""An account as the tables see it: by what it can be told in a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress

from .. import names
from ..models import CommentState

GONE = "[…]"
SHORTEST = 3  # a shorter name is part of too many words


@dataclass(frozen=True)
class Person:
    user: Any
    name: str = ""
    addresses: frozenset[str] = frozenset()  # the confirmed ones: anybody can type another’s
    removes_comments: bool = True
    comments: frozenset[int] = frozenset()  # what he wrote, known also once the name is off it
    stamps: set[str] = field(default_factory=set)  # of what readers see changed

    @property
    def pk(self) -> int:
        return int(self.user.pk)

    @property
    def identifiers(self) -> list[str]:
        """What is looked for in texts that others or the site itself have written."""
        return [text for text in (*self.addresses, self.name) if len(text) >= SHORTEST]

    def is_in(self, text: str) -> bool:
        return bool(self.identifiers) and bool(_pattern(self.identifiers).search(text))

    def taken_out_of(self, text: str) -> str:
        return _pattern(self.identifiers).sub(GONE, text) if self.identifiers else text


def of_user(user: Any, *, removes_comments: bool = True) -> Person:
    known = dict(EmailAddress.objects.filter(user_id=user.pk).values_list("email", "verified"))
    # Accounts made in the admin have no rows of django-allauth; whoever made them vouches for the address.
    addresses = [address for address, verified in known.items() if verified] if known else [user.email]
    own = frozenset(address.lower() for address in addresses if address)
    comments = frozenset(CommentState.objects.of_account(user).values_list("pk", flat=True))
    return Person(user, names.name_of(user), own, removes_comments, comments)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    found = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<![\w])(?:{found})(?![\w])", re.IGNORECASE)
