"""What each word of a question tells: asked before the question itself, since a text's share of it weighs the text.

Elasticsearch cannot multiply one score with another, so how rare each word is must be known beforehand. To count takes
little: no text is scored, sorted or shown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl.query import Query as Clause

from ...documents import Query
from ..embedded.bm25 import rarity
from ..embedded.plan import Plan
from ..embedded.ranking import PLENTY
from . import counting, queries
from .queries import Coverage

PLACE = "term:"


def of_question(plan: Plan, query: Query, hidden: Clause) -> Coverage:
    """Takes one question. The shares are as `embedded.scoring.cover` reckons them."""
    from .engine import run, search_in

    codes = queries.languages(plan, query)
    search = search_in(*codes).query(queries.matching(plan, query, hidden)).extra(size=0, track_total_hits=True)
    for name, here in places(plan, query):
        search.aggs.bucket(name, here)
    counting.tally(search.aggs, len(codes) == 1)
    response = run(search)
    counted = response.aggregations.to_dict()
    found = holding(counted)
    tells = {n: rarity(response.hits.total.value, texts) for n, texts in found.items() if texts}
    whole = sum(tells.values())
    return Coverage(
        holding=found,
        share={n: value / whole for n, value in tells.items()},
        is_thinned=counting.total(counted) > PLENTY,
    )


def places(plan: Plan, query: Query) -> Iterator[tuple[str, Any]]:
    """For each word that counts the aggregation that counts the texts that have it, in whichever language."""
    spoken = queries.all_words(plan, query)
    for n in spoken[0].terms if spoken else ():
        yield f"{PLACE}{n}", A("filter", filter=queries.anywhere(spoken, n))


def holding(counted: Mapping[str, Any]) -> dict[int, int]:
    return {
        int(name.removeprefix(PLACE)): bucket["doc_count"] for name, bucket in counted.items() if name.startswith(PLACE)
    }
