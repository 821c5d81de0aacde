"""The rules in their order: what one has taken, the next leaves alone."""

import re
from collections.abc import Collection, Iterator

from . import accounts, accusations, addresses, coordinates, emails, identity, languages, phones, plates, profiles
from .folding import Folded, fold
from .hits import Hit, Kind
from .number_words import spelt_out

MAX_LENGTH = 20_000  # six times the longest comment
URL = re.compile(r"(?:https?://|www\.|(?:wa|signal)\.me/)[^\s<>\"]+", re.IGNORECASE)
MOST = 60  # hits of a kind in one text
DIGIT = re.compile(r"\d")
# Nobody writes these without a digit, so that most texts need not be searched for them.
WITH_DIGITS = frozenset([Kind.ID_NUMBER, Kind.ADDRESS, Kind.PHONE])


class TextTooLong(ValueError):
    """Longer than the guard reads: to be held, like all that could not be checked."""


def inspect(
    text: str, language: str = "", *, kinds: Collection[Kind] = tuple(Kind), known: Collection[str] = ()
) -> list[Hit]:
    """What stands in the text that should not be public, in the order of the text.

    `language` is a code such as "nl"; what needs no words of a language is found in any. `known` are names of people
    who may be named here, such as authors of the sources, and spoken to, such as members who take part.
    """
    if len(text) > MAX_LENGTH:
        raise TextTooLong(len(text))
    folded = fold(text)
    hits: list[Hit] = []
    wanted = kinds if DIGIT.search(folded.text) else set(kinds) - WITH_DIGITS
    for kind, rule in RULES.items():
        if kind in wanted:
            for start, end, certain in rule(folded.text, language, known):
                hit = Hit(*folded.span(start, end), kind, certain)
                if kind is Kind.ACCUSATION:
                    hit = _beside(hit, hits)
                if hit.start < hit.end and not any(hit.overlaps(other) for other in hits):
                    hits.append(hit)
                if len(hits) > MOST:
                    break
    if Kind.PHONE in kinds:
        hits += _in_words(folded, language, hits)
    return sorted(hits)


def _beside(hit: Hit, others: list[Hit]) -> Hit:
    """The longest part of an accusation that no other hit has, which may be empty: places are marked once."""
    parts, start = [], hit.start
    for other in sorted(other for other in others if other.overlaps(hit)):
        parts.append((start, max(start, other.start)))
        start = max(start, other.end)
    parts.append((start, max(start, hit.end)))
    return Hit(*max(parts, key=lambda part: part[1] - part[0]), hit.kind, hit.certain)


def _in_words(folded: Folded, language: str, found: list[Hit]) -> Iterator[Hit]:
    spelt = spelt_out(folded)
    if spelt:
        for start, end in phones.find(spelt.text, languages.of(language), spelt_out=True):
            hit = Hit(*spelt.span(start, end), Kind.PHONE)
            if not any(hit.overlaps(other) for other in found):
                yield hit


Found = Iterator[tuple[int, int, bool]]


def _emails(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, True) for span in emails.find(text))


def _accounts(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, True) for span in accounts.find(text))


def _identity(text: str, language: str, known: Collection[str]) -> Found:
    return identity.find(text)


def _profiles(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, False) for span in profiles.find(text, known))


def _coordinates(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, False) for span in coordinates.find(text))


def _addresses(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, False) for span in addresses.find(_without_links(text), languages.of(language)))


def _plates(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, False) for span in plates.find(_without_links(text)))


def _phones(text: str, language: str, known: Collection[str]) -> Found:
    yield from ((*span, False) for span in phones.find(_without_links(text), languages.of(language)))
    yield from ((*span, False) for span in phones.in_links(text, URL, languages.of(language)))


def _accusations(text: str, language: str, known: Collection[str]) -> Found:
    return ((*span, False) for span in accusations.find(text, language, known))


def _without_links(text: str) -> str:
    """With the same length: the numbers of a page's address are no telephone."""
    return URL.sub(lambda match: " " * len(match.group()), text) if "/" in text or "www." in text else text


RULES = {
    Kind.EMAIL: _emails,
    Kind.IBAN: _accounts,
    Kind.ID_NUMBER: _identity,
    Kind.PROFILE: _profiles,
    Kind.COORDINATES: _coordinates,
    Kind.ADDRESS: _addresses,
    Kind.PLATE: _plates,
    Kind.PHONE: _phones,
    Kind.ACCUSATION: _accusations,
}
