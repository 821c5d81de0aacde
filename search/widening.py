"""What the texts may say instead of what was typed: other words for the same thing, its name in other languages, the
parts of a compound and words typed apart. All of it counts less than the words as typed.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from .analysis import token
from .compounds import pieces, split
from .documents import Query, Term
from .folding import fold
from .models import Word
from .stopwords import FILLERS
from .thesaurus import Related, thesaurus

MOST_RELATED = 40  # of one term, over all languages
# A question of more words says enough by itself.
MOST_TERMS = 16
COMPOUNDING = {"de", "nl"}


def widened(query: Query, most: int = MOST_TERMS) -> Query:
    """The query with what is related to each of its terms. Takes one query for words, two if some are unknown."""
    if not query.terms or len(query.terms) > most:
        return query
    typed = [term.forms[0] for term in query.terms]
    language = query.language
    related: list[dict[Related, None]] = [{} for _term in typed]
    joined = _joined(typed, language)
    known = _known_words([*typed, *joined], language)
    joined = {whole: places for whole, places in joined.items() if fold(whole) in known}
    for whole, places in joined.items():
        for place in places:
            related[place][language, (whole,)] = None
    parts = _parts(typed, known, language)
    for place, several in parts.items():
        related[place] |= dict.fromkeys((language, (part,)) for part in several)
    _add_notions(typed, joined, parts, language, related)
    terms = [
        replace(term, related=tuple(_without_typed(found, term, language))[:MOST_RELATED])
        for term, found in zip(query.terms, related, strict=True)
    ]
    return replace(query, terms=_telling(terms, language))


def _telling(terms: list[Term], language: str) -> tuple[Term, ...]:
    """Without the words that questions are made of, unless that is all there is."""
    fillers = FILLERS.get(language, frozenset())
    kept = [term for term in terms if term.forms[0] not in fillers or term.related]
    return tuple(kept if any(token(term.forms[0], language) for term in kept) else terms)


def _joined(typed: list[str], language: str) -> dict[str, tuple[int, int]]:
    """Neighbouring words as one; of common words nothing is made."""
    places = enumerate(pairwise(typed))
    return {one + other: (n, n + 1) for n, (one, other) in places if token(one, language) and token(other, language)}


def _known_words(candidates: Iterable[str], language: str) -> set[str]:
    """Those of some words that the texts or the thesaurus have in this language, without their accents."""
    folded = {fold(word) for word in candidates}
    rows = Word.objects.filter(language=language, folded__in=folded).values_list("folded", flat=True)
    return set(rows) | (folded & thesaurus().words(language).keys())


def _parts(typed: list[str], known: set[str], language: str) -> dict[int, tuple[str, ...]]:
    """The parts of words that nobody knows whole, and of every compound that the thesaurus does not have."""
    places = [
        place
        for place, word in enumerate(typed)
        if token(word, language)
        and not thesaurus().knows(word, language)
        and (language in COMPOUNDING or fold(word) not in known)
    ]
    candidates = {piece for place in places for piece in pieces(fold(typed[place]))}
    if not candidates:
        return {}
    words = _known_words(candidates, language)
    words = {word for word in words if token(word, language)}
    return {place: parts for place in places if (parts := split(fold(typed[place]), words, language))}


def _add_notions(
    typed: list[str],
    joined: dict[str, tuple[int, int]],
    parts: dict[int, tuple[str, ...]],
    language: str,
    related: list[dict[Related, None]],
) -> None:
    """What the thesaurus says of the words: in the reader's language, else in the language that has them."""
    words = list(typed)
    places = list(range(len(typed)))
    for whole, pair in joined.items():
        words += [whole, whole]
        places += pair
    for place, several in parts.items():
        words += several
        places += [place] * len(several)
    for number, named_by in thesaurus().notions(words, language).items():
        for place in {places[position] for position in named_by}:
            related[place] |= dict.fromkeys(thesaurus().ways(number))
    _add_foreign(typed, language, related)


def _add_foreign(typed: list[str], language: str, related: list[dict[Related, None]]) -> None:
    unknown = {place for place, found in enumerate(related) if not found and token(typed[place], language)}
    if not unknown:
        return
    for other in thesaurus().languages():
        if other != language:
            for number, named_by in thesaurus().notions(typed, other).items():
                if named_by <= unknown:
                    for place in named_by:
                        related[place] |= dict.fromkeys(thesaurus().ways(number))


def _without_typed(found: Iterable[Related], term: Term, language: str) -> Iterable[Related]:
    own = {token(form, language) for form in term.forms}
    for its_language, way in found:
        if not (its_language == language and len(way) == 1 and token(way[0], language) in own):
            yield its_language, way
