"""From a parsed query to Elasticsearch's own. What a reader typed is only ever data in it, never a language."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause
from wagtail.models import Page

from portal import searchable
from portal.words.analysis import token
from portal.words.folding import fold

from ...documents import Query, Term
from ...recency import HALF_AS_RECENT, MOST
from ...shown import Shown
from ..embedded.plan import LanguagePlan, Plan
from ..embedded.ranking import ELSEWHERE, WITHOUT_COVERAGE
from ..embedded.scoring import RELATED, SYNONYM, TRANSLATED
from ..embedded.store import FIELD_WEIGHTS

FIELDS = [f"{name}^{weight:g}" for name, weight in FIELD_WEIGHTS.items()]
# Languages whose stemmers have the same name in both engines, and come from different times of it: they differ in more
# than one word in a hundred.
OTHER_STEMMER = {"nl", "de"}
MOST_SPELLINGS = 8
# The embedded engine's, where Lucene leaves a constant factor out of BM25 and a field without lengths counts a little
# more than one of average length.
NAMED = 0.45
# Factors that no score outweighs, and that leave the scores their order: a sum would swallow their small differences.
FIRST, PICKED, LAST = 1e12, 1e16, 1e-20
FEW = 4  # words, whose sets are few
NEARLY = 1 - 1e-9  # sums of shares are not exact


@dataclass(frozen=True)
class Words:
    """What a query asks for in one language."""

    language: str
    terms: dict[int, list[str]]  # by their place in the query: the spellings of each term that counts
    related: dict[int, list[tuple[str, float]]]  # what else counts as the term, and how much
    phrases: list[str]
    excluded: list[tuple[str, ...]]
    synonyms: dict[int, list[str]]  # as `terms`; those of several words are phrases

    @cached_property
    def places(self) -> list[int]:
        return sorted({*self.terms, *self.related})

    @cached_property
    def held(self) -> dict[int, Clause]:
        """For each place what has the term, said in any way."""
        return {n: has(self.any_of(n)) for n in self.places}

    def any_of(self, n: int) -> list[str]:
        return [*self.terms.get(n, ()), *self.synonyms.get(n, ()), *(text for text, _weight in self.related.get(n, ()))]


@dataclass(frozen=True)
class Coverage:
    """What is known of a question before it is asked, see `coverage`. By the place of each word in the query."""

    holding: Mapping[int, int] = field(default_factory=dict)  # how many of the texts that match have it
    share: Mapping[int, float] = field(default_factory=dict)  # of what was asked; empty where one word is all
    least: float = 0.0  # the share of an answer: where many match, those that hold next to nothing are left out
    best: float = 0.0  # that of an answer worth scoring


@dataclass(frozen=True)
class Question:
    """What is asked several times over: how many have which words, then which are the best."""

    plan: Plan
    query: Query
    hidden: Clause  # from the reader

    @cached_property
    def spoken(self) -> list[Words]:
        plan = self.plan
        return [words_of(each, self.query, plan.spellings.get(each.language, ())) for each in plan.languages]

    @cached_property
    def languages(self) -> list[str]:
        """Those whose index may have something, or none for all: each takes as long to ask, even if it has nothing."""
        return [] if self.query.picks else [each.language for each in self.plan.languages]

    @property
    def is_alone(self) -> bool:
        """Where every text is in the reader's language, none need be asked whether it is."""
        return self.languages == [self.query.language]

    @property
    def named(self) -> Clause | None:
        return Q("term", exact=self.plan.exact) if self.plan.exact else None

    @property
    def picked(self) -> Clause | None:
        return Q("terms", subject=list(self.query.picks)) if self.query.picks else None


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


def matching(question: Question, places: Sequence[int] = ()) -> Clause:
    """What has all of these words, or any where none is named; without a score."""
    return _any_of(_in_each_language(question, lambda words: _holding(words, places)), question.hidden)


def answers(question: Question, covered: Coverage) -> Clause:
    """All that `asked` is about, without a score."""

    def sought(words: Words) -> Clause | None:
        return _holding_enough(_held(words, covered), covered.least) if covered.least else _holding(words)

    others = [each for each in (question.named, question.picked) if each]
    return _any_of([*_in_each_language(question, sought), *others], question.hidden)


def _in_each_language(question: Question, sought: Callable[[Words], Clause | None]) -> Iterator[Clause]:
    for words in question.spoken:
        required = _required(words, alone=question.is_alone)
        if clause := sought(words):
            yield Q("bool", must_not=required["must_not"], filter=[*required["filter"], clause])


def _holding(words: Words, places: Sequence[int] = ()) -> Clause | None:
    """All of these words, if the language has them; any of all where none is named."""
    if places:
        return _all_of([words.held[n] for n in places]) if words.held.keys() >= {*places} else None
    return Q("bool", should=[*words.held.values()] or [Q("match_all")], minimum_should_match=1)


