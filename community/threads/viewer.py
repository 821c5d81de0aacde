"""What a signed-in member sees of himself in a thread.

Pages for readers without an account are kept and are the same for all of them; nothing here is asked then, and nothing
of it can get in there, since what is made for somebody with a session is never kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from .. import reasons, text
from ..models import CommentState, Reaction, State
from ..reading import Line
from .editing import WINDOW


class Held(NamedTuple):
    """A comment of the member's own that waits for a moderator."""

    public_id: str
    posted_at: datetime
    language: str
    html: SafeString
    why: str
    may_be_edited: bool


@dataclass(frozen=True)
class Viewer:
    user_id: int | None = None
    reacted: frozenset[tuple[int, str]] = frozenset()
    held: list[Held] = field(default_factory=list)

    def wrote(self, author_id: int | None) -> bool:
        return self.user_id is not None and self.user_id == author_id


def viewer_of(request: HttpRequest | None, key: UUID, lines: list[Line]) -> Viewer:
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return Viewer()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Viewer()
    shown = [line.row.pk for line in all_lines(lines)]
    mine = Reaction.objects.filter(user=user, comment__in=shown).values_list("comment_id", "kind")
    return Viewer(user.pk, frozenset(mine), list(_held(user, key)))


def _held(user: Any, key: UUID) -> Iterator[Held]:
    rows = CommentState.objects.of_account(user).filter(state=State.HELD, thread__translation_key=key)
    for row in rows.select_related("comment", "evidence").order_by("posted_at"):
        why = "; ".join(reasons.label(code) for code in row.held_for)
        may_be_edited = timezone.now() - row.posted_at < WINDOW or hasattr(row, "evidence")
        yield Held(row.public_id, row.posted_at, row.language, text.as_html(row.comment.comment), why, may_be_edited)


def all_lines(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from all_lines(line.answers)
