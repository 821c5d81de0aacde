"""Findings as readers see them: what was found, and how many said so."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from portal import vocabulary as v

DOTS = 4
FILLED: dict[str, int] = {
    v.FindingStrength.ALL: 4,
    v.FindingStrength.MANY: 3,
    v.FindingStrength.SOME: 2,
    v.FindingStrength.ONE: 1,
    v.FindingStrength.NOT_STATED: 0,
}


@dataclass(frozen=True)
class Strength:
    """How many said so, as four dots and a word; without a filled dot nobody has said how many."""

    label: str
    filled: int

    @property
    def dots(self) -> list[bool]:
        return [place < self.filled for place in range(DOTS)]


@dataclass(frozen=True)
class Voice:
    anchor: str
    text: str
    original: str
    original_language: str  # a code
    language_name: str
    attribution: str
    is_paraphrase: bool
    findings: list[str]  # the numbers of those that it carries
    patterns: list[Any]
    mark: SafeString


@dataclass(frozen=True)
class Finding:
    code: str
    kind: str
    strength: Strength
    text: str
    patterns: list[Any]
    recommendations: list[Any]
    voices: list[Voice]
    mark: SafeString


def strength(code: str) -> Strength:
    return Strength(v.label(v.FindingStrength, code), FILLED.get(code, 0))


def kind(code: str) -> str:
    return v.label(v.FindingKind, code)


def anchor(code: str) -> str:
    return code.lower()


def voice_anchor(place: int) -> str:
    """Where a quote stands on its page: the first of those that are shown is 1."""
    return f"voice-{place}"


def scale() -> list[Strength]:
    return [strength(code) for code in FILLED]
