"""What the two databases do in their own ways."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import NamedTuple, Protocol

from django.db import connection
from django.db.models import Avg, Case, Count, F, IntegerField, Q, QuerySet, Value, When

from portal import searchable, stamps
from portal.navigation import once
from portal.words.analysis import clean, words

from ...documents import SearchDocument
from ...models import Document
from ...shown import Shown
from .plan import Counts, Plan

# What a word is worth where it stands. A title says what a page is about and other names are as good as titles to
# those who use them; both are short, so a page cannot gain by repeating itself. Summary and headings are chosen by
# editors; the running text counts by its length. What it is asked as comes in words of many readers, see `asked`.
# In the order of the columns in SQLite.
FIELD_WEIGHTS = {"title": 8.0, "labels": 5.0, "summary": 4.0, "headings": 3.0, "body": 1.0, "asked": 2.0}

WordsByField = dict[str, list[str]]
TokensByField = dict[str, list[str]]


@dataclass(slots=True)
class Worth:
    """What the terms of a query are worth, noted once for all rows."""

    in_text: Mapping[int, Mapping[int, float]]  # by position of the term and id of the document that has it
    share: dict[int, float] = field(default_factory=dict)  # of the whole query, by bit; a single term has none


@dataclass(slots=True, eq=False)
class Row:
    """A document that matched. Searches make thousands of them, so a row is also where ranking takes its notes."""

    # As the database gives them, see `columns`.
    score: float
    id: int
    page: int
    subject: str
    language: str
    facets: str
    rank: float
    exact: int  # 1 where its title or a label is the query, 2 where editors picked it
    changed: object = None
    read_in: str = ""  # if in another language: wordings of a page that is not translated into theirs
    # Notes
    terms: int = 0  # bit n is set where term n, or what counts as it, occurs
    covered: float = 1.0  # how much of what was asked it holds, by how much each term tells
    relevance: float = 0.0
    languages: tuple[str, ...] = ()  # in which its subject is read where it matched
    texts: int = 1  # of its subject that matched
    worth: Worth | None = None


@dataclass(slots=True, eq=False)
class Crowd:
    """Documents that matched alike and count alike, each the only one of its subject that matched.

    Of thousands that match most are counted and never shown, and to make a row of each takes longer than all the rest
    of a search. So those that PostgreSQL does not score come in crowds.
    """

    language: str
    facets: str
    read_in: str
    terms: int  # these as of a row
    covered: float
    ids: list[int]
    row: Callable[[int], Row]
    highest: float  # what score times rank of any of them may be

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.read_in or self.language,)

    def rows(self) -> list[Row]:
        return [self.row(pk) for pk in self.ids]


class Matched(NamedTuple):
    rows: list[Row]
    crowds: Sequence[Crowd] = ()

    @property
    def total(self) -> int:
        return len(self.rows) + sum(len(crowd.ids) for crowd in self.crowds)

    def alike(self) -> Counter[tuple[str, int]]:
        """How many documents of each language hold which terms: few combinations."""
        alike = Counter(map(attrgetter("language", "terms"), self.rows))
        for crowd in self.crowds:
            alike[crowd.language, crowd.terms] += len(crowd.ids)
        return alike


class Store(Protocol):
    def match(self, plan: Plan, shown: Shown, *, dated: bool = False) -> Matched:
        """All documents among `shown` that match, in any order; all in rows if they are `dated`."""

    def write(self, rows: list[Document], tokens: list[TokensByField]) -> None:
        """Store documents, which get their ids by it, and their tokens, which go with them when they are deleted."""


def words_by_field(document: SearchDocument) -> WordsByField:
    texts = {
        "title": document.title,
        "labels": "\n".join([*document.labels, *document.tags]),
        "summary": document.summary,
        "headings": document.headings,
        "body": document.body,
        "asked": "\n".join(document.asked),
    }
    return {name: words(clean(text), document.language) for name, text in texts.items()}


def columns(dated: bool) -> tuple[str, ...]:
    """What of a document becomes a `Row`; the date only where it is sorted by, since reading dates takes time."""
    return (
        "score",
        "id",
        "page_id",
        "subject",
        "language",
        "facets",
        "rank",
        "is_exact",
        *(("changed",) if dated else ()),
    )


def with_exact(documents: QuerySet, plan: Plan) -> QuerySet:
    """`is_exact` says whether the title or another name of a document is the query itself, or editors picked it."""
    whens = [When(subject__in=plan.picked, then=2)] if plan.picked else []
    if plan.exact:
        whens.append(When(exact__contains=f"|{plan.exact}|", then=1))
    return documents.annotate(is_exact=Case(*whens, default=Value(0), output_field=IntegerField()))


def exact_rows(documents: QuerySet, dated: bool) -> list[Row]:
    """For a query without words that count, such as “About”: what is called just so."""
    found = documents.filter(is_exact__gt=0).annotate(score=F("rank"))
    return fetched(found, dated)


def picked_rows(shown: Shown, plan: Plan, matched: Iterable[Row], dated: bool) -> list[Row]:
    """What editors picked and the words do not find."""
    if not plan.picked:
        return []
    known = [row.id for row in matched if row.exact == 2]
    picked = shown.documents.filter(subject__in=plan.picked, is_part=False).exclude(pk__in=known)
    return fetched(with_exact(picked, plan).annotate(score=F("rank")), dated)


def documents_by_language(*, apart: bool = False) -> Counts:
    """Of all documents but those kept apart, or of those alone. The first are counted once until they change."""
    if apart:
        return _count(Q(kind__in=searchable.kinds_apart()))
    which = ~Q(kind__in=searchable.kinds_apart())
    counts: Counts = once(None, ("documents by language",), partial(_count, which), also=stamps.SEARCH)
    return counts


def average_length() -> float:
    """Of those documents, in tokens."""
    texts = Document.objects.exclude(kind__in=searchable.kinds_apart())
    found = once(None, ("length of documents",), partial(texts.aggregate, average=Avg("length")), also=stamps.SEARCH)
    return float(found["average"] or 1.0)


def _count(which: Q) -> Counts:
    rows = Document.objects.filter(which).order_by().values_list("language")
    counted = list(rows.annotate(texts=Count("pk"), whole=Count("pk", filter=Q(is_part=False))))
    return Counts({code: texts for code, texts, _whole in counted}, {code: whole for code, _texts, whole in counted})


def fetched(documents: QuerySet, dated: bool) -> list[Row]:
    """The rows straight from the cursor: none of the columns needs what Django does to values."""
    sql, params = documents.values_list(*columns(dated)).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row(*row) for row in cursor.fetchall()]
