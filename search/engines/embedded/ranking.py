"""From matching documents to one page of subjects: fold the languages, filter, count, order."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import nlargest
from operator import attrgetter

from ...documents import FILTERS, Match, Query
from .scoring import share_of
from .store import Crowd, Matched, Row

LANGUAGE = "language"
# How much of the score does not depend on how many of the words a text holds. BM25 alone lets one rare word beat
# two common ones; coverage alone lets filler words beat the rare one.
WITHOUT_COVERAGE = 0.65
PLENTY = 50  # subjects
STRAGGLING = 0.1  # of what was asked
# What is found in another language than the reader's has to be that much better to come first.
ELSEWHERE = 0.6
JOINED = 100  # subjects whose languages are looked at together
# No score comes near these.
FIRST, LAST = 1e7, 1e9


@lru_cache(maxsize=20_000)
def facets_of(stored: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in json.loads(stored).items()}


def fold_subjects(rows: Iterable[Row], query: Query) -> list[Row]:
    """The best row of each subject: one in the reader's language if that matched at all."""
    # Looked at once for each language, not once for each row.
    near: dict[str, float] = {}
    languages: dict[str, tuple[str, ...]] = {}
    best: dict[str, Row] = {}
    for row in rows:
        if row.language not in near:
            near[row.language] = 1.0 if row.language == query.language else ELSEWHERE
        read_in = row.read_in or row.language
        if read_in not in languages:
            languages[read_in] = (read_in,)
        row.languages = languages[read_in]
        nearness = ELSEWHERE if row.read_in else near[row.language]
        row.relevance = row.score * row.rank * coverage(row.covered) * nearness
        known = best.setdefault(row.subject, row)
        if known is not row:
            best[row.subject] = _merged(known, row, query)
    return list(best.values())


def _merged(one: Row, other: Row, query: Query) -> Row:
    """The better of two rows of a subject, with what is known of both."""
    better = max(one, other, key=lambda row: _preference(row, query))
    better.languages = tuple(sorted({*one.languages, *other.languages}))
    better.texts = one.texts + other.texts
    better.exact = max(one.exact, other.exact)
    better.relevance = max(one.relevance, other.relevance)
    better.terms = one.terms | other.terms
    better.covered = max(one.covered, other.covered)
    return better


def _preference(row: Row, query: Query) -> tuple[bool, bool, int, float]:
    """The reader's language, then the original: the first page of a subject, to which readers are led."""
    allowed = query.filters.get(LANGUAGE)
    return (
        not allowed or (row.read_in or row.language) in allowed,
        row.language == query.language,
        -row.page,
        row.relevance,
    )


def coverage(covered: float) -> float:
    return WITHOUT_COVERAGE + (1 - WITHOUT_COVERAGE) * covered


def join_languages(best: list[Row], rows: Iterable[Row], query: Query) -> None:
    """A subject is one thing: what its title says in one language and its text in another count together.

    Only for the best, since it is work for each of them.
    """
    best = nlargest(JOINED, best, key=attrgetter("relevance"))
    texts: dict[str, dict[str, Row]] = {row.subject: {} for row in best if row.texts > 1}
    for row in rows if texts else ():
        if (of_subject := texts.get(row.subject)) is not None:
            known = of_subject.setdefault(row.language, row)
            if row.score > known.score:
                of_subject[row.language] = row
    for row in best:
        if row.subject in texts:
            _join(row, texts[row.subject].values(), query)


def _join(row: Row, texts: Iterable[Row], query: Query) -> None:
    worth = row.worth
    if worth is None:
        return
    score, terms = 0.0, 0
    for position, in_text in worth.in_text.items():
        values = [in_text[each.id] * _near(each, query) for each in texts if each.id in in_text]
        if values:
            score += max(values)
            terms |= 1 << position if position >= 0 else 0
    covered = share_of(terms, worth.share)
    row.relevance = max(row.relevance, score * row.rank * coverage(covered))
    row.covered = max(row.covered, covered)


def _near(row: Row, query: Query) -> float:
    return ELSEWHERE if row.read_in or row.language != query.language else 1.0


def favour_recent(best: Iterable[Row], query: Query) -> None:
    for row in best if query.recent else ():
        row.relevance *= query.recent.get(row.subject, 1.0)


def without_stragglers(best: Matched) -> Matched:
    """Where many match, those that hold next to nothing of what was asked are no answer: they leave the counts."""
    if best.total <= PLENTY:
        return best
    rows = [row for row in best.rows if row.exact or row.covered >= STRAGGLING]
    kept = Matched(rows, [crowd for crowd in best.crowds if crowd.covered >= STRAGGLING])
    return kept if kept.total else best


def count_and_filter(best: Matched, query: Query) -> tuple[Matched, dict[str, Counter[str]]]:
    """The subjects that pass all filters, and the counts of each filter, which leave out its own choice.

    So a reader sees what ticking another box would add.
    """
    alike: dict[tuple[str, tuple[str, ...]], tuple[list[Row], list[Crowd]]] = defaultdict(lambda: ([], []))
    for row in best.rows:
        alike[row.facets, row.languages][0].append(row)
    for crowd in best.crowds:
        alike[crowd.facets, crowd.languages][1].append(crowd)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    kept_rows: list[Row] = []
    kept_crowds: list[Crowd] = []
    for (facets, languages), (rows, crowds) in alike.items():  # far fewer than subjects
        number = Matched(rows, crowds).total
        values = {**facets_of(facets), LANGUAGE: languages}
        missed = [name for name, chosen in query.filters.items() if chosen.isdisjoint(values.get(name, ()))]
        if not missed:
            kept_rows += rows
            kept_crowds += crowds
        if len(missed) < 2:
            for name in missed or FILTERS:
                for value in values.get(name, ()):
                    counts[name][value] += number
    return Matched(kept_rows, kept_crowds), counts


def in_order(kept: Matched, query: Query) -> list[Row]:
    """The page that was asked for. Picks first, exact names next, then the rest; best first."""
    most = query.offset + query.limit
    if query.sort == "newest":
        return nlargest(most, kept.rows, key=lambda row: (str(row.changed or ""), row.id))[query.offset :]
    rows = kept.rows
    places = _places(rows, query)
    # All that are as good as the last one wanted: what is equal keeps the order in which it was written.
    least = min(nlargest(most, places), default=0.0)
    highest = max((crowd.highest for crowd in kept.crowds), default=0.0) * max(query.recent.values(), default=1.0)
    if kept.crowds and (len(rows) < most or least <= highest):
        others = fold_subjects((row for crowd in kept.crowds for row in crowd.rows()), query)
        favour_recent(others, query)
        return in_order(Matched(rows + others), query)
    best = [(-place, row.id, row) for place, row in zip(places, rows, strict=True) if place >= least]
    return [row for _place, _id, row in sorted(best)[query.offset : most]]


def _places(rows: Iterable[Row], query: Query) -> list[float]:
    demoted = query.demoted
    return [FIRST * row.exact + row.relevance - (LAST if row.subject in demoted else 0.0) for row in rows]


def matches(rows: Iterable[Row]) -> list[Match]:
    return [Match(row.subject, row.id, frozenset(row.languages), row.relevance, bool(row.exact)) for row in rows]