def _any_of(wanted: Iterable[Clause], hidden: Clause) -> Clause:
    found = list(wanted)
    one_of_them = Q("bool", should=found, minimum_should_match=1) if found else Q("match_none")
    return Q("bool", filter=[one_of_them], must_not=[hidden])


def _held(words: Words, covered: Coverage) -> list[tuple[Clause, float]]:
    """The words of which it is known what they tell, and how much of what was asked that is."""
    return [(clause, covered.share[n]) for n, clause in words.held.items() if n in covered.share]


def asked(question: Question, covered: Coverage) -> Clause:
    """What matches and passes the filters, scored: of many answers the best."""
    query, alone = question.query, question.is_alone
    wanted = [_in_language(words, covered, alone=alone) for words in question.spoken]
    near = {} if alone else {"filter": Q("term", language=query.language)}
    functions: list[dict[str, Any]] = [
        {"field_value_factor": {"field": "rank", "missing": 1.0}},
        {**near, "weight": 1 / ELSEWHERE},
    ]
    if named := question.named:
        wanted.append(Q("constant_score", filter=named, boost=1e-3))
        functions.append({"filter": named, "weight": FIRST})
    if picked := question.picked:
        wanted.append(Q("constant_score", filter=picked))
        functions.append({"filter": picked, "weight": PICKED})
    if query.demoted:
        functions.append({"filter": Q("terms", subject=list(query.demoted)), "weight": LAST})
    passing = {"must_not": [question.hidden], "filter": filter_clauses(query)}
    matching = _favouring_recent(Q("bool", should=wanted, minimum_should_match=1, **passing))
    return Q("function_score", query=matching, functions=functions, score_mode="multiply", boost_mode="multiply")


def _favouring_recent(matching: Clause) -> Clause:
    """The same as `recency.factor`, computed there."""
    near = {"happened": {"origin": timezone.localdate().isoformat(), "scale": f"{HALF_AS_RECENT}d", "decay": 0.5}}
    functions = [{"weight": 1.0}, {"filter": Q("exists", field="happened"), "gauss": near, "weight": MOST}]
    return Q("function_score", query=matching, functions=functions, score_mode="sum", boost_mode="multiply")


def in_parts(question: Question) -> Clause:
    """What matches. By the name “language:place” it says what each word or phrase is worth, also in other languages."""
    wanted = []
    for words in question.spoken:
        parts = [Q("bool", must=[part], _name=f"{words.language}:{n}") for n, part in _parts(words).items()]
        wanted.append(Q("bool", should=parts, minimum_should_match=1, **_required(words, alone=False)))
    return Q("bool", should=wanted, minimum_should_match=1, must_not=[question.hidden])


def _parts(words: Words) -> dict[int, Clause]:
    """What is scored, by its place."""
    terms, synonyms, related = words.terms.get, words.synonyms.get, words.related.get
    parts = {n: _scored(terms(n, []), synonyms(n, ()), related(n, ())) for n in words.places}
    return parts | {-1 - n: _scored([phrase]) for n, phrase in enumerate(words.phrases)}


def _in_language(words: Words, covered: Coverage, *, alone: bool) -> Clause:
    required = _required(words, alone=alone)
    held = _held(words, covered)
    if covered.best:
        required["filter"].append(_holding_enough(held, covered.best))
    clause = Q("bool", should=[*_parts(words).values()], minimum_should_match=1, **required)
    return _weighed(clause, held, 1 - WITHOUT_COVERAGE, {"weight": WITHOUT_COVERAGE}) if held else clause


def _weighed(clause: Clause, held: Iterable[tuple[Clause, float]], weight: float, *functions: dict) -> Clause:
    """The score of what has the clause, times how much it holds of what was asked."""
    each = [{"filter": word, "weight": weight * share} for word, share in held]
    return Q("function_score", query=clause, functions=[*functions, *each], score_mode="sum", boost_mode="multiply")


def _required(words: Words, *, alone: bool) -> dict[str, list[Clause]]:
    """What a text must have, and must not, whatever else it has."""
    required = [] if alone else [Q("term", language=words.language)]
    required += [Q("match_phrase", plain=phrase) for phrase in words.phrases]
    return {"filter": required, "must_not": [without(phrase) for phrase in words.excluded]}


def _holding_enough(held: Iterable[tuple[Clause, float]], least: float) -> Clause:
    """One word that tells enough, or several that do so together."""
    least *= NEARLY
    each = [word for word, share in held if share >= least]
    lesser = [(word, share) for word, share in held if share < least]
    if len(lesser) <= FEW:
        each += map(_all_of, _smallest_sets(lesser, least))
    elif sum(share for _word, share in lesser) >= least:
        any_of_them = Q("constant_score", filter=Q("bool", should=[word for word, _share in lesser]))
        together = _weighed(any_of_them, lesser, 1.0)
        together.min_score = least
        each.append(together)
    return Q("bool", should=each, minimum_should_match=1) if each else Q("match_none")


