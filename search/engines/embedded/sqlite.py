"""Tokens in an FTS5 table, ranked by its bm25()."""

from collections.abc import Iterable

from django.db import connection

from ...models import DocumentQuerySet
from .plan import LanguagePlan, Plan
from .store import FIELD_WEIGHTS, Row, TokensByField, columns, exact_rows, with_exact

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
        hits, hit_params = documents.values_list("score", *columns(dated)).query.sql_with_params()
        found, found_params = _terms(plan)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH hit AS MATERIALIZED ({hits}), term AS ({found}) "  # noqa: S608
                "SELECT COALESCE(term.terms, 0), hit.* FROM hit LEFT JOIN term ON term.id = hit.id",
                [*hit_params, *found_params],
            )
            rows = cursor.fetchall()
        return [Row(*row[2:8], terms=row[0], score=row[1], changed=row[8] if dated else None) for row in rows]

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


def _terms(plan: Plan) -> tuple[str, list[str]]:
    """Which terms of the query each document holds, as bits: a scan of the postings alone."""
    scans, params = [], []
    for position in range(plan.term_count):
        if tokens := plan.term(position):
            bit = 1 << position
            scans.append(f"SELECT rowid AS id, {bit} AS bit FROM search_text WHERE search_text MATCH %s")  # noqa: S608
            params.append(" OR ".join(f'"{token}"' for token in tokens))
    if not scans:
        return "SELECT NULL AS id, 0 AS terms WHERE 0", []
    return f"SELECT id, SUM(bit) AS terms FROM ({' UNION ALL '.join(scans)}) GROUP BY id", params  # noqa: S608
