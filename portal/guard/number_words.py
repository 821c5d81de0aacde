"""Numbers written in words, as who dictates a telephone number past a filter writes them: "zero six, douze ..."."""

import re
from functools import cache

from . import languages
from .folding import Folded, bare

LEAST_WORDS = 4  # fewer in a row are ordinary language
WORD = re.compile(r"[^\W\d_]+|\d+")
# In Spanish and Catalan, mobile numbers are often read in groups of three.
HUNDREDS = (
    "doscientos|dos_cents trescientos|tres_cents cuatrocientos|quatre_cents quinientos|cinc_cents seiscientos|sis_cents "
    "setecientos|set_cents ochocientos|vuit_cents novecientos|nou_cents"
)
TWICE = frozenset(["double", "doble", "dubbel", "doppel", "doppelt", "doppio", "doppia"])
GAP = re.compile(r"[\s,.;:\-–/()]{0,4}")


def spelt_out(folded: Folded) -> Folded | None:
    """The text with rows of number words turned to digits; None when there are none."""
    parts: list[tuple[int, int, str]] = []
    row: list[tuple[int, int, str, bool]] = []
    lower = bare(folded.text)
    known = _values()
    place = 0
    for match in _tokens(lower, known):
        start, end, digits, in_words = match
        if row and not GAP.fullmatch(lower, place, start):
            parts += _joined(row)
            row = []
        row.append((start, end, digits, in_words))
        place = end
    parts += _joined(row)
    return folded.changed(parts) if parts else None


def _joined(row: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, str]]:
    while row and not row[-1][3]:
        row.pop()
    digits = "".join(part[2] for part in row)
    if sum(part[3] for part in row) < LEAST_WORDS or not 7 <= len(digits) <= 15:
        return []
    return [(row[0][0], row[-1][1], digits)]


def _tokens(text: str, known: dict[str, str]) -> list[tuple[int, int, str, bool]]:
    """Number words and digits; "soixante dix huit" and "trenta-quatre" are one, and so is "sis-cents vint"."""
    words = list(WORD.finditer(text))
    found: list[tuple[int, int, str, bool]] = []
    place = 0
    while place < len(words):
        start = words[place].start()
        value, length = _longest(text, words, place, known)
        if value and value.endswith("00") and place + length < len(words):
            rest, more = _longest(text, words, place + length, known)
            between = text[words[place + length - 1].end() : words[place + length].start()]
            if rest and len(rest) < 3 and between.isspace():
                value, length = str(int(value) + int(rest)), length + more
        if words[place].group() in TWICE and place + 1 < len(words):
            value, length = _longest(text, words, place + 1, known)
            value, length = value * (2 if len(value) == 1 else 0), length + 1
        if value:
            found.append((start, words[place + length - 1].end(), value, True))
        elif words[place].group().isdigit():
            found.append((*words[place].span(), words[place].group(), False))
        place += max(length, 1)
    return found


def _longest(text: str, words: list[re.Match[str]], place: int, known: dict[str, str]) -> tuple[str, int]:
    """The number of the most words that begins here, and how many they are."""
    if words[place].group() not in _beginnings():
        return "", 0
    for length in (4, 3, 2, 1):
        group = words[place : place + length]
        written = text[group[0].start() : group[-1].end()]
        key = re.sub(r"[\s-]+", " ", written)
        if len(group) == length and key in known:
            return known[key], length
    return "", 0


@cache
def _values() -> dict[str, str]:
    """Every number from 0 to 99, in the words of all languages at once."""
    values: dict[str, str] = {"plus": "+"}
    for code in languages.CODES:
        small, tens = (_spellings(row) for row in languages.of(code).numbers)
        for number, words in enumerate(small):
            values.update(dict.fromkeys(words, str(number)))
        for ten, words in enumerate(tens, 2):
            values.update(dict.fromkeys(words, str(ten * 10)))
            for unit, units in enumerate(small[:20]):
                if 0 < unit < 10 or (code == "fr" and ten in {6, 8} and unit > 9):
                    for joined in _compounds(code, words, units):
                        values[joined] = str(ten * 10 + unit)
    for number, spellings in enumerate(HUNDREDS.split(), 2):
        values.update(dict.fromkeys(spellings.replace("_", " ").split("|"), str(number * 100)))
    values.pop("o", None)
    return values


@cache
def _beginnings() -> frozenset[str]:
    """The first words of all numbers: most words of a text are none."""
    return frozenset(match.group() for number in _values() if (match := WORD.match(number)))


def _compounds(code: str, tens: list[str], units: list[str]) -> list[str]:
    found = []
    for ten in tens:
        for unit in units:
            if code == "de":
                found.append(f"{'ein' if unit == 'eins' else unit}und{ten}")
            elif code == "nl":
                found += [f"{unit}en{ten}", f"{unit} en {ten}"]
            elif code == "it":
                found.append(f"{ten[:-1] if unit[0] in 'uo' else ten}{unit}")
            elif code == "es":
                found += [f"{ten} y {unit}", f"venti{unit}" if ten == "veinte" else f"{ten} {unit}"]
            elif code == "ca":
                found += [f"{ten} {unit}", f"{ten} i {unit}"]
            else:
                found += [f"{ten} {unit}", f"{ten} et {unit}"]
    return found


def _spellings(row: str) -> list[list[str]]:
    return [[bare(word.replace("_", " ").replace("-", " ")) for word in group.split("|")] for group in row.split()]
