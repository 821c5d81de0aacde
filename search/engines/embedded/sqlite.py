"""Tokens in an FTS5 table, ranked by its bm25()."""

import math
from collections.abc import Iterable, Mapping

from django.db import connection

from portal import searchable

from ... import bulk
from ...models import Document
from ...shown import Shown
from . import memory, postings
from .plan import MANY, LanguagePlan, Plan, without_needless
from .scoring import NAMED, TYPED, Occurrences, Part, cover, parts_of, score_rows
from .store import FIELD_WEIGHTS, Matched, Row, TokensByField, documents_by_language, exact_rows, with_exact

# Kinds kept apart have a table of their own: however many there are, they cost no other search anything, and do not
# change how rare a word is in it.
TEXT, APART = "search_text", "search_text_apart"
WEIGHTS = ", ".join(str(weight) for weight in FIELD_WEIGHTS.values())
# Where a token occurs, and where it does in a title or another name.
SCAN = (
    f"SELECT {{number}}, rowid, -bm25({{table}}, {WEIGHTS}) FROM {{table}} WHERE {{table}} MATCH %s "
    "UNION ALL SELECT {names}, rowid, NULL FROM {table} WHERE {table} MATCH %s"
)
LAST_ID = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'search_document'"  # of deleted ones, too
MOST_SELECTS = 400  # that SQLite joins in one statement


class SQLiteStore:
    def match(self, plan: Plan, shown: Shown, *, dated: bool = False) -> Matched:
        if not plan.languages:
            return Matched(exact_rows(with_exact(shown.documents, plan), dated))
        rows = _match_in(TEXT, plan, plan.counts, shown)
        if shown.with_apart:
            rows += _match_in(APART, plan, documents_by_language(apart=True).texts, shown)
        cover(rows, plan)
        return Matched(rows)

    def write(self, rows: list[Document], tokens: list[TokensByField]) -> None:
        """Whoever writes has the lock, so nobody else takes the ids."""
        with connection.cursor() as cursor:
            cursor.execute(LAST_ID)
            (last,) = cursor.fetchone()
        for pk, row in enumerate(rows, start=last + 1):
            row.pk = pk
        bulk.insert("search_document", bulk.columns_of(Document), map(bulk.values_of, rows))
        names = ", ".join(FIELD_WEIGHTS)
        marks = ", ".join(["%s"] * (len(FIELD_WEIGHTS) + 1))
        apart = searchable.kinds_apart()
        values: dict[str, list[tuple]] = {TEXT: [], APART: []}
        for row, fields in zip(rows, tokens, strict=True):
            found = (" ".join(fields[name]) for name in FIELD_WEIGHTS)
            values[APART if row.kind in apart else TEXT].append((row.pk, *found))
        with connection.cursor() as cursor:
            for table, of_table in values.items():
                cursor.executemany(f"INSERT INTO {table} (rowid, {names}) VALUES ({marks})", of_table)


def _match_in(table: str, plan: Plan, counts: Mapping[str, int], shown: Shown) -> list[Row]:
    occurrences = list(_occurrences([part for part in parts_of(plan) if part.weight == TYPED], table))
    plan = without_needless(plan, {part.position for part, holding, _found in occurrences if holding > MANY})
    occurrences += _occurrences([part for part in parts_of(plan) if part.weight != TYPED], table)
    if any(language.phrases or language.excluded for language in plan.languages):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [expression(plan)])
            ids = {pk for (pk,) in cursor.fetchall()}
    else:
        ids = set().union(*(found for _part, _holding, found in occurrences))
    rows = memory.rows(ids, plan, shown)
    score_rows(rows, occurrences, counts)
    return rows


def _texts_in(table: str) -> int:
    """As FTS5 counts them. Its list of lengths is small and has a row for each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}_docsize")
        return int(cursor.fetchone()[0])


def _occurrences(parts: list[Part], table: str) -> Occurrences:
    """Where each token occurs, and what of its score there does not depend on its rarity."""
    kept = postings.current() if table == TEXT else {}  # the other table changes without a stamp
    tokens = dict.fromkeys(part.token for part in parts)
    found = {token: dict(zip(*kept[token], strict=True)) for token in tokens if token in kept}
    missing = [token for token in tokens if token not in found]
    for start in range(0, len(missing), MOST_SELECTS // 2):
        scanned = _scanned(missing[start : start + MOST_SELECTS // 2], table)
        postings.keep(kept, {token: (list(its), list(its.values())) for token, its in scanned.items()})
        found |= scanned
    for part in parts:
        yield part, len(found[part.token]), found[part.token]


def _scanned(tokens: list[str], table: str) -> dict[str, dict[int, float]]:
    """Each scored by itself, so that FTS5's idea of its rarity can be taken out."""
    scans = [SCAN.format(number=2 * number, names=2 * number + 1, table=table) for number in range(len(tokens))]
    params = [parameter for token in tokens for parameter in (_phrase([token]), _in_names(token))]
    scores: list[dict[int, float]] = [{} for _scan in params]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(scans), params)
        for number, pk, score in cursor.fetchall():
            scores[number][pk] = score
    documents = _texts_in(table)
    found = {}
    for token, its_scores, named in zip(tokens, scores[::2], scores[1::2], strict=True):
        seldom = fts5_rarity(documents, len(its_scores))
        found[token] = {pk: score / seldom for pk, score in its_scores.items()}
        for pk in named:
            found[token][pk] += NAMED
    return found


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


def fts5_rarity(documents: int, holding: int) -> float:
    """What FTS5 multiplies a score with for a word that `holding` of all documents have."""
    value = math.log((documents - holding + 0.5) / (holding + 0.5))
    return value if value > 0 else 1e-6
