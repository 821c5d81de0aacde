"""Where somebody lives: street and number as each language writes them, or "lives at 14".

The addresses of town halls, police stations and libraries are public, and pass.
"""

import re
from collections.abc import Iterator
from functools import cache

from . import languages
from .languages import Language
from .languages.shared import INSTITUTIONS

Span = tuple[int, int]

PARTS = {
    # 12, 12a, 12 bis, 12-14, 12/3; not 12.5, 12 %, 12:30, nor a year
    "num": r"(?!(?:19|20)\d\d\b)\d{1,4}(?:\s?(?:bis|ter|quater))?(?:\s?[a-zA-Z](?![\w'’]))?(?:\s?[-/]\s?\d{1,4}[a-zA-Z]?)?(?![\w%€]|[.,:]\d|\s?(?:%|€|euro|uur|uhr|h\b))",
    # A word of a name that stands in capitals, or any word
    "cap": r"(?-i:(?<!\w)[A-ZÀ-ÖØ-ÞŠŽ][\w'’.-]{0,40}|(?<!\w)\d{1,4}(?=\s))",
    "name": r"(?<!\w)[^\W\d_][\w'’.-]{0,40}",
    "of": r"(?:de|du|des|d['’]|la|le|les|l['’]|el|los|las|dels?|della|delle|dei|degli|di|van|der|den|von|the|of|en|na|sant|san|santa|st)",
}
NEAR = 48
NO_STREET = re.compile(
    r"^\W*(?:llei|ley|loi|legge|wet|law|article|art|erwägungsgrund|considerando?)\b", re.IGNORECASE
)  # "Law 5/2014"
# "He stands before the school and lives in ...": the school does not make it public.
LIVES = r"\b(?:lives?|living|woont|wonen|wohnt|wohnen|habite(?:nt)?|abita(?:no)?|viven?|viu(?:en)?)\b"


def find(text: str, language: Language) -> Iterator[Span]:
    for pattern in _patterns(language.code):
        for match in pattern.finditer(text):
            start, end = match.span("it") if "it" in pattern.groupindex else match.span()
            is_number = text[:start].endswith("+")  # "+31 6 ..." is a telephone number
            if not is_number and not NO_STREET.search(match.group()) and not _is_public(text, match):
                yield start, end


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    own = languages.of(code)
    shapes = [*own.streets, *own.lives_at]
    for other in languages.CODES:
        if other != own.code:
            shapes += languages.of(other).foreign_streets
    return tuple(re.compile(_filled(shape), re.IGNORECASE) for shape in shapes)


def _filled(shape: str) -> str:
    for name, part in PARTS.items():
        shape = shape.replace(f"{{{name}}}", f"(?:{part})")
    return shape


def _is_public(text: str, match: re.Match[str]) -> bool:
    """Whether it is called an institution's: in the same sentence, or in the name of the street itself."""
    before = re.split(rf"[.!?;]\s|\n|{LIVES}", text[max(0, match.start() - NEAR) : match.start()])[-1]
    after = re.split(r"[.!?;]\s|\n", text[match.end() : match.end() + NEAR // 2])[0]
    return any(INSTITUTIONS.search(part) for part in (before, match.group(), after))
