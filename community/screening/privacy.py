"""The first, simple check for personal data: e-mail addresses, account numbers, telephone numbers.

What is certain is refused until it is changed; a telephone number may be that of a public service, so the writer may
insist and a moderator decides.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal import personal_data

from ..reasons import HoldReason
from .findings import Draft, Finding, Hit, Verdict

RULE = 3  # of the house rules


def no_personal_data(draft: Draft) -> Iterator[Finding]:
    emails = [Hit(*span) for span in personal_data.emails(draft.text)]
    ibans = [Hit(*span) for span in personal_data.ibans(draft.text)]
    if emails:
        yield Finding(Verdict.REFUSE, "email", _("This looks like an e-mail address."), rule=RULE, hits=tuple(emails))
    if ibans:
        yield Finding(Verdict.REFUSE, "iban", _("This looks like an account number."), rule=RULE, hits=tuple(ibans))
    taken = [*emails, *ibans]
    phones = [Hit(*span) for span in personal_data.phones(draft.text)]
    phones = [hit for hit in phones if not any(_overlap(hit, other) for other in taken)]
    if phones:
        verdict = Verdict.HOLD if draft.insists else Verdict.WARN
        message = _("This looks like a telephone number.")
        yield Finding(verdict, HoldReason.PHONE, message, rule=RULE, hits=tuple(phones))


def is_contact(name: str) -> bool:
    """Whether a name is a way to reach somebody."""
    return any(pattern.search(name) for pattern in (personal_data.EMAIL, personal_data.PHONE))


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end
