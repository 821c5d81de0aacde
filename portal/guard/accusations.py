"""A person who can be recognised, accused of something, in whatever words.

No list holds all deeds, and the same words tell of whoever stole and of whoever was robbed. So the signs of a text are
weighed: what stands on which side of a name, of which list its words are, and whether a sentence has the grammar of an
accusation. What each sign weighs was learnt from some 16,000 lines (`training/`); nothing but sums is done here, so that
it can be said which words made the difference.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from . import grammar, languages, weights
from .features import STOPS, Reading
from .languages import Language
from .people import Token, tokens
from .shapes import NAME

Span = tuple[int, int]

START = "start"  # what every text weighs
# What may be the name of a place accuses nobody without a word or the grammar of harm.
HARM = frozenset(["t=act", "t=role", "t=crime", "t=did", "t=guilty", "t=suspect"])


def find(text: str, language: str, known: Collection[str] = ()) -> Iterator[Span]:
    """From the name to the words that tell most, or the other way round; one place in a text."""
    words = tokens(text)
    for one in languages.told_by([word.bare for word in words], language):
        found = _found(words, one, known)
        if found:
            yield found
            return


def signs(words: list[Token], language: Language, known: Collection[str] = ()) -> tuple[Reading, dict[str, list[int]]]:
    """The signs of a text, each with the places of the words it is about; none when nobody is named."""
    reading = Reading(words, language, known)
    found: dict[str, list[int]] = defaultdict(list)
    for sign, at in reading.signs():
        found[sign].append(at)
    if found:
        found.update((f"grammar={label}", list(reading.names)) for label in grammar.found_in(words, language, known))
    return reading, found


def _found(words: list[Token], language: Language, known: Collection[str]) -> Span | None:
    reading, found = signs(words, language, known)
    if not found or (NAME not in reading.words and not _tells_harm(found)):
        return None
    weighed = weights.of(language.code)
    total = weighed[START] + sum(weighed.get(sign, 0.0) for sign in found)
    return _told_most(reading, found, weighed) if total > 0 else None


def _tells_harm(found: Collection[str]) -> bool:
    return not HARM.isdisjoint(found) or any(sign.startswith("grammar=shape") for sign in found)


def _told_most(reading: Reading, found: dict[str, list[int]], weighed: dict[str, float]) -> Span:
    """The name, and the words of its sentence that made the difference."""
    told: dict[int, float] = defaultdict(float)
    for sign, places in found.items():
        for at in set(places):
            told[at] += weighed.get(sign, 0.0)
    sentence = [_sentence(reading, name) for name in reading.names]
    name, (first, last) = max(
        zip(reading.names, sentence, strict=True), key=lambda each: sum(told[at] for at in range(*each[1]))
    )
    word = max((at for at in range(first, last) if at != name), key=lambda at: told[at], default=name)
    start, end = sorted((name, word))
    return reading.spans[start][0], reading.spans[end][1]


def _sentence(reading: Reading, at: int) -> Span:
    first = next((place + 1 for place in range(at - 1, -1, -1) if reading.words[place] in STOPS), 0)
    last = next((place for place in range(at, len(reading.words)) if reading.words[place] in STOPS), len(reading.words))
    return first, last
