"""Words that are spelt almost like an unknown one and find something the reader may see."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.words.analysis import token
from portal.words.folding import fold

from ...documents import Query, Term
from ...models import Word
from ...shown import Shown
from ...thesaurus import thesaurus
from ...widening import widened
from .plan import make_plan
from .store import Store, documents_by_language

CANDIDATES = 8
CORRECTED = 6  # unknown words looked at: with their candidates they fit the bits of a match
ALIKE = 0.5  # the share of trigrams that words which look alike have in common
LENGTHS_APART = 4
DOUBLED = re.compile(r"(.)\1+")
MOST_DOUBLED = 2  # letters that one was not sure to double, or doubled: “Terasa”, “adresses”

Known = list[tuple[str, str]]  # words, and the same without accents
Candidates = dict[str, list[tuple[str, float]]]  # for each term words, and how far they are from it


def better_words(
    terms: Iterable[str], language: str, shown: Shown, store: Store, *, loosely: bool = False
) -> dict[str, str]:
    """Takes a few queries: the words of about the right length, and what the nearest of them find."""
    near = looking_alike(terms, language) if loosely else _near(terms, language)
    return chosen(near, _found_by(words_in(near), language, shown, store))


def looking_alike(terms: Iterable[str], language: str) -> Candidates:
    """Words of the texts that share many letters with each of the terms in their order, most alike first."""
    terms = list(terms)[:CORRECTED]
    known = _known(language, _lengths(dict.fromkeys(terms, LENGTHS_APART)))
    return {term: _looking_alike(term, known, language) for term in terms}


def _near(terms: Iterable[str], language: str) -> Candidates:
    wanted = allowed_edits(terms)
    known = _known(language, _lengths(dict.fromkeys(wanted, MOST_DOUBLED)))
    return {term: nearest(term, allowed, known, language) for term, allowed in wanted.items()}


def words_in(candidates: Candidates) -> list[str]:
    return sorted({word for several in candidates.values() for word, _far in several})


def chosen(near: Candidates, found: Mapping[str, int]) -> dict[str, str]:
    """The best candidate for each term, of those that find something. People seldom miss the first letter."""
    best = {}
    for term, candidates in near.items():
        ranked = sorted((far, word[0] != term[0], -found[word], word) for word, far in candidates if found.get(word))
        if ranked:
            best[term] = ranked[0][3]
    return best


def _lengths(apart: Mapping[str, int]) -> set[int]:
    return {len(term) + step for term, allowed in apart.items() for step in range(-allowed, allowed + 1)}


def _known(language: str, lengths: set[int]) -> Known:
    """The words of the texts, and those by which the thesaurus leads to texts in other languages."""
    if not lengths:
        return []
    rows = Word.objects.filter(language=language, length__in=lengths).values_list("word", "folded")
    return list(dict.fromkeys([*rows, *known_to_thesaurus(language, lengths)]))


def known_to_thesaurus(language: str, lengths: set[int]) -> Known:
    return [(word, folded) for folded, word in thesaurus().words(language).items() if len(word) in lengths]


def allowed_edits(terms: Iterable[str]) -> dict[str, int]:
    """How far a word may be from each term. A short word with one letter changed is another word."""
    return {term: 1 if len(term) < 8 else 2 for term in list(terms)[:CORRECTED] if len(term) >= 4}


def nearest(term: str, allowed: int, known: Known, language: str) -> list[tuple[str, float]]:
    """Words so few edits away. Letters that are doubled, or are not, are one edit however many: nobody hears them."""
    own, typed = token(term, language), fold(term)
    near = process.extract(
        typed, [folded for _word, folded in known], scorer=OSA.distance, score_cutoff=allowed, limit=CANDIDATES * 3
    )
    candidates = {known[position][0]: float(edits) for _text, edits, position in near}
    single = DOUBLED.sub(r"\1", typed)
    for word, folded in known:
        if (
            folded[:1] == typed[:1]
            and DOUBLED.sub(r"\1", folded) == single
            and abs(len(folded) - len(typed)) <= MOST_DOUBLED
        ):
            candidates[word] = min(1.0, candidates.get(word, 1.0))
    ranked = sorted(candidates.items(), key=lambda pair: pair[1])
    return [(word, edits) for word, edits in ranked if token(word, language) != own][:CANDIDATES]


def _looking_alike(term: str, known: Known, language: str) -> list[tuple[str, float]]:
    wanted = _trigrams(fold(term))
    found = []
    for word, folded in known:
        has = _trigrams(folded)
        share = 2 * len(wanted & has) / (len(wanted) + len(has))
        if share >= ALIKE and abs(len(word) - len(term)) <= LENGTHS_APART and token(word, language):
            found.append((word, 1 - share))
    return sorted(found, key=lambda pair: pair[1])[:CANDIDATES]


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _found_by(words: Iterable[str], language: str, shown: Shown, store: Store) -> dict[str, int]:
    """How many documents each word finds, among those the reader may see."""
    query = testing(words, language)
    if not query.terms:
        return {}
    alike = store.match(make_plan(query, documents_by_language()), shown).alike()
    return {
        term.forms[0]: sum(number for (_language, terms), number in alike.items() if terms >> position & 1)
        for position, term in enumerate(query.terms)
    }


def testing(words: Iterable[str], language: str) -> Query:
    """A query of all the words, each with what is related to it: a word may find texts in other languages alone."""
    tested = tuple(Term((word,)) for word in words if token(word, language))
    return widened(Query("", language, tested), most=len(tested))
