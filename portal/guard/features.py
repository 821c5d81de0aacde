"""What of a text tells whether it accuses somebody, as named signs that a model weighs (see `accusations`).

Names are replaced by a sign, so that nobody's name can weigh anything. What counts is which words stand there, on which
side of a name and how near, and of which list of the language they are: a word that no model has seen still belongs to
the crimes, to what witnesses do, or to those who are thanked.
"""

from collections.abc import Collection, Iterator
from functools import cache, lru_cache

import Stemmer

from ..words.analysis import SNOWBALL
from . import languages
from .grammar import is_known
from .languages import Language
from .people import Token, is_surely, names_in
from .shapes import MAYBE, NAME

Span = tuple[int, int]

# Lists of languages/<code>.txt whose single words are signs.
LISTS = (
    "role", "act", "crime", "did", "suspect", "guilty", "weak", "front", "hint", "say", "thanks", "office", "source",
    "victim", "victimof", "passive", "never", "fiction", "lesson", "cop", "by", "who", "caught", "inf", "frame",
    "called", "isit", "cleft",
)  # fmt: skip
NEAR = 8  # words on each side of a name
STOPS = frozenset(".!?\n…")
MOST_NAMES = 12  # of a text; the signs of more are the same


class Reading:
    """The words of a text in one language, with its names as signs."""

    def __init__(self, words: list[Token], language: Language, known: Collection[str] = ()) -> None:
        self.code = language.code
        self.words: list[str] = []
        self.spans: list[Span] = []  # of each word in the text
        spans = {start: end for start, end in names_in(words, language) if not is_known(words, (start, end), known)}
        place = 0
        while place < len(words):
            end = spans.get(place, place + 1)
            bare = words[place].bare
            if place in spans:
                bare = NAME if is_surely(words, place, end, language) else MAYBE
            self.words.append(bare)
            self.spans.append((words[place].start, words[end - 1].end))
            if place in spans and words[end - 1].bare.endswith("'s"):
                self.words.append("'s")
                self.spans.append((words[end - 1].end, words[end - 1].end))
            place = end
        self.names = [at for at, word in enumerate(self.words) if word in (NAME, MAYBE)]

    def signs(self) -> Iterator[tuple[str, int]]:
        """Each with the place of the word that it is about. Those that begin with ":" are of this language only."""
        if not self.names:
            return
        stems = [_stem(self.code, word) for word in self.words]
        lists = [_lists(self.code, word) for word in self.words]
        yield from self._everywhere(stems, lists)
        for name in self.names[:MOST_NAMES]:
            yield from self._beside(name, 1, stems, lists)
            yield from self._beside(name, -1, stems, lists)
        yield from self._around(lists)
        yield f"names={min(len(self.names), 3)}", self.names[0]
        yield f"sure={NAME in self.words}", self.names[0]

    def _everywhere(self, stems: list[str], lists: list[frozenset[str]]) -> Iterator[tuple[str, int]]:
        for at, stem in enumerate(stems):
            yield f":w={stem}", at
            if at + 1 < len(stems):
                yield f":b={stem}_{stems[at + 1]}", at
            word = self.words[at]
            if len(word) > 4:
                yield f":p={word[:4]}", at
                for start in range(len(word) - 3):
                    yield f":c={word[start : start + 4]}", at
            for each in lists[at]:
                yield f"t={each}", at

    def _beside(self, name: int, step: int, stems: list[str], lists: list[frozenset[str]]) -> Iterator[tuple[str, int]]:
        """Until the end of the sentence."""
        side = "R" if step > 0 else "L"
        before: list[str] = []
        previous = ""
        for distance in range(NEAR):
            at = name + step * (distance + 1)
            if not 0 <= at < len(stems):
                yield f"{side}edge{min(distance, 4)}", name
                return
            if self.words[at] in STOPS:
                yield f"{side}end{min(distance, 4)}", at
                return
            stem = "§2" if self.words[at] in (NAME, MAYBE) else stems[at]
            yield f":{side}={stem}", at
            if distance < 3:
                yield f":{side}{distance}={stem}", at
            if previous:
                yield f":{side}b={previous}_{stem}", at
            for each in lists[at]:
                yield f"{side}t={each}", at
                yield f":{side}t={each}", at
                if distance < 3:
                    yield f"{side}{distance}t={each}", at
                for earlier in before:
                    yield f"{side}tt={earlier}>{each}", at
            before += lists[at]
            previous = stem

    def _around(self, lists: list[frozenset[str]]) -> Iterator[tuple[str, int]]:
        left = {each: at for name in self.names for at in range(max(0, name - 6), name) for each in lists[at]}
        right = {
            each: at for name in self.names for at in range(name + 1, min(len(lists), name + 8)) for each in lists[at]
        }
        for after, at in (right or {"-": self.names[0]}).items():
            for before in left or {"-": 0}:
                yield f"LR={before}|{after}", at


@lru_cache(maxsize=20_000)
def _stem(code: str, word: str) -> str:
    if word in (NAME, MAYBE):
        return word
    return str(_stemmer(code).stemWord(word.encode("utf-8", "ignore").decode()))  # no lone surrogates


@cache
def _stemmer(code: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(SNOWBALL[code])


@lru_cache(maxsize=20_000)
def _lists(code: str, word: str) -> frozenset[str]:
    whole, beginnings = _listed(code)
    found = set(whole.get(word, ()))
    for length in range(3, len(word) + 1):
        found.update(beginnings.get(word[:length], ()))
    return frozenset(found)


@cache
def _listed(code: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The lists of each word, and of each beginning of words."""
    whole: dict[str, list[str]] = {}
    beginnings: dict[str, list[str]] = {}
    for name in LISTS:
        for entry in languages.of(code).lists.get(name, []):
            if "_" in entry:
                continue
            if entry.endswith("*") and len(entry) > 3:
                beginnings.setdefault(entry[:-1], []).append(name)
            elif "*" not in entry:
                whole.setdefault(entry, []).append(name)
    return whole, beginnings
