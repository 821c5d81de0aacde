"""Tokens in an FTS5 table, ranked by its bm25()."""

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter

from django.db import connection

from ...models import DocumentQuerySet
from .plan import LanguagePlan, Plan
from .scoring import NAMED, TYPED, Occurrences, Part, cover, parts_of, score_rows
from .store import FIELD_WEIGHTS, Row, TokensByField, exact_rows, fetched, with_exact

BM25 = f"-bm25(search_text, {', '.join(str(weight) for weight in FIELD_WEIGHTS.values())})"
# Where a token occurs, and where it does in a title or another name.
SCAN = (
    f"SELECT {{number}}, rowid, {BM25} FROM search_text WHERE search_text MATCH %s "  # noqa: S608
    "UNION ALL SELECT {number}, rowid, NULL FROM search_text WHERE search_text MATCH %s"
)
MANY = 300  # texts
MOST_SELECTS = 400  # that SQLite joins in one statement


class SQLiteStore:
    def match(self, plan: Plan, shown: DocumentQuerySet, *, dated: bool = False) -> list[Row]:
        documents = with_exact(shown, plan)
        if not plan.languages:
            return exact_rows(documents, dated)
        documents_in_all = sum(plan.counts.values())
        typed = list(_occurrences([part for part in parts_of(plan) if part.weight == TYPED], documents_in_all))
        plan = without_needless(plan, {part.position for part, holding, _found in typed if holding > MANY})
        also = _occurrences([part for part in parts_of(plan) if part.weight != TYPED], documents_in_all)
        documents = documents.extra(
            tables=["search_text"],
            where=["search_text.rowid = search_document.id", "search_text MATCH %s"],
            params=[expression(plan)],
            select={"score": "0.0"},
        )
        rows = fetched(documents, dated)
        score_rows(rows, chain(typed, also), plan.counts)
        cover(rows, plan)
        return rows

    def write(self, rows: Iterable[tuple[int, TokensByField]]) -> None:
        names = ", ".join(FIELD_WEIGHTS)
        marks = ", ".join(["%s"] * (len(FIELD_WEIGHTS) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_text (rowid, {names}) VALUES ({marks})",  # noqa: S608
                [(pk, *(" ".join(fields[name]) for name in FIELD_WEIGHTS)) for pk, fields in rows],
            )


def _occurrences(parts: list[Part], documents: int) -> Occurrences:
    """Where each token occurs, scored by itself, so that FTS5's idea of its rarity can be taken out."""
    for start in range(0, len(parts), MOST_SELECTS // 2):
        some = parts[start : start + MOST_SELECTS // 2]
        scans = [SCAN.format(number=number) for number, _part in enumerate(some)]
        params = [parameter for part in some for parameter in (_phrase([part.token]), _in_names(part.token))]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(scans), params)
            found = cursor.fetchall()
        for number, group in groupby(found, key=itemgetter(0)):
            yield some[number], *_saturations(list(group), documents)


def without_needless(plan: Plan, found_often: set[int]) -> Plan:
    """What is related to a word that many texts have as it was typed adds nothing but time."""
    if not found_often:
        return plan
    languages = [
        replace(each, related=[() if n in found_often else tokens for n, tokens in enumerate(each.related)])
        for each in plan.languages
    ]
    return replace(plan, languages=languages)


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


def _in_names(token: str) -> str:
    return f"{{title labels}} : {_phrase([token])}"


def _saturations(rows: list[tuple[int, int, float | None]], documents: int) -> tuple[int, list[tuple[int, float]]]:
    """How many documents hold a token, and what its score is in each without its rarity."""
    named = {pk for _number, pk, score in rows if score is None}
    found = [(pk, score) for _number, pk, score in rows if score is not None]
    seldom = fts5_rarity(documents, len(found))
    return len(found), [(pk, score / seldom + (NAMED if pk in named else 0.0)) for pk, score in found]


def fts5_rarity(documents: int, holding: int) -> float:
    """What FTS5 multiplies a score with for a word that `holding` of all documents have."""
    value = math.log((documents - holding + 0.5) / (holding + 0.5))
    return value if value > 0 else 1e-6
