"""Words that are spelt almost like an unknown one and find something the reader may see."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ...analysis import token
from ...folding import fold
from ...models import DocumentQuerySet, Word
from .plan import LanguagePlan, Plan, Tokens
from .store import Store

CANDIDATES = 8
CORRECTED = 6  # unknown words looked at: with their candidates they fit the bits of a match


def better_words(terms: Iterable[str], language: str, shown: DocumentQuerySet, store: Store) -> dict[str, str]:
    """Takes two queries: the words of about the right length, and what the nearest of them find."""
    wanted = {term: allowed for term in list(terms)[:CORRECTED] if (allowed := _allowed_edits(term))}
    if not wanted:
        return {}
    lengths = {len(term) + step for term, allowed in wanted.items() for step in range(-allowed, allowed + 1)}
    known = list(Word.objects.filter(language=language, length__in=lengths).values_list("word", "folded"))
    near = {term: _nearest(term, allowed, known, language) for term, allowed in wanted.items()}
    found = _found_by({word for candidates in near.values() for word, _edits in candidates}, language, shown, store)
    chosen = {}
    for term, candidates in near.items():
        # People seldom miss the first letter.
        ranked = sorted(
            (edits, word[0] != term[0], -found[word], word) for word, edits in candidates if found.get(word)
        )
        if ranked:
            chosen[term] = ranked[0][3]
    return chosen


def _allowed_edits(term: str) -> int:
    """A short word with one letter changed is another word."""
    return 0 if len(term) < 4 else 1 if len(term) < 8 else 2


def _nearest(term: str, allowed: int, known: list[tuple[str, str]], language: str) -> list[tuple[str, int]]:
    own = token(term, language)
    near = process.extract(
        fold(term), [folded for _word, folded in known], scorer=OSA.distance, score_cutoff=allowed, limit=CANDIDATES * 3
    )
    candidates = [(known[position][0], int(edits)) for _text, edits, position in near]
    return [(word, edits) for word, edits in candidates if token(word, language) != own][:CANDIDATES]


def _found_by(words: set[str], language: str, shown: DocumentQuerySet, store: Store) -> dict[str, int]:
    """How many documents each word finds, among those the reader may see."""
    tested = sorted(words)
    terms: list[Tokens] = [(token(word, language),) for word in tested]
    if not tested:
        return {}
    plan = Plan(exact="", languages=[LanguagePlan(language, terms, [], [])], term_count=len(terms))
    rows = store.match(plan, shown)
    return {word: sum(row.terms >> position & 1 for row in rows) for position, word in enumerate(tested)}
