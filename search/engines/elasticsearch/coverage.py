"""What each word of a question tells: asked before the question itself, since a text's share of it weighs the text.

Elasticsearch cannot multiply one score with another, so how rare each word is must be known beforehand. To count takes
little: no text is scored, sorted or shown.

Of many texts only those that hold most of what was asked are scored, as PostgreSQL does it too: how many there are that
hold which words together is counted along. Each count is a question of its own, all in one request: an aggregation
would look at each text for each of them, which takes ten times as long.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

from elasticsearch.dsl import A, Q

from ..embedded.bm25 import rarity
from ..embedded.ranking import PLENTY, STRAGGLING
from . import counting, queries
from .queries import FEW, Coverage, Question
from .requests import run_together, search_in

PLACE = "term:"
SCORED = 300  # texts at least, besides those of earlier pages

Places = tuple[int, ...]


def of_question(question: Question) -> Coverage:
    """Takes one request. The shares are as `embedded.scoring.cover` reckons them."""
    query, codes = question.query, question.languages
    words = [*question.spoken[0].terms] if question.spoken else []
    sets = _sets(words) if query.sort != "newest" else []
    wanted = {places: queries.matching(question, places) for places in [(), *zip(words), *sets]}
    chosen = queries.filter_clauses(query)
    counts = search_in(*codes).extra(size=0, track_total_hits=True)
    passing = [counts.query(Q("bool", filter=[wanted[places], *chosen])) for places in sets] if chosen else []
    searches = [*map(counts.query, wanted.values()), *passing]
    counting.subjects(searches[0], alone=len(codes) == 1)
    found = run_together(searches)
    numbers = [response.hits.total.value for response in found]

    texts = dict(zip(wanted, numbers, strict=False))
    tells = {n: rarity(texts[()], texts[n,]) for n in words if texts[n,]}
    told = sum(tells.values())
    share = {n: value / told for n, value in tells.items()}
    least = STRAGGLING if counting.number_of_subjects(found[0]) > PLENTY else 0.0
    held = dict(zip(sets, numbers[len(texts) :] if chosen else map(texts.get, sets), strict=True))
    best = _worth_scoring(held, share, query.offset + query.limit + SCORED)
    return Coverage({n: texts[n,] for n in words}, share, least, max(least, best))


def _sets(words: Sequence[int]) -> list[Places]:
    """All sets of the words, where they are few."""
    sizes = range(1, len(words) + 1) if len(words) <= FEW else ()
    return list(chain.from_iterable(combinations(words, size) for size in sizes))


def _worth_scoring(together: Mapping[Places, int], share: Mapping[int, float], wanted: int) -> float:
    """The largest share of what was asked that as many texts hold as are wanted; nothing where there are fewer."""
    told = {places: sum(share.get(n, 0.0) for n in places) for places in together}
    found = 0
    for places in sorted(together, key=lambda places: told[places], reverse=True):
        found += _holding_no_other(places, together)
        if found >= wanted:
            return told[places]
    return 0.0


def _holding_no_other(places: Places, together: Mapping[Places, int]) -> int:
    """How many hold these words alone, told from how many hold them at least."""
    more = [other for other in together if set(places) <= set(other)]
    return sum(together[other] * (-1) ** (len(other) - len(places)) for other in more)


def places(question: Question) -> Iterator[tuple[str, Any]]:
    """For each word that counts the aggregation that counts the texts that have it, in whichever language."""
    for n in question.spoken[0].terms if question.spoken else ():
        yield f"{PLACE}{n}", A("filter", filter=queries.anywhere(question.spoken, n))


def holding(counted: Mapping[str, Any]) -> dict[int, int]:
    return {
        int(name.removeprefix(PLACE)): bucket["doc_count"] for name, bucket in counted.items() if name.startswith(PLACE)
    }
