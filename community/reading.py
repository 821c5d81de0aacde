"""A thread as readers see it: the same for everybody, at most four queries whatever its size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Subquery
from django.utils.translation import gettext as _

from . import reasons
from .models import CommentState, DiscussionThread, State
from .models.comments import STEP
from .querysets import CommentStateQuerySet

PAGE_SIZE = 20
LANGUAGE_NAMES = dict(settings.LANGUAGES)


class Row(NamedTuple):
    """What a line prints. Plain values: models of two tables for each comment would cost more than the query."""

    pk: int
    parent_id: int | None
    path: str
    public_id: str
    language: str
    state: str
    reason: str
    posted_at: datetime
    author: str
    text: str


ROW_FIELDS = (*Row._fields[:-2], "comment__user_name", "comment__comment")


@dataclass
class Line:
    """One comment of a thread, or the place of one that is gone."""

    row: Row
    answers_to: Row | None = None  # where the nesting does not show which comment it answers
    answers: list["Line"] = field(default_factory=list)

    @property
    def level(self) -> int:
        return len(self.row.path) // STEP

    @property
    def is_shown(self) -> bool:
        return self.row.state == State.PUBLISHED

    @property
    def why_gone(self) -> str:
        if self.row.state == State.WITHDRAWN:
            return _("Withdrawn by its author.")
        if self.row.state == State.ERASED:
            return _("Erased together with the account that wrote it.")
        if self.row.state == State.HIDDEN:
            return reasons.label(self.row.reason) or _("Hidden by a moderator.")
        return _("A moderator is reading this comment.")


@dataclass(frozen=True)
class LanguageCount:
    code: str
    name: str
    count: int


@dataclass
class Discussion:
    """A page of a thread. Pages count from the newest: page 1 ends with the last comment."""

    languages: list[LanguageCount] = field(default_factory=list)
    only: str = ""  # the language asked for
    number: int = 1
    has_earlier: bool = False
    lines: list[Line] = field(default_factory=list)
    is_closed: bool = False
    is_hidden: bool = False

    @property
    def total(self) -> int:
        return sum(language.count for language in self.languages)


def discussion(key: UUID, query: Mapping[str, str]) -> Discussion:
    """The page of the thread that an address asks for: `?comments=nl`, `?talk=2`, `?c=<public id>`."""
    threads = DiscussionThread.objects.filter(translation_key=key).order_by()
    counted = list(threads.values_list("pk", "state", "comments__language", "comments__state").annotate(Count("pk")))
    if not counted or counted[0][1] == DiscussionThread.Condition.HIDDEN:
        return Discussion(is_hidden=bool(counted))
    thread_id, condition = counted[0][:2]
    counts = {language: number for _pk, _thread, language, state, number in counted if state == State.PUBLISHED}
    has_removed = any(state not in {State.PUBLISHED, None} for _pk, _thread, _language, state, _number in counted)
    only = query.get("comments", "") if query.get("comments") in counts else ""
    shown = _shown(thread_id, only, has_removed)
    number = _page_of(shown, query["c"]) if query.get("c") else _number(query.get("talk", ""))
    start = (number - 1) * PAGE_SIZE
    found = shown.order_by("-path").values_list(*ROW_FIELDS)[start : start + PAGE_SIZE + 1]
    rows = [Row(*values) for values in found]
    return Discussion(
        languages=[LanguageCount(code, name, counts[code]) for code, name in settings.LANGUAGES if code in counts],
        only=only,
        number=number,
        has_earlier=len(rows) > PAGE_SIZE,
        lines=_tree(rows[PAGE_SIZE - 1 :: -1] if len(rows) > PAGE_SIZE else rows[::-1]),
        is_closed=condition == DiscussionThread.Condition.CLOSED,
    )


def _shown(thread_id: int, only: str, has_removed: bool) -> CommentStateQuerySet:
    comments = CommentState.objects.filter(thread_id=thread_id)
    if only:
        return comments.published().filter(language=only)
    return comments.shown() if has_removed else comments.published()


def _number(value: str) -> int:
    return min(int(value), 100_000) if value.isascii() and value.isdigit() and int(value[:9]) else 1


def _page_of(shown: Any, public_id: str) -> int:
    """The page on which a permalink stands; the newest when there is no such comment."""
    path = CommentState.objects.filter(public_id=public_id[:12]).values("path")[:1]
    return shown.filter(path__gt=Subquery(path)).count() // PAGE_SIZE + 1


def _tree(rows: list[Row]) -> list[Line]:
    """Nest the rows of one page. A page may begin in the midst of an exchange; then the line says whom it answers."""
    top: list[Line] = []
    branch: list[Line] = []
    beside: list[Line] = []  # answers that do not stand below the comment they answer
    for row in rows:
        while branch and not row.path.startswith(branch[-1].row.path):
            branch.pop()
        line = Line(row)
        (branch[-1].answers if branch else top).append(line)
        if row.parent_id and (not branch or branch[-1].row.pk != row.parent_id):
            beside.append(line)
        branch.append(line)
    if beside:
        answered = _rows_by_id(rows, {line.row.parent_id for line in beside})
        for line in beside:
            line.answers_to = answered.get(line.row.parent_id)
    return top


def _rows_by_id(rows: Iterable[Row], wanted: set[Any]) -> dict[Any, Row]:
    found = {row.pk: row for row in rows if row.pk in wanted}
    if missing := wanted - found.keys():
        more = CommentState.objects.filter(pk__in=missing).values_list(*ROW_FIELDS)
        found |= {row.pk: row for row in (Row(*values) for values in more)}
    return found
