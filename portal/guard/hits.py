"""What the guard says about a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    EMAIL = "email"
    IBAN = "iban"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    PLATE = "plate"
    ADDRESS = "address"
    COORDINATES = "coordinates"
    PROFILE = "profile"
    ACCUSATION = "accusation"


class Verdict(IntEnum):
    """From mild to final. HOLD is for whoever was warned and insists, and for a guard that broke."""

    PASS = 0
    WARN = 1
    HOLD = 2
    REFUSE = 3

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, order=True)
class Hit:
    """Where something stands in the text as it was typed. `certain` is what has check digits or one shape only."""

    start: int
    end: int
    kind: Kind
    certain: bool = False

    def overlaps(self, other: "Hit") -> bool:
        return self.start < other.end and other.start < self.end


def verdict(hits: Iterable[Hit]) -> Verdict:
    """Only what is certain is refused; the rest is for the writer to judge, and then for a moderator."""
    found = list(hits)
    if any(hit.certain for hit in found):
        return Verdict.REFUSE
    return Verdict.WARN if found else Verdict.PASS
