"""From matching documents to one page of subjects: fold the languages, filter, count, order."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import attrgetter

from ...documents import FILTERS, Match, Query
from .store import Row

LANGUAGE = "language"
# How much of the score does not depend on how many of the words a text holds. BM25 alone lets one rare word beat
# two common ones; coverage alone lets filler words beat the rare one.
WITHOUT_COVERAGE = 0.5
PLENTY = 50  # subjects
STRAGGLING = 0.1  # of what was asked
# What is found in another language than the reader's has to be that much better to come first.
ELSEWHERE = 0.6
# No score comes near these.
FIRST, LAST = 1e7, 1e9


@lru_cache(maxsize=20_000)
def facets_of(stored: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in json.loads(stored).items()}


def fold_subjects(rows: Iterable[Row], query: Query) -> list[Row]:
    """The best row of each subject: one in the reader's language if that matched at all."""
    alone: dict[str, tuple[str, ...]] = {}  # one tuple for each language, not one for each row
    best: dict[str, Row] = {}
    for row in rows:
        row.relevance = row.score * row.rank * coverage(row) * (1.0 if row.language == query.language else ELSEWHERE)
        row.languages = alone.setdefault(row.language, (row.language,))
        known = best.setdefault(row.subject, row)
        if known is not row:
            best[row.subject] = _merged(known, row, query)
    return list(best.values())


def _merged(one: Row, other: Row, query: Query) -> Row:
    """The better of two rows of a subject, with what is known of both."""
    better = max(one, other, key=lambda row: _preference(row, query))
    better.languages = tuple(sorted({*one.languages, *other.languages}))
    better.exact = max(one.exact, other.exact)
    better.relevance = max(one.relevance, other.relevance)
    better.terms = one.terms | other.terms
    better.covered = max(one.covered, other.covered)
    return better


def _preference(row: Row, query: Query) -> tuple[bool, bool, int, float]:
    """The reader's language, then the original: the first page of a subject, to which readers are led."""
    allowed = query.filters.get(LANGUAGE)
    return (not allowed or row.language in allowed, row.language == query.language, -row.page, row.relevance)


def coverage(row: Row) -> float:
    return WITHOUT_COVERAGE + (1 - WITHOUT_COVERAGE) * row.covered


def without_stragglers(best: list[Row]) -> list[Row]:
    """Where many match, those that hold next to nothing of what was asked are no answer: they leave the counts."""
    if len(best) <= PLENTY:
        return best
    return [row for row in best if row.exact or row.covered >= STRAGGLING] or best


def count_and_filter(best: list[Row], query: Query) -> tuple[list[Row], dict[str, Counter[str]]]:
    """The subjects that pass all filters, and the counts of each filter, which leave out its own choice.

    So a reader sees what ticking another box would add.
    """
    alike: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for row in best:
        alike.setdefault((row.facets, row.languages), []).append(row)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    kept: list[Row] = []
    for (facets, languages), rows in alike.items():  # far fewer than subjects
        values = {**facets_of(facets), LANGUAGE: languages}
        missed = [name for name, chosen in query.filters.items() if chosen.isdisjoint(values.get(name, ()))]
        if not missed:
            kept += rows
        if len(missed) < 2:
            for name in missed or FILTERS:
                for value in values.get(name, ()):
                    counts[name][value] += len(rows)
    return kept, counts


def order(rows: list[Row], query: Query) -> list[Row]:
    """Picks first, exact names next, then the rest; best first."""
    if query.sort == "newest":
        return sorted(rows, key=lambda row: (str(row.changed or ""), row.id), reverse=True)
    rows.sort(key=attrgetter("id"))  # what is equal keeps the order in which it was written
    return sorted(rows, key=lambda row: _place(row, query), reverse=True)


def _place(row: Row, query: Query) -> float:
    """One number: tuples to compare would take longer to make than to sort."""
    place = FIRST * row.exact + row.relevance
    return place - LAST if row.subject in query.demoted else place


def matches(rows: Iterable[Row]) -> list[Match]:
    return [Match(row.subject, row.id, frozenset(row.languages), row.relevance, bool(row.exact)) for row in rows]
