"""From a query to tokens: for each language what to look for, with the spellings that its texts use."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from portal.addresses import LANGUAGE_CODES
from portal.words.analysis import exact_key, token, words
from portal.words.folding import fold

from ...documents import Query, Term
from ...models import Word

Tokens = tuple[str, ...]
SHORTEST_COMMON, LONGEST_ENDING = 4, 2  # letters
MANY = 300  # texts
NEARLY_ALL = 0.9  # of as many documents as the richest language has


@dataclass(frozen=True)
class Counts:
    """How many documents there are in each language: all, and those that are no part of another thing.

    Wordings of readers are parts of what they lead to, which may not be translated: many of them make no language rich.
    """

    texts: Mapping[str, int] = field(default_factory=dict)
    whole: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LanguagePlan:
    language: str
    terms: list[Tokens]  # one entry for each term of the query; empty where the word is too common to count
    phrases: list[Tokens]
    excluded: list[Tokens]
    synonyms: list[Tokens] = field(default_factory=list)  # as `terms`; a token of several words is a phrase
    related: list[Tokens] = field(default_factory=list)  # for each term what counts still less

    @property
    def tokens(self) -> Tokens:
        """Every token that adds to the score, each once. One with a space in it is several that stand together."""
        return tuple(dict.fromkeys(token for position in range(len(self.terms)) for token in self.term(position)))

    def term(self, position: int) -> Tokens:
        """The tokens of one term with all that counts as it."""
        return tuple(token for kind in (self.terms, self.synonyms, self.related) if kind for token in kind[position])

    @property
    def finds_something(self) -> bool:
        return bool(self.tokens or self.phrases)

    @property
    def weight(self) -> int:
        """How many terms count in this language."""
        return sum(bool(term) for term in self.terms)


@dataclass
class Plan:
    exact: str
    languages: list[LanguagePlan] = field(default_factory=list)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    term_count: int = 0
    picked: frozenset[str] = frozenset()  # subjects
    known: set[str] = field(default_factory=set)  # words of the query that some text writes just so
    counts: Mapping[str, int] = field(default_factory=dict)  # texts by language

    @property
    def weight(self) -> int:
        """How many terms the reader asked for that count."""
        return self.languages[0].weight if self.languages else 0

    def term(self, position: int) -> list[str]:
        """The tokens of one term over all languages, with what is related to it."""
        return [token for plan in self.languages for token in plan.term(position)]


def make_plan(query: Query, counts: Counts) -> Plan:
    """Takes one query, for the spellings."""
    vocabulary = Vocabulary(query)
    own = _language_plan(query, query.language, vocabulary, with_related=True)
    plan = Plan(
        exact=exact_key(query.text),
        term_count=len(query.terms),
        spellings=vocabulary.spellings(),
        picked=frozenset(query.picks),
        known=vocabulary.known,
        counts=counts.texts,
    )
    if own.finds_something:  # a query of common words alone would find other languages' rare ones
        widely = query.everywhere or lacks_much(query.language, counts.whole)
        others = [
            _language_plan(query, language, vocabulary, with_related=widely)
            for language in LANGUAGE_CODES
            if language != query.language
        ]
        plan.languages = [own, *(other for other in others if other.finds_something)]
    return plan


def lacks_much(language: str, counts: Mapping[str, int]) -> bool:
    """Whether so little is written in this language that its readers should be led to the others' texts."""
    return counts.get(language, 0) < NEARLY_ALL * max(counts.values(), default=0)


def unknown_terms(plan: Plan, query: Query, seen: Collection[int]) -> tuple[Term, ...]:
    """Terms that no document holds, or only by chance, since another language's stemmer made a known word of them.

    `seen` are the places of those that some document holds. With phrases the documents do not tell, since they are only
    those that hold the phrases.
    """
    if query.phrases or query.excluded or not plan.languages:
        return ()
    own = plan.languages[0]
    return tuple(
        term
        for n, term in enumerate(query.terms)
        if own.terms[n] and not (n in seen and (term.related or term.synonyms or plan.known.intersection(term.forms)))
    )


def without_needless(plan: Plan, found_often: set[int]) -> Plan:
    """What is related to a word that many texts have as it was typed adds nothing but time."""
    if not found_often:
        return plan
    languages = [
        replace(each, related=[() if n in found_often else tokens for n, tokens in enumerate(each.related)])
        for each in plan.languages
    ]
    return replace(plan, languages=languages)


