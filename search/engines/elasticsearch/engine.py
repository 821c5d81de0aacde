"""The engine for large installations: it finds, ranks and counts in Elasticsearch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch.dsl import Search

from ...documents import Found, Match, Query
from ...models import Document
from ...shown import Shown
from ..embedded.plan import Plan, make_plan, unknown_terms
from ..embedded.store import FIELD_WEIGHTS, documents_by_language
from . import counting, coverage, joining, likeness, queries, spelling
from .connection import Unavailable, answering
from .notes import waiting
from .queries import OTHER_STEMMER, Coverage, Question
from .requests import run, run_together, search_in

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
            answer = _answer(question, covered)
            total = counting.total(answer.counted)
            if (covered.least and not total) or (
                covered.best and len(answer.hits) < min(query.limit, total - query.offset)
            ):
                covered = replace(covered, best=0.0, least=covered.least if total else 0.0)
                answer = _answer(question, covered)
        return _found(answer, question, shown, covered)

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


@dataclass(frozen=True)
class Answer:
    hits: list[Any]  # of a page
    marked: Iterable[Any]  # those of which it takes the node to know the words that made them match
    counted: dict[str, Any]  # of all answers, of which only the best are scored


def _answer(question: Question, covered: Coverage) -> Answer:
    first, end = question.query.offset, question.query.offset + question.query.limit
    search, counts = _hits(question, covered), _counts(question, covered)
    if not joining.is_wanted(question, covered):
        found, counted = run_together([_marking(search, question)[first:end], counts])
        return Answer(list(found), found, counted.aggregations.to_dict())
    found, counted = run_together([search[: max(end, joining.JOINED)], counts])
    hits = joining.join(found, question, covered)[first:end]
    return Answer(hits, _marked(hits, question), counted.aggregations.to_dict())


def _hits(question: Question, covered: Coverage) -> Search:
    search = search_in(*question.languages).query(queries.asked(question, covered))
    if question.query.sort == "newest":
        search = search.sort(*NEWEST)
    return search.extra(
        collapse={"field": "subject_number"},
        docvalue_fields=["subject", "language", "read_in", "exact"],
        track_total_hits=False,
        track_scores=True,
    )


def _marking(search: Search, question: Question) -> Search:
    if not any(words.language in OTHER_STEMMER for words in question.spoken):  # of others the plan knows the words
        return search
    return search.extra(highlight=HIGHLIGHT | {"highlight_query": queries.to_mark(question).to_dict()})


def _marked(hits: Iterable[Any], question: Question) -> Iterable[Any]:
    keys = [hit.meta.id for hit in hits if hit.language[0] in OTHER_STEMMER]
    if not keys:
        return []
    same = search_in(*question.languages).query("ids", values=keys).extra(docvalue_fields=["language"])
    return run(_marking(same, question)[: len(keys)])


def _counts(question: Question, covered: Coverage) -> Search:
    search = search_in(*question.languages).query(queries.answers(question, covered)).extra(size=0)
    counting.ask(search, question.query, alone=len(question.languages) == 1)
    if not covered.holding:
        for name, here in coverage.places(question):
            search.aggs.bucket(name, here)
    return search


def _found(answer: Answer, question: Question, shown: Shown, covered: Coverage) -> Found:
    plan, query, counted = question.plan, question.query, answer.counted
    holding = covered.holding or coverage.holding(counted)
    return Found(
        matches=_matches(answer.hits, plan, shown),
        total=counting.total(counted),
        facets=counting.facets(counted, query),
        spellings=_spellings(answer.marked, plan),
        unknown=unknown_terms(plan, query, seen={n for n, texts in holding.items() if texts}),
    )


def _matches(hits: Iterable[Any], plan: Plan, shown: Shown) -> list[Match]:
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


def _spellings(hits: Iterable[Any], plan: Plan) -> dict[str, tuple[str, ...]]:
    """The words that made the texts match, and how other texts write what was asked for."""
    found: dict[str, set[str]] = defaultdict(set)
    for language, words in plan.spellings.items():
        found[language].update(words)
    for hit in hits:
        for passages in (hit.meta.to_dict().get("highlight") or {}).values():
            for passage in passages:
                found[hit.language[0]].update(word.lower() for word in passage.split(MARK)[1::2])
    return {language: tuple(sorted(words)) for language, words in found.items()}
