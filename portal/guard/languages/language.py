from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..folding import bare


@dataclass
class Language:
    """The words of one language. `<code>.txt` beside the module holds what is looked up word by word."""

    code: str
    regions: tuple[str, ...]  # countries whose telephone numbers are written without a prefix
    numbers: tuple[str, str]  # 0 to 19, and 20 to 90, in words
    bare_mobile: str = ""  # mobile numbers that are written without a leading nought
    streets: tuple[str, ...] = ()  # shapes of an address; {num}, {name} and {cap} are filled in
    foreign_streets: tuple[str, ...] = ()  # those that also hold in texts of other languages
    lives_at: tuple[str, ...] = ()
    capital_nouns: bool = False  # a capital says nothing about a name

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """Lists by name, in lower case without accents. A star is any ending or word, an underscore a space.

        A list may fill several lines, such as one for each field of crime.
        """
        text = (Path(__file__).parent / f"{self.code}.txt").read_text(encoding="utf-8")
        found: dict[str, list[str]] = {}
        for line in text.splitlines():
            if line and not line.startswith("#"):
                name, _colon, words = line.partition(":")
                found.setdefault(name, []).extend(bare(words).split())
        return found

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(self.lists["titles"])

    @cached_property
    def common(self) -> frozenset[str]:
        return frozenset(self.lists["common"])

    @cached_property
    def locatives(self) -> frozenset[str]:
        return frozenset(self.lists["locatives"])

    @cached_property
    def name_articles(self) -> frozenset[str]:
        return frozenset(self.lists["name_articles"])

    @cached_property
    def copulas(self) -> frozenset[str]:
        return frozenset(self.lists["cop"]) - self.common.difference(["is", "est", "es", "e"])

    def is_role(self, word: str) -> bool:
        """Whether it says what somebody is: "Fraudster Nigel" is no name of two words."""
        return word in self._roles or word.startswith(self._role_stems)

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(role for role in self.lists["role"] if "*" not in role)

    @cached_property
    def _role_stems(self) -> tuple[str, ...]:
        return tuple(
            role[:-1] for role in self.lists["role"] if role.endswith("*") and len(role) > 5 and "_" not in role
        )
