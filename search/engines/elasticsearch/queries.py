"""From a parsed query to Elasticsearch's own. What a reader typed is only ever data in it, never a language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause
from wagtail.models import Page

from portal.querysets import closed_paths

from ...analysis import token
from ...documents import Query, Term
from ...folding import fold
from ..embedded.plan import LanguagePlan, Plan
from ..embedded.ranking import SYNONYM, WITHOUT_COVERAGE
from .definition import FIELD_WEIGHTS

FIELDS = [f"{name}^{weight}" for name, weight in FIELD_WEIGHTS.items()]
# Languages whose stemmer has the same name in both engines, and comes from different times of it.
OTHER_STEMMER = {"nl"}
MOST_SPELLINGS = 8
# Factors that no score outweighs, and that leave the scores their order: a sum would swallow their small differences.
OWN, FIRST, PICKED, LAST = 1e5, 1e12, 1e16, 1e-20


@dataclass(frozen=True)
class Words:
    """What a query asks for in one language."""

    language: str
    terms: dict[int, list[str]]  # by their place in the query: the spellings of each term that counts
    phrases: list[str]
    excluded: list[tuple[str, ...]]
    synonyms: dict[int, list[str]]  # as `terms`; those of several words are phrases

    def any_of(self, n: int) -> list[str]:
        return [*self.terms[n], *self.synonyms.get(n, ())]


def words_of(plan: LanguagePlan, query: Query, written: Iterable[str]) -> Words:
    """Stemming is Elasticsearch's; which words count in which language, the plan knows from the texts' vocabulary.

    `written` are words as the texts have them: a stemmer does not know “securite”, so “sécurité” is asked for too.
    """
    return Words(
        language=plan.language,
        terms={n: _spellings(query.terms[n], plan, n, written) for n, tokens in enumerate(plan.terms) if tokens},
        phrases=[" ".join(phrase) for phrase in query.phrases] if plan.phrases else [],
        excluded=list(query.excluded) if plan.excluded else [],
        synonyms={n: [*query.terms[n].synonyms] for n, tokens in enumerate(plan.synonyms) if tokens},
    )


def _spellings(term: Term, plan: LanguagePlan, n: int, written: Iterable[str]) -> list[str]:
    """The word as typed, and those of the texts that are the same but for accents.

    Where the two engines' stemmers are not the same one, also those that are the same word for the embedded engine.
    """
    alike = {fold(form) for form in term.forms}
    stems = set(plan.terms[n]) if plan.language in OTHER_STEMMER else set()
    also = (word for word in written if fold(word) in alike or token(word, plan.language) in stems)
    return list(dict.fromkeys([*term.forms, *also]))[:MOST_SPELLINGS]


def all_words(plan: Plan, query: Query) -> list[Words]:
    return [words_of(language, query, plan.spellings.get(language.language, ())) for language in plan.languages]


def asked(plan: Plan, query: Query, hidden: Clause, *, half: bool = False) -> Clause:
    """What matches, scored. If `half`, texts must hold half of three or more words."""
    wanted = [_in_language(words, half) for words in all_words(plan, query)]
    functions: list[dict[str, Any]] = [
        {"field_value_factor": {"field": "rank", "missing": 1.0}},
        {"filter": Q("term", language=query.language), "weight": OWN},
    ]
    if plan.exact:
        named = Q("term", exact=plan.exact)
        wanted.append(Q("constant_score", filter=named, boost=1e-3))
        functions.append({"filter": named, "weight": FIRST})
    if query.picks:
        picked = Q("terms", subject=list(query.picks))
        wanted.append(Q("constant_score", filter=picked))
        functions.append({"filter": picked, "weight": PICKED})
    if query.demoted:
        functions.append({"filter": Q("terms", subject=list(query.demoted)), "weight": LAST})
    matching = Q("bool", should=wanted, minimum_should_match=1, must_not=[hidden])
    return Q("function_score", query=matching, functions=functions, score_mode="multiply", boost_mode="multiply")


def _in_language(words: Words, half: bool) -> Clause:
    scored = [_scored(spellings, words.synonyms.get(n, ())) for n, spellings in words.terms.items()]
    scored += [_scored([each]) for each in words.phrases]
    required = [Q("term", language=words.language), *(Q("match_phrase", plain=phrase) for phrase in words.phrases)]
    held = [has(words.any_of(n)) for n in words.terms]
    if half and len(held) > 2:
        required.append(Q("bool", should=held, minimum_should_match=-(-len(held) // 2)))
    unwanted = [without(phrase) for phrase in words.excluded]
    clause = Q("bool", filter=required, should=scored, minimum_should_match=1, must_not=unwanted)
    if len(held) < 2:
        return clause
    share = (1 - WITHOUT_COVERAGE) / len(held)
    functions: list[dict[str, Any]] = [{"weight": WITHOUT_COVERAGE}]
    for n, spellings in words.terms.items():
        functions.append({"filter": has(spellings), "weight": share})
        if through := words.synonyms.get(n):  # counts less where the word itself is missing
            only = Q("bool", filter=[has(through)], must_not=[has(spellings)])
            functions.append({"filter": only, "weight": share * SYNONYM})
    return Q("function_score", query=clause, functions=functions, score_mode="sum", boost_mode="multiply")


def _scored(spellings: list[str], synonyms: Iterable[str] = ()) -> Clause:
    """BM25 over all fields as if they were one, in which a word in the title stands eight times."""
    each = [Q("combined_fields", query=spelling, fields=FIELDS) for spelling in spellings]
    each += [_scored_synonym(synonym) for synonym in synonyms]
    return each[0] if len(each) == 1 else Q("dis_max", queries=each)


def _scored_synonym(synonym: str) -> Clause:
    if " " not in synonym:
        return Q("combined_fields", query=synonym, fields=FIELDS, boost=SYNONYM)
    scored = Q("combined_fields", query=synonym, fields=FIELDS, operator="and")
    return Q("bool", must=[scored], filter=[has([synonym])], boost=SYNONYM / len(synonym.split()))


def has(spellings: list[str]) -> Clause:
    """One of several words must occur as a phrase."""
    phrases = [Q("match_phrase", plain=each) for each in spellings if " " in each]
    if not phrases:
        return Q("match", everything=" ".join(spellings))
    single = " ".join(each for each in spellings if " " not in each)
    return Q("bool", should=[Q("match", everything=single), *phrases], minimum_should_match=1)


def without(phrase: Sequence[str]) -> Clause:
    return has([*phrase]) if len(phrase) == 1 else Q("match_phrase", plain=" ".join(phrase))


def hidden_from(reader: Any, waiting: Iterable[str]) -> Clause:
    """What `reader` may not see now, and what the index may have as it no longer is.

    Restrictions are asked by the ids of pages: the paths of a whole branch change when its neighbours are reordered.
    """
    now = timezone.now()
    clauses = [
        Q("range", shown_until={"lte": timezone.localdate(now).isoformat()}),
        Q("range", ends={"lte": now.isoformat()}),
        Q("range", begins={"gt": now.isoformat()}),
    ]
    if paths := closed_paths(reader):
        closed = list(Page.objects.filter(path__in=paths).values_list("pk", flat=True))
        clauses.append(Q("terms", above=closed))
    if owners := list(waiting):
        clauses.append(Q("terms", owner=owners))
    return Q("bool", should=clauses, minimum_should_match=1)


def filter_clauses(query: Query, but: str = "") -> list[Clause]:
    """The filters that the reader chose, but for the one named."""
    return [
        Q("terms", **{field_of(name): sorted(values)})
        for name, values in query.filters.items()
        if name != but and values
    ]


def field_of(facet: str) -> str:
    return facet if facet in ("kind", "language") else f"facets.{facet}"
