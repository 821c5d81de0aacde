"""The subject's words in all languages, see thesaurus.txt: what else the texts may call what a reader typed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from portal.words.analysis import COMPOUND, clean, token, words
from portal.words.folding import fold

FILE = Path(__file__).with_name("thesaurus.txt")
COLUMNS = ("en", "fr", "nl", "de", "it", "es", "ca")

SHORTEST_COMMON, LONGEST_ENDING = 3, 3  # letters

Way = tuple[str, ...]  # one or several words, in lower case, without those too common to count
Related = tuple[str, Way]  # language, words


class Thesaurus:
    def __init__(self, text: str) -> None:
        self._notions: list[dict[str, list[Way]]] = []
        self._by_token: dict[str, list[tuple[int, Way]]] = defaultdict(list)
        self._folded: dict[str, dict[str, str]] = defaultdict(dict)
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                self._add(line)

    def _add(self, line: str) -> None:
        notion: dict[str, list[Way]] = {}
        for language, cell in zip(COLUMNS, line.split("|"), strict=True):
            ways = [way for typed in cell.split(",") for way in _ways(typed, language) if way]
            notion[language] = list(dict.fromkeys(ways))
            for way in notion[language]:
                for word in way:
                    self._by_token[token(word, language)].append((len(self._notions), way))
                    self._folded[language].setdefault(fold(word), word)
        self._notions.append(notion)

    def languages(self) -> tuple[str, ...]:
        return COLUMNS

    def knows(self, word: str, language: str) -> bool:
        return token(word, language) in self._by_token

    def words(self, language: str) -> dict[str, str]:
        """Every word of a language by its spelling without accents."""
        return self._folded[language]

    def notions(self, typed: Sequence[str], language: str) -> dict[int, set[int]]:
        """The notions that these words of a language name, each with the places of the words that name it."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(typed):
            if its_token := token(word, language):
                places[its_token].append(place)
        found: dict[int, set[int]] = defaultdict(set)
        for its_token in places:
            for number, way in self._by_token.get(its_token, ()):
                meant = [_meaning(word, typed, places.get(token(word, language), [])) for word in way]
                if all(meant):
                    found[number].update(*meant)
        return found

    def ways(self, number: int) -> Iterator[Related]:
        """Everything that a notion is called."""
        for language, ways in self._notions[number].items():
            for way in ways:
                yield language, way


def _meaning(word: str, typed: Sequence[str], places: Iterable[int]) -> set[int]:
    return {place for place in places if _is_form(fold(typed[place]), fold(word))}


def _is_form(typed: str, word: str) -> bool:
    """Whether one may be a form of the other. A stem alone does not tell: French makes the same of “publication” and
    “publiquement”, and the stemmer of another language makes anything of a word.
    """
    same = max(SHORTEST_COMMON, min(len(typed), len(word)) - LONGEST_ENDING)
    return typed == word or (len(word) >= same and typed.startswith(word[:same]))


def _ways(typed: str, language: str) -> Iterator[Way]:
    """The words as they stand, and those joined by a hyphen as one."""
    found = words(clean(typed), language)
    joined = len(COMPOUND.findall(typed))
    apart = len(found) - joined
    yield tuple(word for word in found[:apart] if token(word, language))
    for word in found[apart:]:
        yield (word,)


@cache
def thesaurus() -> Thesaurus:
    return Thesaurus(FILE.read_text("utf-8"))