def _language_plan(query: Query, language: str, vocabulary: "Vocabulary", *, with_related: bool) -> LanguagePlan:
    # What is too common in the reader's language means nothing in another: Dutch “van” is no vehicle.
    terms = [
        _term_tokens(term, language, vocabulary) if token(term.forms[0], query.language) else () for term in query.terms
    ]
    return LanguagePlan(
        language,
        terms=terms,
        synonyms=[_synonym_tokens(term, language) for term in query.terms] if language == query.language else [],
        phrases=[found for phrase in query.phrases if (found := _in_order(phrase, language))],
        excluded=[found for phrase in query.excluded if (found := _in_order(phrase, language))],
        related=[
            _related_tokens(term, typed, language) if with_related else ()
            for term, typed in zip(query.terms, terms, strict=True)
        ],
    )


def _related_tokens(term: Term, typed: Tokens, language: str) -> Tokens:
    """As phrases where several words stand together. Each once, and none that the term has itself."""
    found = {" ".join(_in_order(words, its)): None for its, words in term.related if its == language}
    return tuple(token for token in found if token and token not in typed)


def _term_tokens(term: Term, language: str, vocabulary: "Vocabulary") -> Tokens:
    found: dict[str, None] = {}
    for form in term.forms:
        own = token(form, language)
        if own and (language == vocabulary.reads or own in vocabulary.meant_in(form, language)):
            found[own] = None
        if own:
            found |= dict.fromkeys(vocabulary.unaccented.get((language, fold(form)), ()))
    return tuple(found)


def _synonym_tokens(term: Term, language: str) -> Tokens:
    found = (" ".join(_in_order(words(synonym, language), language)) for synonym in term.synonyms)
    return tuple(dict.fromkeys(filter(None, found)))


def _in_order(phrase: Iterable[str], language: str) -> Tokens:
    return tuple(found for word in phrase if (found := token(word, language)))


class Vocabulary:
    """What the texts make of the words of a query, read in one go.

    A reader who types “securite” means “sécurité”: the stems of the two differ, so the query asks for both.
    """

    def __init__(self, query: Query) -> None:
        self.reads = query.language
        self.unaccented: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.known: set[str] = set()
        self._words: dict[str, set[str]] = defaultdict(set)
        self._folded: dict[tuple[str, str], set[str]] = defaultdict(set)  # by language and token
        typed = {form for term in query.terms for form in term.forms} | {w for phrase in query.phrases for w in phrase}
        typed |= {word for term in query.terms for synonym in term.synonyms for word in words(synonym, query.language)}
        if not typed:
            return
        tokens = {found for form in typed for language in LANGUAGE_CODES if (found := token(form, language))}
        folded = {fold(form) for form in typed}
        for language, word, its_folded, its_token in Word.objects.known(folded, tokens):
            self._words[language].add(word)
            self._folded[language, its_token].add(its_folded)
            if its_folded in folded:
                self.unaccented[language, its_folded].add(its_token)
        own = {form for form in typed if self._folded.get((query.language, token(form, query.language)))}
        self.known = own | {form for form in typed if fold(form) in {folded for _language, folded in self.unaccented}}
        for language in LANGUAGE_CODES:
            self._words[language] |= {form for form in typed if token(form, language)}
        for its_language, related in {each for term in query.terms for each in term.related}:
            self._words[its_language].update(related)

    def meant_in(self, form: str, language: str) -> Tokens:
        """The token of a word in a language that is not the reader's, if its texts have nearly this very word.

        The stemmer of another language makes anything of a word: of the Dutch “valse” Catalan makes “val”.
        """
        typed, its_token = fold(form), token(form, language)
        known = self._folded.get((language, its_token), ())
        beginning = typed[: max(SHORTEST_COMMON, len(typed) - LONGEST_ENDING)]
        near = typed in known or (len(typed) >= SHORTEST_COMMON and any(word.startswith(beginning) for word in known))
        return (its_token,) if near else ()

    def spellings(self) -> dict[str, tuple[str, ...]]:
        return {language: tuple(sorted(words)) for language, words in self._words.items()}
