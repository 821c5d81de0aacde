"""The engine for large installations: it finds, ranks and counts in Elasticsearch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query as Clause

from portal.addresses import LANGUAGE_CODES

from ...documents import FILTERS, Found, Match, Query, Term
from ...models import DocumentQuerySet
from ..embedded.plan import Plan, make_plan
from ..embedded.ranking import PLENTY
from ..embedded.store import documents_by_language
from . import queries, spelling
from .connection import Unavailable, alias, answering, reading
from .definition import FIELD_WEIGHTS
from .notes import waiting

MOST_WAITING = 500  # owners; with more the answer would be out of date
MOST_VALUES = 300  # of one facet
# Up to about this many subjects are counted exactly.
EXACT_COUNT = 3000
NEWEST: list[Any] = [{"changed": {"order": "desc", "missing": "_last"}}, {"page": "desc"}]
MARK = "\x1f"
HIGHLIGHT: dict[str, Any] = {
    "fields": {name: {} for name in FIELD_WEIGHTS},
    "pre_tags": [MARK],
    "post_tags": [MARK],
    "require_field_match": False,
    "number_of_fragments": 3,
    "fragment_size": 100,
    "max_analyzed_offset": 1_500,  # to analyse the whole of long texts takes longer than to find them
}


class ElasticsearchEngine:
    name = "elasticsearch"

    def search(self, query: Query, shown: DocumentQuerySet) -> Found:
        plan = make_plan(query, documents_by_language())
        if not plan.languages and not plan.exact:
            return Found()
        with answering():
            hidden = queries.hidden_from(shown.reader, owners_waiting())
            response = self._few_or_best(plan, query, hidden)
        return _found(response, query, plan, shown)

    def _few_or_best(self, plan: Plan, query: Query, hidden: Clause) -> Any:
        """Where many subjects match, those with less than half of the words are left out.

        Whether there are many is known at once if even those with half of them are.
        """
        if not any(language.weight > 2 for language in plan.languages) or query.phrases:
            return run(_search(plan, query, hidden))
        half = run(_search(plan, query, hidden, half=True))
        if _matching(half) > PLENTY:
            return half
        everything = run(_search(plan, query, hidden))
        return half if _matching(everything) > PLENTY else everything

    def spellings_like(
        self, terms: Iterable[str], language: str, shown: DocumentQuerySet, *, loosely: bool = False
    ) -> dict[str, str]:
        if loosely:
            return {}
        with answering():
            return spelling.better_words(list(terms), language, queries.hidden_from(shown.reader, owners_waiting()))


def owners_waiting() -> list[str]:
    found = waiting(MOST_WAITING + 1)
    if len(found) > MOST_WAITING:
        raise Unavailable(f"more than {MOST_WAITING} changes wait for it", is_failure=False)
    return found


def search_in(*codes: str) -> Search:
    names = [alias(code) for code in codes or LANGUAGE_CODES]
    search = Search(using=reading(), index=names).source(False)
    return search.params(allow_partial_search_results=False).extra(
        timeout=f"{int(settings.ELASTICSEARCH_TIMEOUT * 1000)}ms"
    )


def run(search: Search) -> Any:
    response = search.execute()
    if response.timed_out:
        raise Unavailable("the answer was not complete in time")
    return response


def _search(plan: Plan, query: Query, hidden: Clause, *, half: bool = False) -> Search:
    search = search_in().query(queries.asked(plan, query, hidden, half=half))
    if chosen := queries.filter_clauses(query):
        search = search.post_filter(Q("bool", filter=chosen))
    if query.sort == "newest":
        search = search.sort(*NEWEST)
    extra: dict[str, Any] = {
        "collapse": {"field": "subject"},
        "docvalue_fields": ["subject", "language"],
        "highlight": HIGHLIGHT,
        "track_total_hits": False,
        "track_scores": True,
    }
    search = search.extra(**extra)[query.offset : query.offset + query.limit]
    _count(search, query)
    _ask_what_is_unknown(search, plan, query)
    return search


def _count(search: Search, query: Query) -> None:
    """Subjects are counted, not texts; each filter's counts leave out its own choice."""
    if query.filters:
        search.aggs.metric("matching", _subjects())
    search.aggs.bucket("kept", _passing(queries.filter_clauses(query))).metric("subjects", _subjects())
    for name in FILTERS:
        values = A("terms", field=queries.field_of(name), size=MOST_VALUES)
        passing = search.aggs.bucket(f"facet:{name}", _passing(queries.filter_clauses(query, but=name)))
        passing.bucket("values", values).metric("subjects", _subjects())


def _matching(response: Any) -> int:
    """How many subjects there are before the filters."""
    counted = response.aggregations
    return (counted.matching if "matching" in counted else counted.kept.subjects).value


def _passing(clauses: list[Clause]) -> Any:
    return A("filter", filter=Q("bool", filter=clauses) if clauses else Q("match_all"))


def _subjects() -> Any:
    return A("cardinality", field="subject", precision_threshold=EXACT_COUNT)


def _ask_what_is_unknown(search: Search, plan: Plan, query: Query) -> None:
    """With phrases the matching texts do not tell, since they are only those that have the phrases."""
    if not plan.languages or query.phrases or query.excluded:
        return
    spoken = queries.all_words(plan, query)
    for n in (n for n in spoken[0].terms if not query.terms[n].related):
        anywhere = [
            Q("bool", filter=[Q("term", language=words.language), queries.has(words.any_of(n))])
            for words in spoken
            if n in words.terms
        ]
        search.aggs.bucket(f"term:{n}", A("filter", filter=Q("bool", should=anywhere, minimum_should_match=1)))


def _found(response: Any, query: Query, plan: Plan, shown: DocumentQuerySet) -> Found:
    counted = response.aggregations.to_dict()
    return Found(
        matches=_matches(response.hits, shown),
        total=counted["kept"]["subjects"]["value"],
        facets={name: _counts(counted[f"facet:{name}"]) for name in FILTERS},
        spellings=_spellings(response.hits, plan),
        unknown=_unknown(counted, query),
    )


def _counts(facet: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["subjects"]["value"] for bucket in facet["values"]["buckets"]}


def _matches(hits: Any, shown: DocumentQuerySet) -> list[Match]:
    """As the catalogue has them: its rows get new ids when it is written anew, their keys stay."""
    ids = dict(shown.filter(key__in=[hit.meta.id for hit in hits]).values_list("key", "pk"))
    return [
        Match(hit.subject[0], ids[hit.meta.id], frozenset(hit.language), hit.meta.score or 0.0)
        for hit in hits
        if hit.meta.id in ids
    ]


def _spellings(hits: Any, plan: Plan) -> dict[str, tuple[str, ...]]:
    """The words that made the texts match, and how other texts write what was asked for."""
    found: dict[str, set[str]] = defaultdict(set)
    for language, words in plan.spellings.items():
        found[language].update(words)
    for hit in hits:
        for passages in (hit.meta.to_dict().get("highlight") or {}).values():
            for passage in passages:
                found[hit.language[0]].update(word.lower() for word in passage.split(MARK)[1::2])
    return {language: tuple(sorted(words)) for language, words in found.items()}


def _unknown(counted: Mapping[str, Any], query: Query) -> tuple[Term, ...]:
    places = [n for n in range(len(query.terms)) if f"term:{n}" in counted]
    return tuple(query.terms[n] for n in places if not counted[f"term:{n}"]["doc_count"])
