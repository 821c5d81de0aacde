"""What the texts may say instead of what was typed: other words for the same thing, its name in other languages, the
parts of a compound and words typed apart. All of it counts less than the words as typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, pairwise

from portal.addresses import LANGUAGE_CODES
from portal.words.analysis import token
from portal.words.folding import fold
from portal.words.stopwords import FILLERS

from .compounds import pieces, split
from .documents import Query, Term
from .inflections import plain_forms
from .models import Word
from .thesaurus import Related, thesaurus

MOST_RELATED = 80  # of one term, over all languages
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
    plain = {place: list(plain_forms(word, language)) for place, word in enumerate(typed)}
    known_in = _known_words([*typed, *joined, *chain.from_iterable(plain.values())])
    known = known_in[language]
    joined = {whole: places for whole, places in joined.items() if fold(whole) in known}
    for whole, places in joined.items():
        for place in places:
            related[place][language, (whole,)] = None
    parts = {**_parts(typed, known, language), **_plain(typed, plain, known, language)}
    for place, several in parts.items():
        related[place] |= dict.fromkeys((language, (part,)) for part in several)
    _add_notions(typed, joined, parts, language, related)
    _add_foreign(typed, known_in, language, related)
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


def _known_words(candidates: Iterable[str]) -> Mapping[str, set[str]]:
    """Those of some words that the texts or the thesaurus have, without their accents, by language."""
    folded = {fold(word) for word in candidates}
    known = {language: folded & thesaurus().words(language).keys() for language in LANGUAGE_CODES}
    for language, _word, its_folded, _token in Word.objects.known(folded):
        known.setdefault(language, set()).add(its_folded)
    return known


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
    words = {word for word in _known_words(candidates)[language] if token(word, language)}
    return {place: parts for place in places if (parts := split(fold(typed[place]), words, language))}


def _plain(typed: list[str], forms: dict[int, list[str]], known: set[str], language: str) -> dict[int, tuple[str, ...]]:
    """The plain forms of verbs that nobody knows as they were typed."""

    def is_known(word: str) -> bool:
        return fold(word) in known or thesaurus().knows(word, language)

    unknown = [place for place, word in enumerate(typed) if token(word, language) and not is_known(word)]
    found = {place: tuple(filter(is_known, forms[place])) for place in unknown}
    return {place: meant for place, meant in found.items() if meant}


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


def _add_foreign(
    typed: list[str], known_in: Mapping[str, set[str]], language: str, related: list[dict[Related, None]]
) -> None:
    """Of a word that the reader's language does not have either only if the other has it just so: its stemmer may take
    any misspelt word for one of its own.
    """
    unknown = {place for place, found in enumerate(related) if not found and token(typed[place], language)}
    if not unknown:
        return
    for other in thesaurus().languages():
        words = known_in[language] | known_in[other]
        meant = {place for place in unknown if fold(typed[place]) in words}
        if other != language and meant:
            for number, named_by in thesaurus().notions(typed, other).items():
                if named_by <= meant:
                    for place in named_by:
                        related[place] |= dict.fromkeys(thesaurus().ways(number))


def _without_typed(found: Iterable[Related], term: Term, language: str) -> Iterable[Related]:
    own = {token(form, language) for form in term.forms}
    for its_language, way in found:
        if not (its_language == language and len(way) == 1 and token(way[0], language) in own):
            yield its_language, way
