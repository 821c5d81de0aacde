"""The first, simple check for personal data: e-mail addresses, account numbers, telephone numbers.

What is certain is refused until it is changed; a telephone number may be that of a public service, so the writer may
insist and a moderator decides.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..reasons import HoldReason
from .findings import Draft, Finding, Hit, Verdict

_email = re.compile(
    r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"
    r"|[\w.+'-]{1,64}\s?[(\[](?:at|a|chez)[)\]]\s?[\w-]{1,63}\s?(?:\.|[(\[](?:dot|punt|punto|point|punkt)[)\]])\s?\w{2,}",
    re.IGNORECASE,
)
_iban = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}", re.IGNORECASE)
# International, or national with a leading nought; groups may be parted by spaces, dots, hyphens, slashes, brackets.
_phone = re.compile(r"(?<![\w/.-])(?:\+|00|\(?0)\d?(?:[\s().\-–/_]{0,3}\d){7,13}(?![\w/])")
_date = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d")
RULE = 3  # of the house rules


def no_personal_data(draft: Draft) -> Iterator[Finding]:
    emails = list(_hits(_email, draft.text))
    ibans = [valid for hit in _hits(_iban, draft.text) if (valid := _valid_iban(draft.text, hit))]
    if emails:
        yield Finding(Verdict.REFUSE, "email", _("This looks like an e-mail address."), rule=RULE, hits=tuple(emails))
    if ibans:
        yield Finding(Verdict.REFUSE, "iban", _("This looks like an account number."), rule=RULE, hits=tuple(ibans))
    taken = [*emails, *ibans]
    phones = [hit for hit in _phones(draft.text) if not any(_overlap(hit, other) for other in taken)]
    if phones:
        verdict = Verdict.HOLD if draft.insists else Verdict.WARN
        message = _("This looks like a telephone number.")
        yield Finding(verdict, HoldReason.PHONE, message, rule=RULE, hits=tuple(phones))


def is_contact(name: str) -> bool:
    """Whether a name is a way to reach somebody."""
    return any(True for pattern in (_email, _phone) for _hit in _hits(pattern, name))


def _hits(pattern: re.Pattern, text: str) -> Iterator[Hit]:
    return (Hit(*match.span()) for match in pattern.finditer(text))


def _phones(text: str) -> Iterator[Hit]:
    for hit in _hits(_phone, text):
        is_book = text[: hit.start].rstrip(" :-").upper().endswith("ISBN")
        if not is_book and not _date.match(text, hit.start):
            yield hit


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _valid_iban(text: str, hit: Hit) -> Hit | None:
    """The longest beginning of the hit whose check digits are right; words may follow the number."""
    for end in range(hit.end, hit.start + 14, -1):
        number = re.sub(r"[^A-Za-z0-9]", "", text[hit.start : end]).upper()
        if 15 <= len(number) <= 34 and _checksum(number) == 1:
            return Hit(hit.start, end)
    return None


def _checksum(number: str) -> int:
    digits = "".join(str(int(char, 36)) for char in number[4:] + number[:4])
    return int(digits) % 97
