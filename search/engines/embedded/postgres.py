"""Tokens in a tsvector: it finds the candidates, and BM25 in Python ranks the best of them.

PostgreSQL's own ts_rank knows nothing of how rare a word is and falls behind BM25 on every test set, so it only
chooses which documents are worth the exact score.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection

from ...models import DocumentQuerySet
from .bm25 import saturation
from .plan import LanguagePlan, Plan
from .scoring import NAMED, PHRASE, Occurrences, cover, parts_of, score_rows
from .store import FIELD_WEIGHTS, Row, TokensByField, exact_rows, fetched, with_exact

RESCORED = 300
# Where a field begins among the positions of a tsvector, which end at 16383: so one vector keeps all fields apart.
FIELD_STARTS = {"title": 0, "labels": 500, "summary": 1500, "headings": 2000, "body": 3000}
LAST_POSITION = 16_383
POSITIONS_PER_WORD = 255
# Class A stays free for marking the words of a query, see WORDS_OF_QUERY.
CLASSES = {"title": "B", "labels": "B", "summary": "C", "headings": "C", "body": ""}
CLOSENESS = "ts_rank('{0.1, 0.4, 1.0, 1.0}', search_document.vector, %s::tsquery)"
WORDS_OF_QUERY = "ts_filter(setweight(vector, 'A', %s::text[]), '{a}')::text"
Positions = Mapping[str, set[int]]
LEXEME = re.compile(r"'([^']+)':([\dA,]+)")


class PostgresStore:
    def match(self, plan: Plan, shown: DocumentQuerySet, *, dated: bool = False) -> list[Row]:
        documents = with_exact(shown, plan)
        if not plan.languages:
            return exact_rows(documents, dated)
        documents = documents.extra(  # noqa: S610 - every value is a parameter
            where=["search_document.vector @@ %s::tsquery"],
            params=[" | ".join(_in_language(language) for language in plan.languages)],
            select={"score": CLOSENESS},
            select_params=[_any_of(_all_tokens(plan))],
        )
        rows = fetched(documents, dated)
        held = self._terms_held(plan, [row.id for row in rows])
        for row in rows:
            row.terms = held.get(row.id, 0)
        cover(rows, plan)
        _rescore(rows, plan)
        return rows

    def _terms_held(self, plan: Plan, ids: list[int]) -> dict[int, int]:
        """Which terms of the query each document holds, as bits."""
        bits, params = _terms(plan)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {bits} FROM search_document WHERE id = ANY(%s)", [*params, ids])  # noqa: S608
            return dict(cursor.fetchall())

    def write(self, rows: Iterable[tuple[int, TokensByField]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_document SET vector = %s::tsvector WHERE id = %s",
                [(vector(fields), pk) for pk, fields in rows],
            )


def vector(fields: TokensByField) -> str:
    """The literal of a tsvector. Tokens hold letters and digits alone, so quoting them is safe."""
    positions: dict[str, list[str]] = {}
    starts = [*FIELD_STARTS.values(), LAST_POSITION + 1]
    for (name, start), end in zip(FIELD_STARTS.items(), starts[1:], strict=True):
        for offset, token in enumerate(fields[name], start=1):
            if start + offset >= end:
                break
            positions.setdefault(token, []).append(f"{start + offset}{CLASSES[name]}")
    return " ".join(f"'{token}':{','.join(found[:POSITIONS_PER_WORD])}" for token, found in positions.items())


def _in_language(plan: LanguagePlan) -> str:
    wanted = " & ".join(_phrase(phrase) for phrase in plan.phrases) or _any_of(plan.tokens)
    without = "".join(f" & !({_phrase(phrase)})" for phrase in plan.excluded)
    return f"(({wanted}){without})"


def _phrase(tokens: Iterable[str]) -> str:
    return "(" + " <-> ".join(f"'{token}'" for token in tokens) + ")"


def _any_of(tokens: Iterable[str]) -> str:
    """A token of several words, which synonyms may be, is a phrase."""
    return " | ".join(_phrase(token.split()) for token in tokens)


def _all_tokens(plan: Plan) -> list[str]:
    """Every token that adds to the score, those that stand together one by one."""
    return list(dict.fromkeys(token for part in parts_of(plan) for token in part.token.split()))


def _terms(plan: Plan) -> tuple[str, list[str]]:
    """What says as bits which terms of the query a document holds."""
    parts, params = ["0"], []
    for position in range(plan.term_count):
        if tokens := plan.term(position):
            parts.append(f"(search_document.vector @@ %s::tsquery)::int::bigint * {1 << position}")
            params.append(_any_of(tokens))
    return " + ".join(parts), params


def _rescore(rows: list[Row], plan: Plan) -> None:
    """Gives the rows BM25 scores; those that ts_rank left far behind come after them, in its order."""
    if not rows:
        return
    best = sorted(rows, key=lambda row: (row.exact, row.covered, row.score), reverse=True)[:RESCORED]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, length, {WORDS_OF_QUERY}, (SELECT avg(length)::float FROM search_document) "  # noqa: S608
            "FROM search_document WHERE id = ANY(%s)",
            [_all_tokens(plan), [row.id for row in best]],
        )
        found = cursor.fetchall()
    for row in rows:
        row.score /= 1000
    texts = [(pk, _positions(words), length / (average or 1.0)) for pk, length, words, average in found]
    score_rows(rows, _occurrences(rows, plan, texts), plan.counts)


def _occurrences(rows: list[Row], plan: Plan, texts: list[tuple[int, Positions, float]]) -> Occurrences:
    """Where each part of the query occurs in some texts.

    All documents that hold a term are among the rows, since any token makes a match, so the rows tell how rare it is;
    with phrases only texts that have them are among the rows.
    """
    matching = Counter(row.language for row in rows)
    holding = Counter(
        (row.language, position) for row in rows for position in range(plan.term_count) if row.terms >> position & 1
    )
    for part in parts_of(plan):
        tokens = part.token.split()
        found = []
        for pk, positions, relative_length in texts:
            if starts := _starts(tokens, positions):
                named = NAMED if min(starts) <= FIELD_STARTS["summary"] else 0.0
                found.append((pk, saturation(_weight(starts), relative_length) + named))
        number = matching[part.language] if part.position == PHRASE else holding[part.language, part.position]
        yield part, number, found


def _positions(words: str) -> Positions:
    """Where each token of the query stands in a text."""
    return {
        token: {int(position) for position in positions.replace("A", "").split(",")}
        for token, positions in LEXEME.findall(words)
    }


def _starts(tokens: list[str], positions: Positions) -> set[int]:
    """Where the tokens stand one after the other."""
    starts = positions.get(tokens[0], set())
    for step, token in enumerate(tokens[1:], start=1):
        starts = starts & {position - step for position in positions.get(token, ())}
    return starts


def _weight(starts: set[int]) -> float:
    """How often that is, weighted by field."""
    fields = list(reversed(FIELD_STARTS.items()))
    return sum(FIELD_WEIGHTS[next(name for name, start in fields if position > start)] for position in starts)