def _smallest_sets(held: Sequence[tuple[Clause, float]], least: float) -> list[list[Clause]]:
    """The sets of words that tell enough, of which none can be spared."""
    sets = chain.from_iterable(combinations(held, size) for size in range(2, len(held) + 1))
    enough = [(sum(share for _word, share in some), some) for some in sets]
    return [
        [word for word, _share in some]
        for told, some in enough
        if told >= least and told - min(share for _word, share in some) < least
    ]


def _all_of(clauses: list[Clause]) -> Clause:
    return Q("bool", filter=clauses)


def _scored(spellings: list[str], synonyms: Iterable[str] = (), related: Iterable[tuple[str, float]] = ()) -> Clause:
    """BM25 over all fields as if they were one, in which a word in the title stands eight times."""
    each = [_also_named(Q("combined_fields", query=spelling, fields=FIELDS), spelling) for spelling in spellings]
    each += [_scored_synonym(synonym, SYNONYM) for synonym in synonyms]
    each += [_scored_synonym(text, weight) for text, weight in related]
    return each[0] if len(each) == 1 else Q("dis_max", queries=each)


def _scored_synonym(synonym: str, weight: float) -> Clause:
    if " " not in synonym:
        return _also_named(Q("combined_fields", query=synonym, fields=FIELDS), synonym, weight)
    scored = _also_named(Q("combined_fields", query=synonym, fields=FIELDS, operator="and"), synonym)
    return Q("bool", must=[scored], filter=[has([synonym])], boost=weight / len(synonym.split()))


def _also_named(scored: Clause, words: str, weight: float = 1.0) -> Clause:
    """A word counts more where the page is called by it: BM25 levels off."""
    named = Q("match", names={"query": words, "operator": "and", "boost": NAMED})
    return Q("bool", must=[scored], should=[named], boost=weight)


def has(spellings: list[str]) -> Clause:
    """One of several words must occur as a phrase."""
    phrases = [Q("match_phrase", plain=each) for each in spellings if " " in each]
    if not phrases:
        return Q("match", everything=" ".join(spellings))
    single = " ".join(each for each in spellings if " " not in each)
    return Q("bool", should=[Q("match", everything=single), *phrases], minimum_should_match=1)


def to_mark(question: Question) -> Clause:
    """The words that make texts match, and no more: to evaluate the whole question again for each hit takes long."""
    found = [word for words in question.spoken for n in words.places for word in words.any_of(n)]
    return has(list(dict.fromkeys([*found, *(phrase for words in question.spoken for phrase in words.phrases)])))


def anywhere(spoken: Iterable[Words], n: int) -> Clause:
    """One term of a query, in whichever language."""
    places = [
        Q("bool", filter=[Q("term", language=words.language), words.held[n]]) for words in spoken if n in words.held
    ]
    return Q("bool", should=places, minimum_should_match=1)


def without(phrase: Sequence[str]) -> Clause:
    return has([*phrase]) if len(phrase) == 1 else Q("match_phrase", plain=" ".join(phrase))


def hidden_from(shown: Shown, waiting: Iterable[str]) -> Clause:
    """What `shown` leaves out, and what the index may have as it no longer is."""
    clauses = [hidden_now(shown)]
    if owners := [*waiting, *sorted(shown.closed_owners)]:
        clauses.append(Q("terms", owner=owners))
    return Q("bool", should=clauses, minimum_should_match=1)


def hidden_now(shown: Shown) -> Clause:
    """Pages that must not be seen now, kinds kept apart, and what a consent no longer covers.

    Restrictions are asked by the ids of pages: the paths of a whole branch change when its neighbours are reordered.
    """
    now = timezone.now()
    clauses = [
        Q("range", shown_until={"lte": timezone.localdate(now).isoformat()}),
        Q("range", ends={"lte": now.isoformat()}),
        Q("range", begins={"gt": now.isoformat()}),
    ]
    if not shown.with_apart:
        clauses.append(Q("terms", kind=list(searchable.kinds_apart())))
    if paths := shown.closed_paths:
        closed = list(Page.objects.filter(path__in=paths).values_list("pk", flat=True))
        clauses.append(Q("terms", above=closed))
    return Q("bool", should=clauses, minimum_should_match=1)


def filter_clauses(query: Query, but: str = "") -> list[Clause]:
    """The filters that the reader chose, but for the one named."""
    return [
        Q("terms", **{field_of(name): sorted(values)})
        for name, values in query.filters.items()
        if name != but and values
    ]


def field_of(facet: str) -> str:
    """Readers filter by the language in which they read, which wordings of a page may be in another than."""
    return {"kind": "kind", "language": "read_in"}.get(facet, f"facets.{facet}")
