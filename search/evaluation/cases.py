"""A question with its right answers, and what the search made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BEST_GRADE = 3


@dataclass(frozen=True)
class Case:
    """A question, and how well each subject answers it: 3 answers it, 2 a good part, 1 is worth a look."""

    text: str
    language: str  # of the reader
    grades: Mapping[str, int] = field(default_factory=dict)
    asks: str = ""  # keywords, question, inflected, compound, typo, crosslingual
    half: str = ""  # dev: for improving the search; test: for measuring it

    @property
    def has_answer(self) -> bool:
        return bool(self.grades)


@dataclass(frozen=True)
class Outcome:
    """What the search answered: the first subjects in their order, and how many there were."""

    case: Case
    ranked: tuple[str, ...]
    total: int
    step: str = ""
