"""Tokens in an FTS5 table, ranked by its bm25()."""

from collections.abc import Callable, Iterable

from django.db import connection

from ...models import DocumentQuerySet
from .plan import LanguagePlan, Plan
from .store import FIELD_WEIGHTS, Row, TokensByField, exact_rows, fetched, with_exact

BM25 = f"-bm25(search_text, {', '.join(str(weight) for weight in FIELD_WEIGHTS.values())})"


class SQLiteStore:
    def match(self, plan: Plan, shown: DocumentQuerySet, *, dated: bool = False) -> list[Row]:
        documents = with_exact(shown, plan)
        if not plan.languages:
            return exact_rows(documents, dated)
        documents = documents.extra(  # noqa: S610 - every value is a parameter
            tables=["search_text"],
            where=["search_text.rowid = search_document.id", "search_text MATCH %s"],
            params=[expression(plan)],
            select={"score": BM25},
        )
        rows = fetched(documents, dated)
        held = terms_held(plan)
        through = synonyms_held(plan)
        only = 1 if plan.term_count == 1 and not through else 0
        for row in rows:
            row.terms = held.get(row.id, only)
        for row in rows if through else ():
            row.synonyms = through.get(row.id, 0) & ~row.terms
            row.terms |= row.synonyms
        return rows

    def write(self, rows: Iterable[tuple[int, TokensByField]]) -> None:
        names = ", ".join(FIELD_WEIGHTS)
        marks = ", ".join(["%s"] * (len(FIELD_WEIGHTS) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_text (rowid, {names}) VALUES ({marks})",  # noqa: S608
                [(pk, *(" ".join(fields[name]) for name in FIELD_WEIGHTS)) for pk, fields in rows],
            )


def expression(plan: Plan) -> str:
    """The query in FTS5's language. Every token is quoted and holds letters and digits alone."""
    return " OR ".join(_in_language(language) for language in plan.languages)


def _in_language(plan: LanguagePlan) -> str:
    optional = " OR ".join(f'"{token}"' for token in plan.tokens)
    required = " AND ".join(_phrase(phrase) for phrase in plan.phrases)
    if required and optional:  # the words add to the score of what has the phrases
        wanted = f"({required}) OR (({required}) AND ({optional}))"
    else:
        wanted = required or optional
    excluded = " OR ".join(_phrase(phrase) for phrase in plan.excluded)
    return f"(({wanted}) NOT ({excluded}))" if excluded else f"({wanted})"


def _phrase(tokens: Iterable[str]) -> str:
    return '"' + " ".join(tokens) + '"'


def terms_held(plan: Plan) -> dict[int, int]:
    """Which terms of the query each document holds, as bits. One term without synonyms needs no scan."""
    has_synonyms = any(plan.synonyms(position) for position in range(plan.term_count))
    return _held(plan.term, plan.term_count) if plan.term_count > 1 or has_synonyms else {}


def synonyms_held(plan: Plan) -> dict[int, int]:
    return _held(plan.synonyms, plan.term_count)


def _held(tokens_of: Callable[[int], list[str]], count: int) -> dict[int, int]:
    """Scans the postings alone."""
    scans, params = [], []
    for position in range(count):
        if tokens := tokens_of(position):
            scans.append(f"SELECT rowid, {1 << position} FROM search_text WHERE search_text MATCH %s")  # noqa: S608
            params.append(" OR ".join(f'"{token}"' for token in tokens))
    held: dict[int, int] = {}
    if scans:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(scans), params)
            for pk, bit in cursor.fetchall():
                held[pk] = held.get(pk, 0) | bit
    return held
