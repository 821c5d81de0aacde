"""The engine for large installations: it finds, ranks and counts in Elasticsearch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from elasticsearch.dsl import MultiSearch, Search

from portal.addresses import LANGUAGE_CODES

from ...documents import Found, Match, Query
from ...models import Document
from ...shown import Shown
from ..embedded.plan import Plan, make_plan, unknown_terms
from ..embedded.store import FIELD_WEIGHTS, documents_by_language
from . import counting, coverage, likeness, queries, spelling
from .connection import Unavailable, alias, answering, reading
from .notes import waiting
from .queries import OTHER_STEMMER, Coverage, Question

MOST_WAITING = 500  # owners; with more the answer would be out of date
NEWEST: list[Any] = [{"changed": {"order": "desc", "missing": "_last"}}, {"page": "desc"}]
MARK = "\x1f"
HIGHLIGHT: dict[str, Any] = {
    "fields": {name: {} for name in FIELD_WEIGHTS},
    "pre_tags": [MARK],
    "post_tags": [MARK],
    "require_field_match": False,
    "number_of_fragments": 3,
    "fragment_size": 100,
}


class ElasticsearchEngine:
    name = "elasticsearch"

    def search(self, query: Query, shown: Shown) -> Found:
        plan = make_plan(query, documents_by_language())
        if not plan.languages and not plan.exact:
            return Found()
        with answering():
            hidden = queries.hidden_from(shown, owners_waiting())
            question = Question(plan, query, hidden)
            covered = coverage.of_question(question) if plan.weight > 1 else Coverage()
            hits, counted = _answer(question, covered)
            total = counting.total(counted)
            if (covered.least and not total) or (covered.best and len(hits) < min(query.limit, total - query.offset)):
                covered = replace(covered, best=0.0, least=covered.least if total else 0.0)
                hits, counted = _answer(question, covered)
        return _found(hits, counted, question, shown, covered)

    def spellings_like(
        self, terms: Iterable[str], language: str, shown: Shown, *, loosely: bool = False
    ) -> dict[str, str]:
        with answering():
            hidden = queries.hidden_from(shown, owners_waiting())
            return spelling.better_words(list(terms), language, hidden, loosely=loosely)

    def similar(self, pages: Mapping[str, int], shown: Shown, *, without: Collection[str], limit: int) -> list[str]:
        """What is drawn with the answer is kept until something is published, so it must not be out of date."""
        if waiting(1):
            raise Unavailable("changes wait for it", is_failure=False)
        with answering():
            return likeness.similar(pages, queries.hidden_now(shown), without=without, limit=limit)


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
    return _complete(search.execute())


def run_together(searches: Iterable[Search]) -> list[Any]:
    """One request, of which the node works on several parts at the same time."""
    together = MultiSearch(using=reading())
    for search in searches:
        together = together.add(search)
    return [_complete(response) for response in together.execute()]


def _complete(response: Any) -> Any:
    if response.timed_out:
        raise Unavailable("the answer was not complete in time")
    return response


def _answer(question: Question, covered: Coverage) -> tuple[Any, dict[str, Any]]:
    """The hits of a page, and what is counted of all answers, of which only the best are scored."""
    shown, counted = run_together([_hits(question, covered), _counts(question, covered)])
    return shown.hits, counted.aggregations.to_dict()


def _hits(question: Question, covered: Coverage) -> Search:
    query = question.query
    search = search_in(*question.languages).query(queries.asked(question, covered))
    if query.sort == "newest":
        search = search.sort(*NEWEST)
    extra: dict[str, Any] = {
        "collapse": {"field": "subject_number"},
        "docvalue_fields": ["subject", "language", "read_in", "exact"],
        "track_total_hits": False,
        "track_scores": True,
    }
    if any(words.language in OTHER_STEMMER for words in question.spoken):  # of other languages the plan knows the words
        extra["highlight"] = HIGHLIGHT | {"highlight_query": queries.to_mark(question).to_dict()}
    return search.extra(**extra)[query.offset : query.offset + query.limit]


def _counts(question: Question, covered: Coverage) -> Search:
    search = search_in(*question.languages).query(queries.answers(question, covered)).extra(size=0)
    counting.ask(search, question.query, alone=len(question.languages) == 1)
    if not covered.holding:
        for name, here in coverage.places(question):
            search.aggs.bucket(name, here)
    return search


def _found(hits: Any, counted: Mapping[str, Any], question: Question, shown: Shown, covered: Coverage) -> Found:
    plan, query = question.plan, question.query
    holding = covered.holding or coverage.holding(counted)
    return Found(
        matches=_matches(hits, plan, shown),
        total=counting.total(counted),
        facets=counting.facets(counted, query),
        spellings=_spellings(hits, plan),
        unknown=unknown_terms(plan, query, seen={n for n, texts in holding.items() if texts}),
    )


def _matches(hits: Any, plan: Plan, shown: Shown) -> list[Match]:
    """As the catalogue has them: its rows get new ids when it is written anew, their keys stay."""
    rows = Document.objects.filter(key__in=[hit.meta.id for hit in hits])
    columns = rows.values_list("key", "pk", "page_id", "owner", "shown_until")
    ids = {key: pk for key, pk, page_id, owner, until in columns if shown.allows(page_id, owner, until)}
    return [
        Match(
            subject=hit.subject[0],
            document_id=ids[hit.meta.id],
            languages=frozenset(hit.read_in),
            score=hit.meta.score or 0.0,
            is_exact=bool(plan.exact) and plan.exact in getattr(hit, "exact", ()),
        )
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
