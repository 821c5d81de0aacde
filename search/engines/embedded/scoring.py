"""Scores documents term by term: BM25 within each language, and the best of a term's spellings and related words.

FTS5's own sum over a whole query would count every synonym of a word anew, and would take a German word for rare
because few texts are German. So each token is scored alone, and its rarity exchanged for that in its own language.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from .bm25 import rarity
from .plan import Plan
from .store import Row, Worth

# What counts for less than the words as typed: synonyms that editors chose, what the thesaurus says in the reader's
# language, and what it says in others.
TYPED, SYNONYM, RELATED, TRANSLATED = 1.0, 0.7, 0.5, 0.8
# What a word counts more where a page is called by it: BM25 levels off, so a title would hardly beat a text that has
# the word several times.
NAMED = 0.7
PHRASE = -1  # the position of a phrase, which every match has
# How many times rarer than the commonest way to say something another way may count: one text that writes “cop” for
# “police” is not more about the police than all the others.
RAREST = 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """A token, or several that stand together, of one term in one language."""

    position: int
    language: str
    token: str
    weight: float


# Each part, how many documents of its language hold it, and what of BM25 does not depend on that: for each document,
# how often it has the part, weighted by field and levelled off, for its length.
Occurrences = Iterable[tuple[Part, int, Mapping[int, float]]]


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


def score_rows(rows: list[Row], occurrences: Occurrences, counts: Mapping[str, int]) -> Worth:
    """Notes in each row its score and the terms that it holds, and what each term is worth in each text."""
    best: dict[int, dict[int, float]] = defaultdict(dict)  # of each term, by document
    occurrences = list(occurrences)
    tells = _tells([(part, holding) for part, holding, _found in occurrences], counts)
    for part, _holding, found in occurrences:
        factor = part.weight * tells[part]
        of_term = best[part.position]
        if not of_term:
            of_term |= {pk: saturation * factor for pk, saturation in found.items()}
            continue
        for pk, saturation in found.items():
            if (value := saturation * factor) > of_term.get(pk, 0.0):
                of_term[pk] = value
    worth = Worth(best)
    values = [(0 if position == PHRASE else 1 << position, of_term) for position, of_term in best.items()]
    for row in rows:
        row.worth = worth
        pk, score, terms = row.id, row.score, row.terms
        for bit, of_term in values:
            if pk in of_term:
                score += of_term[pk]
                terms |= bit
        row.score, row.terms = score, terms
    return worth


def _tells(holding: Iterable[tuple[Part, int]], counts: Mapping[str, int]) -> dict[Part, float]:
    """What each part tells of a document that has it: by its rarity, but not much more than the term it stands for."""
    alone = {part: rarity(counts.get(part.language, 1), number) for part, number in holding}
    least: dict[tuple[int, str], float] = {}
    for part, value in alone.items():
        key = part.position, part.language
        least[key] = min(value, least.get(key, value))
    return {
        part: value if part.position == PHRASE else min(value, RAREST * least[part.position, part.language])
        for part, value in alone.items()
    }


def cover(rows: list[Row], plan: Plan) -> None:
    """Notes in each row its share of what the reader asked for."""
    alike = Counter(map(attrgetter("terms"), rows))  # few combinations
    share = shares(alike, plan)
    covered = {terms: share_of(terms, share) for terms in alike}
    worth = None
    for row in rows:
        row.covered = covered[row.terms]
        if row.worth is not worth and (worth := row.worth):  # one for thousands of rows
            worth.share = share


def shares(alike: Mapping[int, int], plan: Plan) -> dict[int, float]:
    """What each word tells of the whole query, by its bit; a rare word is more of a question than a common one.

    `alike` says how many texts hold which words. Words that nothing has are left out: they would make all texts alike.
    """
    positions = [position for position, tokens in enumerate(plan.languages[0].terms) if tokens]
    if len(positions) < 2:
        return {}
    texts = sum(alike.values())
    holding = {position: sum(n for terms, n in alike.items() if terms >> position & 1) for position in positions}
    tells = {1 << position: rarity(texts, number) for position, number in holding.items() if number}
    whole = sum(tells.values())
    return {bit: value / whole for bit, value in tells.items()}


def share_of(terms: int, share: Mapping[int, float]) -> float:
    return sum(value for bit, value in share.items() if terms & bit) if share else 1.0
