"""Bank accounts: what begins like an IBAN and whose check digits are right."""

import re
from collections.abc import Iterator

from stdnum import iban

Span = tuple[int, int]

SHAPE = re.compile(
    r"(?<![A-Z0-9])[A-Z][ .-]?[A-Z][ .-]?[0-9O][ .-]?[0-9O](?:[ .\-_/\n]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE
)
# How long the numbers of each country are: IBAN registry of SWIFT.
LENGTHS = {
    code: length
    for length, codes in {
        15: "NO", 16: "BE", 18: "DK FI NL FO GL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN", 21: "CH HR LI LV",
        22: "BG DE GB GE IE ME RS BH CR", 23: "GI IL AE TL IQ", 24: "AD CZ ES MD RO SE SK TN SA PK VG", 25: "PT ST LY",
        26: "IS TR", 27: "FR GR IT SM MC BI DJ MR", 28: "AL AZ CY DO GT HU LB PL BY SV NI", 29: "BR PS QA UA EG",
        30: "JO KW MU", 31: "MT SC", 32: "LC",
    }.items()
    for code in codes.split()
}  # fmt: skip


def find(text: str) -> Iterator[Span]:
    start = 0
    while match := SHAPE.search(text, start):
        end = _valid_end(text, match)
        if end:
            yield match.start(), end
        start = end or match.start() + 1


def _valid_end(text: str, match: re.Match[str]) -> int:
    """Where the number ends if it is one, else 0. Words may follow it: its country says how long it is."""
    places = [place for place in range(*match.span()) if text[place].isalnum()]
    compact = "".join(text[place] for place in places).upper()
    compact = compact[:2] + compact[2:4].replace("O", "0") + compact[4:]
    length = LENGTHS.get(compact[:2], 99)
    is_one = length <= len(compact) and iban.is_valid(compact[:length], check_country=False)
    return places[length - 1] + 1 if is_one else 0
