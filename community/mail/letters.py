"""Where mail reaches an account, and in which language."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings

from portal.addresses import LANGUAGE_CODES

from ..models import Member


def address_of(user: Any) -> str:
    """Where mail reaches an account: its main address, once confirmed. Empty where there is none.

    Accounts made in the admin have no rows of django-allauth; whoever made them vouches for the address.
    """
    if not user.is_active:
        return ""
    known = list(EmailAddress.objects.filter(user_id=user.pk).order_by("-primary", "pk"))
    if known:
        return next((row.email for row in known if row.verified), "")
    return str(user.email)


def language_of(user: Any) -> str:
    """The language that a member has chosen for our mails."""
    chosen = Member.objects.filter(user_id=user.pk).values_list("language", flat=True).first()
    return chosen if chosen in LANGUAGE_CODES else settings.LANGUAGE_CODE
