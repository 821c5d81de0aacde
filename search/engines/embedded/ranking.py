"""From matching documents to one page of subjects: fold the languages, filter, count, order."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...documents import FILTERS, Match, Query
from .store import Row

LANGUAGE = "language"
# How much of the score does not depend on how many of the words a text holds. BM25 alone lets one rare word beat
# two common ones; coverage alone lets filler words beat the rare one.
WITHOUT_COVERAGE = 0.6
PLENTY = 50  # subjects


@dataclass(slots=True)
class Subject:
    """What was found of one subject, over its languages."""

    best: Row
    relevance: float
    languages: tuple[str, ...]
    exact: bool = False


@lru_cache(maxsize=20_000)
def facets_of(stored: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in json.loads(stored).items()}


def fold_subjects(rows: Iterable[Row], query: Query, weights: Mapping[str, int]) -> list[Subject]:
    """One entry for each subject. Its best document is one in the reader's language if that matched at all."""
    allowed = query.filters.get(LANGUAGE)
    subjects: dict[str, Subject] = {}
    for row in rows:
        relevance = row.score * row.rank * coverage(row, weights)
        if allowed and row.language not in allowed:
            relevance = 0.0  # counts for the language facet only
        subject = subjects.get(row.subject)
        if subject is None:
            subjects[row.subject] = Subject(row, relevance, (row.language,), bool(row.exact))
            continue
        if row.language not in subject.languages:
            subject.languages = tuple(sorted((*subject.languages, row.language)))
        subject.exact = subject.exact or bool(row.exact)
        if _preference(row, relevance, query) > _preference(subject.best, subject.relevance, query):
            subject.best, subject.relevance = row, relevance
    return list(subjects.values())


def coverage(row: Row, weights: Mapping[str, int]) -> float:
    weight = weights.get(row.language, 0)
    if weight < 2:
        return 1.0
    return WITHOUT_COVERAGE + (1 - WITHOUT_COVERAGE) * min(row.terms.bit_count() / weight, 1.0)


def _preference(row: Row, relevance: float, query: Query) -> tuple[bool, bool, float]:
    allowed = query.filters.get(LANGUAGE)
    return (not allowed or row.language in allowed, row.language == query.language, relevance)


def without_stragglers(subjects: list[Subject], weights: Mapping[str, int]) -> list[Subject]:
    """Where many match, those that hold less than half of three or more words are no answer: they leave the counts."""
    if len(subjects) <= PLENTY:
        return subjects
    return [s for s in subjects if s.exact or _holds_half(s.best, weights.get(s.best.language, 0))]


def _holds_half(row: Row, weight: int) -> bool:
    return weight < 3 or row.terms.bit_count() * 2 >= weight


def count_and_filter(subjects: list[Subject], query: Query) -> tuple[list[Subject], dict[str, Counter[str]]]:
    """The subjects that pass all filters, and the counts of each filter, which leave out its own choice.

    So a reader sees what ticking another box would add.
    """
    alike: dict[tuple[str, tuple[str, ...]], list[Subject]] = {}
    for subject in subjects:
        alike.setdefault((subject.best.facets, subject.languages), []).append(subject)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    kept: list[Subject] = []
    for (facets, languages), group in alike.items():  # far fewer than subjects
        values = {**facets_of(facets), LANGUAGE: languages}
        missed = [name for name, chosen in query.filters.items() if chosen.isdisjoint(values.get(name, ()))]
        if not missed:
            kept += group
        if len(missed) < 2:
            for name in missed or FILTERS:
                for value in values.get(name, ()):
                    counts[name][value] += len(group)
    return kept, counts


def order(subjects: list[Subject], query: Query) -> list[Subject]:
    """Exact names first, then what was found in the reader's own language, then the rest; best first."""
    if query.sort == "newest":
        return sorted(subjects, key=lambda s: (str(s.best.changed or ""), s.best.id), reverse=True)
    return sorted(
        subjects, key=lambda s: (s.exact, s.best.language == query.language, s.relevance, -s.best.id), reverse=True
    )


def matches(subjects: Iterable[Subject]) -> list[Match]:
    return [Match(s.best.subject, s.best.id, frozenset(s.languages), s.relevance) for s in subjects]
