"""Scores documents term by term: BM25 within each language, and the best of a term's spellings and related words.

FTS5's own sum over a whole query would count every synonym of a word anew, and would take a German word for rare
because few texts are German. So each token is scored alone, and its rarity exchanged for that in its own language.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .bm25 import rarity
from .plan import Plan
from .store import Row

# What counts for less than the words as typed: synonyms that editors chose, what the thesaurus says in the reader's
# language, and what it says in others.
TYPED, SYNONYM, RELATED, TRANSLATED = 1.0, 0.7, 0.5, 0.8
# What a word counts more where a page is called by it: BM25 levels off, so a title would hardly beat a text that has
# the word several times.
NAMED = 0.7
PHRASE = -1  # the position of a phrase, which every match has


@dataclass(frozen=True, slots=True)
class Part:
    """A token, or several that stand together, of one term in one language."""

    position: int
    language: str
    token: str
    weight: float


# Each part, how many documents of its language hold it, and what of BM25 does not depend on that: for each document,
# how often it has the part, weighted by field and levelled off, for its length.
Occurrences = Iterable[tuple[Part, int, Iterable[tuple[int, float]]]]


def parts_of(plan: Plan) -> list[Part]:
    found = []
    for language in plan.languages:
        related = RELATED if language is plan.languages[0] else TRANSLATED
        for phrase in language.phrases:
            found.append(Part(PHRASE, language.language, " ".join(phrase), TYPED))
        for position, tokens in enumerate(language.terms):
            found += [Part(position, language.language, token, TYPED) for token in tokens]
            synonyms = language.synonyms[position] if language.synonyms else ()
            found += [Part(position, language.language, token, SYNONYM) for token in synonyms]
            found += [Part(position, language.language, token, related) for token in language.related[position]]
    return sorted(found, key=lambda part: part.position)


def score_rows(rows: list[Row], occurrences: Occurrences, counts: Mapping[str, int]) -> None:
    """Notes in each row its score and the terms that it holds."""
    by_id = {row.id: row for row in rows}
    best: dict[int, dict[int, float]] = defaultdict(dict)  # of each term, by document
    for part, holding, found in occurrences:
        factor = part.weight * rarity(counts.get(part.language, 1), holding)
        of_term = best[part.position]
        for pk, saturation in found:
            if (value := saturation * factor) > of_term.get(pk, 0.0):
                of_term[pk] = value
    for position, values in best.items():
        bit = 0 if position == PHRASE else 1 << position
        for pk, value in values.items():
            if row := by_id.get(pk):
                row.score += value
                row.terms |= bit


def cover(rows: list[Row], plan: Plan) -> None:
    """A row's share of what the reader asked for; a rare word is more of a question than a common one."""
    if not plan.languages:
        return
    positions = [position for position, tokens in enumerate(plan.languages[0].terms) if tokens]
    if len(positions) < 2:
        return
    holding = {position: sum(row.terms >> position & 1 for row in rows) for position in positions}
    tells = {1 << position: rarity(len(rows), number) for position, number in holding.items()}
    whole = sum(tells.values())
    shares: dict[int, float] = {}
    for row in rows:
        if row.terms not in shares:
            shares[row.terms] = sum(value for bit, value in tells.items() if row.terms & bit) / whole
        row.covered = shares[row.terms]
