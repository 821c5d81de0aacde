"""A thread as readers see it: the same for everybody, at most four queries whatever its size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import reasons, text
from .models import CommentState, DiscussionThread, State

PAGE_SIZE = 20
LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass
class Line:
    """One comment of a thread, or the place of one that is gone."""

    public_id: str
    level: int
    author: str
    language: str
    posted_at: datetime
    html: SafeString
    gone: str = ""  # why the comment is no longer there
    answers_to: str = ""  # the author answered, said only where the nesting does not show it
    answers_to_id: str = ""
    answers: list["Line"] = field(default_factory=list)

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get(self.language, self.language)


@dataclass(frozen=True)
class LanguageCount:
    code: str
    name: str
    count: int


@dataclass
class Discussion:
    """A page of a thread. Pages count from the newest: page 1 ends with the last comment."""

    total: int = 0
    languages: list[LanguageCount] = field(default_factory=list)
    only: str = ""  # the language asked for
    number: int = 1
    has_earlier: bool = False
    lines: list[Line] = field(default_factory=list)
    is_closed: bool = False
    is_hidden: bool = False


def discussion(key: UUID, query: Mapping[str, str]) -> Discussion:
    """The page of the thread that an address asks for: `?comments=nl`, `?talk=2`, `?c=<public id>`."""
    thread = DiscussionThread.objects.filter(translation_key=key).first()
    if thread is None:
        return Discussion()
    if thread.state == DiscussionThread.Condition.HIDDEN:
        return Discussion(is_hidden=True)
    comments = CommentState.objects.filter(thread=thread)
    counts = dict(comments.published().values_list("language").annotate(n=Count("pk")).order_by())
    only = query.get("comments", "")
    only = only if only in counts else ""
    shown = comments.published().filter(language=only) if only else comments.shown()
    number = _page_of(shown, query["c"]) if query.get("c") else _number(query.get("talk", ""))
    start = (number - 1) * PAGE_SIZE
    rows = list(shown.with_text().order_by("-path")[start : start + PAGE_SIZE + 1])
    return Discussion(
        total=sum(counts.values()),
        languages=[LanguageCount(code, name, counts[code]) for code, name in settings.LANGUAGES if code in counts],
        only=only,
        number=number,
        has_earlier=len(rows) > PAGE_SIZE,
        lines=_tree(reversed(rows[:PAGE_SIZE])),
        is_closed=thread.state == DiscussionThread.Condition.CLOSED,
    )


def _number(value: str) -> int:
    return min(int(value), 100_000) if value.isascii() and value.isdigit() and int(value[:9]) else 1


def _page_of(shown: Any, public_id: str) -> int:
    """The page on which a permalink stands; the newest when there is no such comment."""
    path = CommentState.objects.filter(public_id=public_id[:12]).values("path")[:1]
    return shown.filter(path__gt=Subquery(path)).count() // PAGE_SIZE + 1


def _tree(rows: Iterable[CommentState]) -> list[Line]:
    """Nest the rows of one page. A page may begin in the midst of an exchange; then the line says whom it answers."""
    top: list[Line] = []
    open_rows: list[tuple[CommentState, Line]] = []
    for row in rows:
        while open_rows and not row.path.startswith(open_rows[-1][0].path):
            open_rows.pop()
        above = open_rows[-1] if open_rows else None
        line = _line(row, above[0] if above else None)
        (above[1].answers if above else top).append(line)
        open_rows.append((row, line))
    return top


def _line(row: CommentState, above: CommentState | None) -> Line:
    line = Line(row.public_id, row.level, row.comment.user_name, row.language, row.posted_at, SafeString(""))
    if row.is_shown:
        line.html = text.as_html(row.comment.comment)
    else:
        line.author, line.gone = "", _why_gone(row)
    if row.parent is not None and (above is None or above.pk != row.parent_id):
        line.answers_to_id = row.parent.public_id
        line.answers_to = row.parent.comment.user_name if row.parent.is_shown else ""
    return line


def _why_gone(row: CommentState) -> str:
    if row.state == State.WITHDRAWN:
        return _("Withdrawn by its author.")
    if row.state == State.ERASED:
        return _("Erased together with the account that wrote it.")
    if row.state == State.HIDDEN:
        return reasons.label(row.reason) or _("Hidden by a moderator.")
    return _("A moderator is reading this comment.")
