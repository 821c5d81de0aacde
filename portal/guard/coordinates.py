"""Places on a map so exact that they show one house."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

DECIMAL = r"[-+]?\d{1,3}[.,]\d{4,10}"
MARK = r"\s?°?\s?[NSEWOZ]?"
PAIR = re.compile(
    rf"(?<![\w.,])(?:[NS]\s?)?({DECIMAL}){MARK}(?:\s*[,;/|]\s*|\s+(?:en|et|and|und|e|y|i)\s+|\s+)"
    rf"(?:(?:lon|lng|long|longitude|longitud|lengte|länge|longitudine)\w{{0,6}}\W{{0,3}})?(?:[EWOZ]\s?)?({DECIMAL})(?!\w*\d){MARK}",
    re.IGNORECASE,
)
NAMED = re.compile(
    rf"\b(?:lat|latitude|latitud|latitudine|breite|breitengrad|breedte|breedtegraad)\b\W{{0,4}}({DECIMAL})",
    re.IGNORECASE,
)
DEGREES = re.compile(
    r"(?<!\w)(?:[NSEWOZ]\s?)?\d{1,3}\s?(?:°|º|deg|degrees|grad|degrés|graden|gradi|grados|graus)\s?\d{1,2}(?:[.,]\d+)?\s?(?:['´`]|min\w*)"
    r"(?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:\"|''|´´|sec\w*|”)?)?\s?[NSEWOZ]?(?!\w)"
    r"(?:[\s,;/]{1,3}(?:[NSEWOZ]\s?)?\d{1,3}\s?(?:°|º)\s?\d{1,2}(?:[.,]\d+)?\s?['´`](?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:\"|''|”)?)?\s?[NSEWOZ]?)?",
    re.IGNORECASE,
)
THREE_WORDS = re.compile(r"(?<![\w:/])///[^\W\d_]+\.[^\W\d_]+\.[^\W\d_]+")
DOI = re.compile(r"doi[^\s]{0,8}\s?$", re.IGNORECASE)  # "doi.org/10.2436/20.8030"
# 51°N, or 20° outside, is no place of anybody.


def find(text: str) -> Iterator[Span]:
    for match in PAIR.finditer(text):
        north, east = (_number(match[group]) for group in (1, 2))
        is_default = north == east == 0  # what maps show for a place they do not know
        if abs(north) <= 90 and abs(east) <= 180 and not is_default and not DOI.search(text[: match.start()]):
            yield match.span()
    for pattern in (NAMED, DEGREES, THREE_WORDS):
        for match in pattern.finditer(text):
            yield match.span()


def _number(written: str) -> float:
    return float(written.replace(",", "."))
