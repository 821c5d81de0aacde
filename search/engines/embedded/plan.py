"""From a query to tokens: for each language what to look for, with the spellings that its texts use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from portal.addresses import LANGUAGE_CODES

from ...analysis import exact_key, token, words
from ...documents import Query, Term
from ...folding import fold
from ...models import Word

Tokens = tuple[str, ...]
SHORTEST_COMMON, LONGEST_ENDING = 4, 2  # letters


@dataclass(frozen=True)
class LanguagePlan:
    language: str
    terms: list[Tokens]  # one entry for each term of the query; empty where the word is too common to count
    phrases: list[Tokens]
    excluded: list[Tokens]
    synonyms: list[Tokens] = field(default_factory=list)  # as `terms`; a token of several words is a phrase

    @property
    def tokens(self) -> Tokens:
        """Every token that adds to the score, each once."""
        return tuple(dict.fromkeys(token for term in (*self.terms, *self.synonyms) for token in term))

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

    def weights(self) -> dict[str, int]:
        return {plan.language: plan.weight for plan in self.languages}

    def term(self, position: int) -> list[str]:
        """The tokens of one term over all languages."""
        return [token for plan in self.languages for token in plan.terms[position]]

    def synonyms(self, position: int) -> list[str]:
        """The tokens of its synonyms, which only the reader's language has."""
        return [
            token for plan in self.languages for tokens in plan.synonyms[position : position + 1] for token in tokens
        ]


def make_plan(query: Query) -> Plan:
    """Takes one query, for the spellings."""
    vocabulary = Vocabulary(query)
    own = _language_plan(query, query.language, vocabulary)
    plan = Plan(
        exact=exact_key(query.text),
        term_count=len(query.terms),
        spellings=vocabulary.spellings(),
        picked=frozenset(query.picks),
    )
    if own.finds_something:  # a query of common words alone would find other languages' rare ones
        elsewhere = [language for language in LANGUAGE_CODES if language != query.language]
        others = [_language_plan(query, language, vocabulary) for language in elsewhere]
        plan.languages = [own, *(other for other in others if other.finds_something)]
    return plan


def _language_plan(query: Query, language: str, vocabulary: "Vocabulary") -> LanguagePlan:
    own = language == query.language
    return LanguagePlan(
        language,
        synonyms=[_synonym_tokens(term, language) for term in query.terms] if own else [],
        terms=[_term_tokens(term, language, vocabulary) for term in query.terms],
        phrases=[found for phrase in query.phrases if (found := _in_order(phrase, language))],
        excluded=[found for phrase in query.excluded if (found := _in_order(phrase, language))],
    )


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
        self._words: dict[str, set[str]] = defaultdict(set)
        self._folded: dict[tuple[str, str], set[str]] = defaultdict(set)  # by language and token
        typed = {form for term in query.terms for form in term.forms} | {w for phrase in query.phrases for w in phrase}
        typed |= {word for term in query.terms for synonym in term.synonyms for word in words(synonym, query.language)}
        if not typed:
            return
        tokens = {found for form in typed for language in LANGUAGE_CODES if (found := token(form, language))}
        folded = {fold(form) for form in typed}
        rows = Word.objects.filter(Q(folded__in=folded) | Q(token__in=tokens))
        for language, word, its_folded, its_token in rows.values_list("language", "word", "folded", "token"):
            self._words[language].add(word)
            self._folded[language, its_token].add(its_folded)
            if its_folded in folded:
                self.unaccented[language, its_folded].add(its_token)
        for language in LANGUAGE_CODES:
            self._words[language] |= {form for form in typed if token(form, language)}

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
