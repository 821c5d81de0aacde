"""One plain writing of a text, in which every place still leads back to the text as it was typed.

People write around a filter: full-width digits, digits of other scripts, invisible characters, letters of another
alphabet that look alike. The rules read the plain writing; what they find is marked in the original.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# All that Western European keyboards write needs no folding; most texts are no further looked at.
STRANGE = re.compile(r"[^\t\n\r\x20-\x7e\xa1-\xac\xae-\u024f\u2018\u2019\u201c\u201d\u2026\u20ac]")
LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo",
)
PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "″": '"', "⁄": "/", "∕": "/"}


@dataclass(frozen=True)
class Folded:
    text: str
    places: Sequence[int] | None  # where each character stands in the original; None when nothing was moved
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words of the original that `text[start:end]` was made of."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def changed(self, parts: list[tuple[int, int, str]]) -> "Folded":
        """With other words in some places, in the order of the text."""
        text: list[str] = []
        places: list[int] = []
        done = 0
        for start, end, words in [*parts, (len(self.text), len(self.text), "")]:
            text.append(self.text[done:start])
            places += self.places[done:start] if self.places else range(done, start)
            if words:
                first, last = self.span(start, end)
                text.append(words)
                places += [first] * (len(words) - 1) + [last - 1]
            done = end
        return Folded("".join(text), places, self.length)


def fold(text: str) -> Folded:
    if not STRANGE.search(text):
        return Folded(text.replace("’", "'").replace("‘", "'"), None, len(text))
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in _plain(char):
            folded.append(plain)
            places.append(place)
    return Folded("".join(folded), places, len(text))


def bare(text: str) -> str:
    """Lower case without accents, of the same length: for looking words up."""
    if text.isascii():
        return text.lower()
    return "".join(map(_bare, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in PLAIN:
        return PLAIN[char]
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"} or char in "\u115f\u1160\u3164":
        return ""
    digit = unicodedata.digit(char, None)
    if digit is not None and category == "Nd":
        return str(digit)
    if category == "Pd" or char == "−":
        return "-"
    if category in {"Zl", "Zp"} or char == "\x85":
        return "\n"
    return unicodedata.normalize("NFKC", char).translate(LOOK_ALIKE)


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    special = {"ß": "s", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "a", "œ": "o"}.get(char.lower())
    return special or unicodedata.normalize("NFD", char)[0].lower()[:1] or char
