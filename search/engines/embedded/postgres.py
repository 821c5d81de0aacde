"""Tokens in a tsvector: it finds the candidates, and BM25 in Python ranks the best of them.

PostgreSQL's own ts_rank knows nothing of how rare a word is and falls behind BM25 on every test set, so it only
chooses which documents are worth the exact score.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from django.db import connection

from ...models import DocumentQuerySet
from .bm25 import rarity, score
from .plan import LanguagePlan, Plan
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
            row.terms, through = held.get(row.id, (0, 0))
            row.synonyms = through & ~row.terms
            row.terms |= through
        _rescore(rows, plan)
        return rows

    def _terms_held(self, plan: Plan, ids: list[int]) -> dict[int, tuple[int, int]]:
        """Which terms of the query each document holds, as bits; and which it holds as a synonym."""
        bits, params = _held(plan.term, plan.term_count)
        through, more = _held(plan.synonyms, plan.term_count)
        sql = f"SELECT id, {bits}, {through} FROM search_document WHERE id = ANY(%s)"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [*params, *more, ids])
            return {pk: (typed, synonyms) for pk, typed, synonyms in cursor.fetchall()}

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
    """Every token that adds to the score."""
    found = [token for language in plan.languages for token in language.tokens]
    return found + [token for language in plan.languages for phrase in language.phrases for token in phrase]


def _single(tokens: Iterable[str]) -> list[str]:
    return [each for token in tokens for each in token.split()]


def _held(tokens_of: Callable[[int], list[str]], count: int) -> tuple[str, list[str]]:
    """What says as bits which places' tokens a document holds."""
    parts, params = ["0"], []
    for position in range(count):
        if tokens := tokens_of(position):
            parts.append(f"(search_document.vector @@ %s::tsquery)::int::bigint * {1 << position}")
            params.append(_any_of(tokens))
    return " + ".join(parts), params


def _rescore(rows: list[Row], plan: Plan) -> None:
    """Gives the rows BM25 scores; those that ts_rank left far behind come after them, in its order."""
    if not rows:
        return
    best = sorted(rows, key=lambda row: (row.exact, row.terms.bit_count(), row.score), reverse=True)[:RESCORED]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, length, {WORDS_OF_QUERY}, (SELECT count(*) FROM search_document), "  # noqa: S608
            "(SELECT avg(length)::float FROM search_document) FROM search_document WHERE id = ANY(%s)",
            [_single(_all_tokens(plan)), [row.id for row in best]],
        )
        found = cursor.fetchall()
    rarities = _rarities(rows, plan, found[0][3])
    scores = {
        pk: score(_weighted(words), rarities, length / (average or 1.0)) for pk, length, words, _count, average in found
    }
    for row in rows:
        row.score = scores.get(row.id, row.score / 1000)


def _rarities(rows: list[Row], plan: Plan, documents: int) -> dict[str, float]:
    """What each token tells. All documents that hold it are among the rows, since any token makes a match.

    With phrases only texts that have them are among the rows; the words of a phrase share what it tells.
    """
    holding: Counter[tuple[str, int]] = Counter()
    matching: Counter[str] = Counter()
    for row in rows:
        matching[row.language] += 1
        holding.update((row.language, n) for n in range(plan.term_count) if row.terms >> n & 1)
    rarities: dict[str, float] = {}
    for language in plan.languages:
        for phrase in language.phrases:
            rarities |= dict.fromkeys(phrase, rarity(documents, matching[language.language]) / len(phrase))
        for position, tokens in enumerate(language.terms):
            synonyms = _single(language.synonyms_of(position))
            rarities |= dict.fromkeys((*tokens, *synonyms), rarity(documents, holding[language.language, position]))
    return rarities


def _weighted(words: str) -> dict[str, float]:
    """How often each word of the query occurs, weighted by where."""
    found: dict[str, float] = {}
    starts = list(FIELD_STARTS.items())
    for token, positions in LEXEME.findall(words):
        weight = 0.0
        for position in positions.replace("A", "").split(","):
            name = next(name for name, start in reversed(starts) if int(position) > start)
            weight += FIELD_WEIGHTS[name]
        found[token] = weight
    return found
