"""Reports, and the notices of illegal content among them."""

from typing import Any

from django.db import transaction

from portal.languages import active_language

from .. import services
from ..counting import counted
from ..mail import address_of, digest, queue
from ..models import CommentState, Report

DAY = 24 * 60 * 60
MOST_RECEIPTS = 5  # to one address in a day


@transaction.atomic
def report(*, row: CommentState, reporter: Any, reason: str, explanation: str, nonce: str, **notice: Any) -> Report:
    """`notice` holds the further fields of a notice of illegal content: law, name, email, good_faith."""
    made = services.report_comment(row=row, reporter=reporter, reason=reason, explanation=explanation, nonce=nonce)
    if made.language:  # sent twice
        return made
    made.language, made.is_notice = active_language(), bool(notice)
    for field, value in notice.items():
        setattr(made, field, value)
    made.save(update_fields=["language", "is_notice", *notice])
    if made.email and _may_have_receipt(made.email, reporter):
        queue("report-receipt", made.pk)
    return made


def _may_have_receipt(email: str, reporter: Any) -> bool:
    """Anybody can type any address into the form, which must not fill the mailbox of somebody else.

    Whoever is not written to has the receipt all the same: the page that follows the form is one, with its address.
    """
    if reporter.is_authenticated and address_of(reporter).casefold() == email.casefold():
        return True
    return counted(f"community-receipts:{digest(email)}", DAY, unknown=MOST_RECEIPTS + 1) <= MOST_RECEIPTS
