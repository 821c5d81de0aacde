"""What the two databases do in their own ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When

from ...analysis import clean, words
from ...documents import SearchDocument
from ...models import Document, DocumentQuerySet
from .plan import Plan

# What a word is worth where it stands. A title says what a page is about and other names are as good as titles to
# those who use them; both are short, so a page cannot gain by repeating itself. Summary and headings are chosen by
# editors; the running text counts by its length.
FIELD_WEIGHTS = {"title": 8.0, "labels": 5.0, "summary": 4.0, "headings": 3.0, "body": 1.0}

WordsByField = dict[str, list[str]]
TokensByField = dict[str, list[str]]


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
    # Notes
    terms: int = 0  # bit n is set where term n, or what counts as it, occurs
    covered: float = 1.0  # how much of what was asked it holds, by how much each term tells
    relevance: float = 0.0
    languages: tuple[str, ...] = ()  # in which its subject matched


class Store(Protocol):
    def match(self, plan: Plan, shown: DocumentQuerySet, *, dated: bool = False) -> list[Row]:
        """All documents among `shown` that match, in any order."""

    def write(self, rows: Iterable[tuple[int, TokensByField]]) -> None:
        """Store the tokens of documents by their ids. Tokens of a deleted document go with it."""


def words_by_field(document: SearchDocument) -> WordsByField:
    texts = {
        "title": document.title,
        "labels": "\n".join([*document.labels, *document.tags]),
        "summary": document.summary,
        "headings": document.headings,
        "body": document.body,
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


def picked_rows(shown: QuerySet, plan: Plan, matched: Iterable[Row], dated: bool) -> list[Row]:
    """What editors picked and the words do not find."""
    if not plan.picked:
        return []
    known = [row.id for row in matched if row.exact == 2]
    picked = shown.filter(subject__in=plan.picked, is_part=False).exclude(pk__in=known)
    return fetched(with_exact(picked, plan).annotate(score=F("rank")), dated)


def documents_by_language() -> dict[str, int]:
    rows = Document.objects.order_by().values_list("language").annotate(number=Count("pk"))
    return dict(rows)


def fetched(documents: QuerySet, dated: bool) -> list[Row]:
    """The rows straight from the cursor: none of the columns needs what Django does to values."""
    sql, params = documents.values_list(*columns(dated)).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row(*row) for row in cursor.fetchall()]
