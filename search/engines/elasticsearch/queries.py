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
from ...attachments import naming
from ...documents import Query, Term
from ...folding import fold
from ..embedded.plan import LanguagePlan, Plan
from ..embedded.ranking import ELSEWHERE, WITHOUT_COVERAGE
from ..embedded.scoring import RELATED, SYNONYM, TRANSLATED
from .definition import FIELD_WEIGHTS

FIELDS = [f"{name}^{weight}" for name, weight in FIELD_WEIGHTS.items()]
# Languages whose stemmer has the same name in both engines, and comes from different times of it.
OTHER_STEMMER = {"nl"}
MOST_SPELLINGS = 8
# Factors that no score outweighs, and that leave the scores their order: a sum would swallow their small differences.
FIRST, PICKED, LAST = 1e12, 1e16, 1e-20


@dataclass(frozen=True)
class Words:
    """What a query asks for in one language."""

    language: str
    terms: dict[int, list[str]]  # by their place in the query: the spellings of each term that counts
    related: dict[int, list[tuple[str, float]]]  # what else counts as the term, and how much
    phrases: list[str]
    excluded: list[tuple[str, ...]]
    synonyms: dict[int, list[str]]  # as `terms`; those of several words are phrases

    def any_of(self, n: int) -> list[str]:
        return [*self.terms.get(n, ()), *self.synonyms.get(n, ()), *(text for text, _weight in self.related.get(n, ()))]


def words_of(plan: LanguagePlan, query: Query, written: Iterable[str]) -> Words:
    """Stemming is Elasticsearch's; which words count in which language, the plan knows from the texts' vocabulary.

    `written` are words as the texts have them: a stemmer does not know “securite”, so “sécurité” is asked for too.
    """
    return Words(
        language=plan.language,
        terms={n: _spellings(query.terms[n], plan, n, written) for n, tokens in enumerate(plan.terms) if tokens},
        related={n: found for n, _term in enumerate(query.terms) if (found := _related_to(n, plan, query))},
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


def _related_to(place: int, plan: LanguagePlan, query: Query) -> list[tuple[str, float]]:
    """What the thesaurus says, where the plan asks for it in this language."""
    if not plan.related[place]:
        return []
    weight = RELATED if plan.language == query.language else TRANSLATED
    return [(" ".join(words), weight) for language, words in query.terms[place].related if language == plan.language]


def all_words(plan: Plan, query: Query) -> list[Words]:
    return [words_of(language, query, plan.spellings.get(language.language, ())) for language in plan.languages]


def asked(plan: Plan, query: Query, hidden: Clause, *, half: bool = False) -> Clause:
    """What matches, scored. If `half`, texts must hold half of three or more words."""
    wanted = [_in_language(words, half) for words in all_words(plan, query)]
    functions: list[dict[str, Any]] = [
        {"field_value_factor": {"field": "rank", "missing": 1.0}},
        {"filter": Q("term", language=query.language), "weight": 1 / ELSEWHERE},
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
    places = sorted({*words.terms, *words.related})
    scored = [_scored(words.terms.get(n, []), words.synonyms.get(n, ()), words.related.get(n, ())) for n in places]
    scored += [_scored([each]) for each in words.phrases]
    required = [Q("term", language=words.language), *(Q("match_phrase", plain=phrase) for phrase in words.phrases)]
    held = [has(words.any_of(n)) for n in places]
    if half and len(held) > 2:
        required.append(Q("bool", should=held, minimum_should_match=-(-len(held) // 2)))
    unwanted = [without(phrase) for phrase in words.excluded]
    clause = Q("bool", filter=required, should=scored, minimum_should_match=1, must_not=unwanted)
    if len(held) < 2:
        return clause
    share = (1 - WITHOUT_COVERAGE) / len(held)
    functions: list[dict[str, Any]] = [{"weight": WITHOUT_COVERAGE}]
    functions += [{"filter": each, "weight": share} for each in held]
    return Q("function_score", query=clause, functions=functions, score_mode="sum", boost_mode="multiply")


def _scored(spellings: list[str], synonyms: Iterable[str] = (), related: Iterable[tuple[str, float]] = ()) -> Clause:
    """BM25 over all fields as if they were one, in which a word in the title stands eight times."""
    each = [Q("combined_fields", query=spelling, fields=FIELDS) for spelling in spellings]
    each += [_scored_synonym(synonym, SYNONYM) for synonym in synonyms]
    each += [_scored_synonym(text, weight) for text, weight in related]
    return each[0] if len(each) == 1 else Q("dis_max", queries=each)


def _scored_synonym(synonym: str, weight: float) -> Clause:
    if " " not in synonym:
        return Q("combined_fields", query=synonym, fields=FIELDS, boost=weight)
    scored = Q("combined_fields", query=synonym, fields=FIELDS, operator="and")
    return Q("bool", must=[scored], filter=[has([synonym])], boost=weight / len(synonym.split()))


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
    if owners := [*waiting, *naming.owners(naming.closed_to(reader))]:
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
