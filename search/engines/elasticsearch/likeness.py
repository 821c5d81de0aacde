"""Which pages are like a page: those that have its telling words, by language, and what editors noted of it."""

from collections.abc import Collection, Mapping
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause

from ...adapters import page_owner
from ...traits import NOTED, compared_kinds
from .connection import alias
from .requests import run, search_in

# What it counts to share the rare words of these fields, chosen so that on the first content this engine offers what
# the embedded one does: it squares how rare a trait is, so that a tag outweighs many words.
WEIGHTS: dict[tuple[str, ...], float] = {
    ("title", "labels", "summary", "headings"): 1.0,
    ("body",): 0.3,
    ("facets.tag",): 6.0,
    tuple(f"facets.{name}" for name in NOTED if name != "tag"): 0.5,
}
# The share of its own score that another page has to reach. The page itself is asked for too, so that it is known.
ALIKE = 0.18
LOOKED_AT = 50


def similar(pages: Mapping[str, int], hidden: Clause, *, without: Collection[str], limit: int) -> list[str]:
    own = {page_owner(pk) for pk in pages.values()}
    left_out = Q("bool", filter=[Q("terms", subject=list(without))], must_not=[Q("ids", values=sorted(own))])
    wanted = Q(
        "bool",
        should=[_like(language, page_owner(pk)) for language, pk in pages.items()],
        minimum_should_match=1,
        filter=[Q("terms", kind=sorted(compared_kinds()))],
        must_not=[hidden, Q("term", part=True), left_out],
    )
    extra: dict[str, Any] = {"docvalue_fields": ["subject", "language"], "track_total_hits": False}
    hits = run(search_in(*pages).query(wanted).extra(**extra)[:LOOKED_AT]).hits
    whole = {hit.language[0]: hit.meta.score for hit in hits if hit.meta.id in own}
    others = [hit for hit in hits if hit.meta.id not in own and hit.language[0] in whole]
    shares = sorted(((hit.meta.score / whole[hit.language[0]], hit.subject[0]) for hit in others), reverse=True)
    return list(dict.fromkeys(subject for share, subject in shares if share >= ALIKE))[:limit]


def _like(language: str, key: str) -> Clause:
    """As the index has the page. Itself it scores highest, unless it was not written yet: then nothing is like it."""
    page = {"_index": alias(language), "_id": key}
    options: dict[str, Any] = {"like": page, "include": True, "min_term_freq": 1, "minimum_should_match": 1}
    clauses = [
        Q("more_like_this", fields=list(fields), boost=weight, min_doc_freq=2, **options)
        for fields, weight in WEIGHTS.items()
    ]
    return Q("bool", filter=[Q("term", language=language)], should=clauses, minimum_should_match=1)
