"""Words that are spelt almost like an unknown one and find something the reader may see."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ...analysis import token
from ...documents import Query, Term
from ...folding import fold
from ...models import DocumentQuerySet, Word
from ...thesaurus import thesaurus
from ...widening import widened
from .plan import make_plan
from .store import Store, documents_by_language

CANDIDATES = 8
CORRECTED = 6  # unknown words looked at: with their candidates they fit the bits of a match
ALIKE = 0.5  # the share of trigrams that words which look alike have in common
LENGTHS_APART = 4

Known = list[tuple[str, str]]  # words, and the same without accents


def better_words(
    terms: Iterable[str], language: str, shown: DocumentQuerySet, store: Store, *, loosely: bool = False
) -> dict[str, str]:
    """Takes a few queries: the words of about the right length, and what the nearest of them find."""
    apart = {term: LENGTHS_APART if loosely else _allowed_edits(term) for term in list(terms)[:CORRECTED]}
    wanted = {term: allowed for term, allowed in apart.items() if allowed}
    if not wanted:
        return {}
    lengths = {len(term) + step for term, allowed in wanted.items() for step in range(-allowed, allowed + 1)}
    known = _known(language, lengths)
    near = {
        term: _looking_alike(term, known, language) if loosely else _nearest(term, allowed, known, language)
        for term, allowed in wanted.items()
    }
    found = _found_by({word for candidates in near.values() for word, _far in candidates}, language, shown, store)
    chosen = {}
    for term, candidates in near.items():
        # People seldom miss the first letter.
        ranked = sorted((far, word[0] != term[0], -found[word], word) for word, far in candidates if found.get(word))
        if ranked:
            chosen[term] = ranked[0][3]
    return chosen


def _known(language: str, lengths: set[int]) -> Known:
    """The words of the texts, and those by which the thesaurus leads to texts in other languages."""
    rows = Word.objects.filter(language=language, length__in=lengths).values_list("word", "folded")
    related = [(word, folded) for folded, word in thesaurus().words(language).items() if len(word) in lengths]
    return list(dict.fromkeys([*rows, *related]))


def _allowed_edits(term: str) -> int:
    """A short word with one letter changed is another word."""
    return 0 if len(term) < 4 else 1 if len(term) < 8 else 2


def _nearest(term: str, allowed: int, known: Known, language: str) -> list[tuple[str, float]]:
    own = token(term, language)
    near = process.extract(
        fold(term), [folded for _word, folded in known], scorer=OSA.distance, score_cutoff=allowed, limit=CANDIDATES * 3
    )
    candidates = [(known[position][0], float(edits)) for _text, edits, position in near]
    return [(word, edits) for word, edits in candidates if token(word, language) != own][:CANDIDATES]


def _looking_alike(term: str, known: Known, language: str) -> list[tuple[str, float]]:
    wanted = _trigrams(fold(term))
    found = []
    for word, folded in known:
        has = _trigrams(folded)
        share = 2 * len(wanted & has) / (len(wanted) + len(has))
        if share >= ALIKE and token(word, language):
            found.append((word, 1 - share))
    return sorted(found, key=lambda pair: pair[1])[:CANDIDATES]


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _found_by(words: set[str], language: str, shown: DocumentQuerySet, store: Store) -> dict[str, int]:
    """How many documents each word finds, among those the reader may see."""
    tested = sorted(word for word in words if token(word, language))
    if not tested:
        return {}
    query = Query("", language, tuple(Term((word,)) for word in tested))
    plan = make_plan(widened(query, most=len(tested)), documents_by_language())
    rows = store.match(plan, shown)
    return {word: sum(row.terms >> position & 1 for row in rows) for position, word in enumerate(tested)}
