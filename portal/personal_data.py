"""Finds in a text what leads to a person: e-mail addresses, account numbers, telephone numbers."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

EMAIL = re.compile(
    r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"
    r"|[\w.+'-]{1,64}\s?[(\[](?:at|a|chez)[)\]]\s?[\w-]{1,63}\s?(?:\.|[(\[](?:dot|punt|punto|point|punkt)[)\]])\s?\w{2,}",
    re.IGNORECASE,
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}", re.IGNORECASE)
# International, or national with a leading nought; groups may be parted by spaces, dots, hyphens, slashes, brackets.
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|\(?0)\d?(?:[\s().\-–/_]{0,3}\d){7,13}(?![\w/])")
DATE = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d")


def emails(text: str) -> Iterator[Span]:
    return (match.span() for match in EMAIL.finditer(text))


def ibans(text: str) -> Iterator[Span]:
    """Those whose check digits are right."""
    return (valid for match in IBAN.finditer(text) if (valid := _valid_iban(text, match.span())))


def phones(text: str) -> Iterator[Span]:
    for match in PHONE.finditer(text):
        is_book = text[: match.start()].rstrip(" :-").upper().endswith("ISBN")
        if not is_book and not DATE.match(text, match.start()):
            yield match.span()


def _valid_iban(text: str, span: Span) -> Span | None:
    """The longest beginning whose check digits are right; words may follow the number."""
    start, end_of_match = span
    for end in range(end_of_match, start + 14, -1):
        number = re.sub(r"[^A-Za-z0-9]", "", text[start:end]).upper()
        if 15 <= len(number) <= 34 and _checksum(number) == 1:
            return start, end
    return None


def _checksum(number: str) -> int:
    digits = "".join(str(int(char, 36)) for char in number[4:] + number[:4])
    return int(digits) % 97
