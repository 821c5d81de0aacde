"""A thread as readers see it: the same for everybody, at most five queries whatever its size."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.prepared import Prepared

from . import reasons, text
from .models import CommentState, DiscussionThread, State
from .models.comments import STEP
from .models.threads import is_open
from .querysets import CommentStateQuerySet

PAGE_SIZE = 20
LANGUAGE_NAMES = dict(settings.LANGUAGES)
OFFICIAL, REPORTS = "official", "reports"
# The other orders beside that of the exchanges, which opens with the newest. Newest and most useful stand side by side.
ORDERS = {"old": ("path",), "new": ("-comment_id",), "useful": ("-useful", "-comment_id")}


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
    edited_at: datetime | None
    is_official: bool
    mention_spans: list[list[int]]
    useful: int
    practised: int
    concern: int
    answered: bool  # by the editors
    author_id: int | None
    author: str
    text: str


ROW_FIELDS = (*Row._fields[:-3], "comment__user_id", "comment__user_name", "comment__comment")


def _row(values: Iterable[Any]) -> Row:
    """A comment without a name is one that its author left behind."""
    row = Row(*values)
    return row if row.author else row._replace(author=_("A former member"))


@dataclass
class Line:
    """One comment of a thread, or the place of one that is gone."""

    row: Row
    parent: Row | None = None
    is_beside: bool = False  # the nesting does not show which comment it answers
    answers: list["Line"] = field(default_factory=list)

    @property
    def answers_to(self) -> Row | None:
        return self.parent if self.is_beside else None

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
            return _why_erased(self.row.reason)
        if self.row.state == State.HIDDEN:
            return reasons.label(self.row.reason) or _("Hidden by a moderator.")
        return _("A moderator is reading this comment.")


def _why_erased(reason: str) -> str:
    if not reason:
        return _("Erased together with the account that wrote it.")
    if reason in reasons.RuleReason:
        return _("Erased by a moderator. %(reason)s.") % {"reason": reasons.label(reason)}
    return reasons.label(reason) if reason == reasons.EXPIRED else _("Erased by a moderator, who was wrong.")


@dataclass(frozen=True)
class Asked:
    """What an address asks of a thread: `?comments=nl&kind=official&sort=new&talk=2`."""

    comments: str = ""  # one language
    kind: str = ""
    sort: str = ""
    talk: int = 1  # the page, which counts from the newest where nothing else is asked for

    def query(self, **changes: Any) -> str:
        """The same with something else in it; whatever changes, one begins with the first page of it."""
        asked = {"comments": self.comments, "kind": self.kind, "sort": self.sort, **changes}
        asked = {name: value for name, value in asked.items() if value}
        return "?" + urlencode({name: value for name, value in asked.items() if (name, value) != ("talk", 1)})

    @property
    def is_flat(self) -> bool:
        return self.sort in {"new", "useful"}


@dataclass(frozen=True)
class LanguageCount:
    code: str
    name: str
    count: int


@dataclass
class Discussion:
    """A page of a thread."""

    languages: list[LanguageCount] = field(default_factory=list)
    official: int = 0  # answers of the editors
    has_reports: bool = False  # from practice
    has_adoptions: bool = False  # by pages
    asked: Asked = field(default_factory=Asked)
    has_more: bool = False
    lines: list[Line] = field(default_factory=list)
    pinned: Row | None = None
    is_closed: bool = False
    is_hidden: bool = False

    @property
    def total(self) -> int:
        return sum(language.count for language in self.languages)

    @property
    def page_above(self) -> int:
        """The number of the page that is read before this one; 0 where there is none."""
        if self.asked.sort:
            return self.asked.talk - 1
        return self.asked.talk + 1 if self.has_more else 0

    @property
    def page_below(self) -> int:
        if self.asked.sort:
            return self.asked.talk + 1 if self.has_more else 0
        return self.asked.talk - 1


COUNTED = (
    *("pk", "state", "closes_on", "pinned_id"),
    *("comments__language", "comments__state", "comments__is_official"),
)
# Cheaper than asking whether there are any, since no query has to be built inside the query.
COUNTS = {
    "number": Count("comments", distinct=True),
    "reports": Count("comments__evidence", distinct=True),
    "adoptions": Count("comments__adoptions", distinct=True, filter=Q(comments__adoptions__version_on__isnull=False)),
}


@Prepared.of(UUID)
def _counted(key: UUID) -> QuerySet:
    return DiscussionThread.objects.filter(translation_key=key).order_by().values_list(*COUNTED).annotate(**COUNTS)


def discussion(key: UUID, query: Mapping[str, str]) -> Discussion:
    """The page of the thread that an address asks for; `?c=<public id>` finds the page of one comment."""
    counted = _counted(key)
    if not counted or counted[0][1] == DiscussionThread.Condition.HIDDEN:
        return Discussion(is_hidden=bool(counted))
    thread_id, condition, closes_on, pinned_id = counted[0][:4]
    published = [row[4:] for row in counted if row[5] == State.PUBLISHED]
    counts: Counter[str] = Counter()
    for language, _state, _official, number, _reports, _adoptions in published:
        counts[language] += number
    official = sum(row[3] for row in published if row[2])
    has_reports, has_adoptions = (any(row[place] for row in published) for place in (4, 5))
    has_removed = any(row[5] not in {State.PUBLISHED, None} for row in counted)
    asked = _asked(query, counts, {OFFICIAL: bool(official), REPORTS: has_reports})
    if query.get("c"):
        asked = Asked(talk=_page_of(_shown(thread_id, asked, has_removed), query["c"]))
    rows = [_row(values) for values in _page(asked, has_removed, bool(official))(thread_id)]
    page, has_more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    return Discussion(
        languages=[LanguageCount(code, name, counts[code]) for code, name in settings.LANGUAGES if code in counts],
        official=official,
        has_reports=has_reports,
        has_adoptions=has_adoptions,
        asked=asked,
        has_more=has_more,
        lines=_flat(page) if asked.is_flat else _tree(page if asked.sort else page[::-1]),
        pinned=_pinned(thread_id, pinned_id) if asked == Asked() else None,
        is_closed=not is_open(condition, closes_on),
    )


def _asked(query: Mapping[str, str], counts: Mapping[str, int], kinds: Mapping[str, bool]) -> Asked:
    """Only what makes sense here; the rest of an address is not ours. A permalink asks for nothing else."""
    if query.get("c"):
        return Asked()
    return Asked(
        comments=query.get("comments", "") if query.get("comments") in counts else "",
        kind=query.get("kind", "") if kinds.get(query.get("kind", "")) else "",
        sort=query.get("sort", "") if query.get("sort") in ORDERS else "",
        talk=_number(query.get("talk", "")),
    )


def _shown(thread_id: int, asked: Asked, has_removed: bool) -> CommentStateQuerySet:
    comments = CommentState.objects.filter(thread_id=thread_id)
    if not asked.comments and not asked.kind and not asked.is_flat:
        return comments.shown() if has_removed else comments.published()
    comments = comments.published()
    if asked.comments:
        comments = comments.filter(language=asked.comments)
    if asked.kind == REPORTS:
        return comments.filter(evidence__isnull=False)
    return comments.filter(Q(is_official=True) | Exists(_answers_of_editors())) if asked.kind else comments


def _answers_of_editors() -> CommentStateQuerySet:
    return CommentState.objects.published().filter(parent=OuterRef("pk"), is_official=True)


@lru_cache(maxsize=64)
def _page(asked: Asked, has_removed: bool, has_official: bool) -> Prepared:
    """The rows of one page of a thread, and one more where there are more."""
    start = (asked.talk - 1) * PAGE_SIZE

    order = ORDERS.get(asked.sort, ("-path",))

    def build(thread_id: int) -> QuerySet:
        # First which they are: of the rest of the thread no text need be read, nor asked who answered it.
        shown = _shown(thread_id, asked, has_removed).order_by(*order).values("pk")[start : start + PAGE_SIZE + 1]
        return _values(CommentState.objects.filter(pk__in=shown).order_by(*order), has_official)

    return Prepared(build, int)


def _values(shown: CommentStateQuerySet, has_official: bool) -> QuerySet:
    answered: Any = Exists(_answers_of_editors()) if has_official else Value(False, BooleanField())
    return shown.annotate(answered=answered).values_list(*ROW_FIELDS)


def _rows(shown: CommentStateQuerySet) -> list[Row]:
    return [_row(values) for values in _values(shown, has_official=False)]


def _pinned(thread_id: int, pinned_id: int | None) -> Row | None:
    if pinned_id is None:
        return None
    found = _rows(CommentState.objects.published().filter(thread=thread_id, pk=pinned_id))
    return found[0] if found else None


def _number(value: str) -> int:
    return min(int(value[:9]), 100_000) if value.isascii() and value.isdigit() and int(value[:9]) else 1


def _page_of(shown: Any, public_id: str) -> int:
    """The page on which a permalink stands; the newest when there is no such comment."""
    path = CommentState.objects.filter(public_id=text.public_id(public_id)[:12]).values("path")[:1]
    return shown.filter(path__gt=Subquery(path)).count() // PAGE_SIZE + 1


def _tree(rows: list[Row]) -> list[Line]:
    """Nest the rows of one page. A page may begin in the midst of an exchange; then the line says whom it answers."""
    top: list[Line] = []
    branch: list[Line] = []
    beside: list[Line] = []
    for row in rows:
        while branch and not row.path.startswith(branch[-1].row.path):
            branch.pop()
        line = Line(row)
        (branch[-1].answers if branch else top).append(line)
        if branch and branch[-1].row.pk == row.parent_id:
            line.parent = branch[-1].row
        elif row.parent_id:
            beside.append(line)
        branch.append(line)
    _say_whom_they_answer(beside, rows)
    return top


def _flat(rows: list[Row]) -> list[Line]:
    lines = [Line(row) for row in rows]
    _say_whom_they_answer([line for line in lines if line.row.parent_id], rows)
    return lines


def _say_whom_they_answer(lines: list[Line], rows: Iterable[Row]) -> None:
    wanted = {line.row.parent_id for line in lines if line.row.parent_id}
    answered = {row.pk: row for row in rows if row.pk in wanted}
    if missing := wanted - answered.keys():
        found = map(_row, _answered(*missing, *[0] * (PAGE_SIZE - len(missing))))
        answered |= {row.pk: row for row in found}
    for line in lines:
        line.parent = answered.get(line.row.parent_id or 0)
        line.is_beside = line.parent is not None


@Prepared.of(*[int] * PAGE_SIZE)
def _answered(*comments: int) -> QuerySet:
    return _values(CommentState.objects.filter(pk__in=comments), has_official=False)
