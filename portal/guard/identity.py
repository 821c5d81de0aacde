"""Numbers by which a state knows a person: only with the word that says so, since random digits pass most checks."""

import re
from collections.abc import Iterator
from importlib import import_module

from .languages.shared import ID_WORDS

# The numbers whose check digits `python-stdnum` knows, by the shape they are tried for.
CHECKS = (
    "nl.bsn", "be.nn", "fr.nir", "fr.nif", "de.idnr", "it.codicefiscale", "es.dni", "es.nie", "es.nif", "es.cif", "gb.nhs",
    "bg.egn", "pl.pesel", "pt.nif", "ch.ssn", "at.vnr", "ro.cnp", "ie.pps", "ad.nrt",
)  # fmt: skip
NUMBER = re.compile(
    r"(?<![\w@])(?:(?-i:[A-Z]{1,3})[ .-]?|[A-Z]{1,2})?\d(?:[ .\-/]{0,2}[A-Z0-9]){4,17}(?!\w)|(?<!\w)(?-i:(?=(?:[A-Z]*\d){3})[A-Z0-9]{7,10})(?!\w)",
    re.IGNORECASE,
)
TAX_CODE = re.compile(
    r"(?<!\w)[A-Z]{6}[ ]?\d{2}[ ]?[ABCDEHLMPRST][ ]?\d{2}[ ]?[A-Z]\d{3}[ ]?[A-Z](?!\w)", re.IGNORECASE
)
# British driving licences: five letters of the name, six digits of the birthday, initials.
LICENCE = re.compile(r"(?<!\w)[A-Z]{2,5}9{0,3}(?<=[A-Z9]{5})\d[0156]\d{4}[A-Z9]{2}[A-Z0-9]{3}(?!\w)")
# Cards of health insurance in Europe: 80, the country as a number, 15 more digits, in groups or not. The number 20
# digits long is no other's, so that no word has to stand beside it.
_COUNTRIES = (
    "040|056|100|191|196|203|208|233|246|250|276|300|348|352|372|380|428|438|440|442|470|528|578|616|620|642|703|705|"
    "724|752|756|826"
)
HEALTH_CARD = re.compile(rf"(?<![\d.,])80[ ]?(?:{_COUNTRIES})(?:[ .\-/]?\d){{15}}(?![\d]|[.,]\d)")
# Health cards of Spain: of Catalonia, letters of both surnames, the sex, the birthday; of the whole country, a constant
# beginning. And the Italian codes for people without papers.
CARD_OF_A_STATE = re.compile(
    r"(?<!\w)(?:(?!ISBN|IBAN)[A-Z]{4}[ ]?[01][ ]?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ ]?\d\d[ ]?\d"
    r"|B{8}[A-Z]{2}\d{6}|(?:STP|ENI)[ ]?\d{13})(?!\w)"
)
REACH = 48  # characters between the word and the number
Span = tuple[int, int]


def find(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether the check digits of some country are right."""
    for pattern in (TAX_CODE, LICENCE, HEALTH_CARD):
        for match in pattern.finditer(text):
            yield *match.span(), True
    for match in CARD_OF_A_STATE.finditer(text):
        yield *match.span(), False
    for word in ID_WORDS.finditer(text):
        end = _sentence_end(text, word.end())
        number = next((found for found in NUMBER.finditer(text, word.end(), end) if _may_be_one(found.group())), None)
        if number is None:  # "123456789 is his BSN"
            number = _last_before(text, word.start())
        if number:
            start, end = _trimmed(text, number)
            yield start, end, is_valid(text[start:end])


def is_valid(written: str) -> bool:
    compact = re.sub(r"\W", "", written).upper()
    return any(import_module(f"stdnum.{check}").is_valid(compact) for check in CHECKS)


def _last_before(text: str, end: int) -> re.Match[str] | None:
    found = [match for match in NUMBER.finditer(text, max(0, end - REACH), end) if _may_be_one(match.group())]
    return found[-1] if found else None


def _may_be_one(written: str) -> bool:
    digits = sum(map(str.isdigit, written))
    if re.search(r"\d [a-zà-ÿ]{2,} \d", written):  # "62 of 100"
        return False
    return (
        3 <= digits <= 16
        and len(re.sub(r"\W", "", written)) > 4
        and not re.fullmatch(r"[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d", written)
    )


def _trimmed(text: str, number: re.Match[str]) -> Span:
    """Without the words that follow: they are letters too."""
    start, end = number.span()
    written = text[start:end]
    words = re.search(r"[ ](?=[^\W\d_]{2,}(?:\W|$))|\s(?=[^\W\d_]\s[^\W\d_])", written)
    while words and sum(map(str.isdigit, written[: words.start()])) >= 6:
        written = written[: words.start()]
        words = re.search(r"[ ](?=[^\W\d_]{2,}(?:\W|$))", written)
    return start, start + len(written.rstrip())


def _sentence_end(text: str, start: int) -> int:
    stop = re.compile(r"(?<=\w{3})(?<!nr)(?<!núm)[.!](?=\s+[^\W\d_])|\n\n").search(text, start, start + REACH + 24)
    return min(stop.start() if stop else len(text), start + REACH + 24)
