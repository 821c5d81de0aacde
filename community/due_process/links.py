"""The page of a report is reached by its number and a signature of it, so that no account is needed to come back.

The signature is not stored: whoever reads the database cannot open the pages.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from ..models import Report

_signer = Signer(salt="community.report")


def secret(number: str) -> str:
    return _signer.signature(number)


def is_right(number: str, given: str) -> bool:
    try:
        _signer.unsign(f"{number}:{given}")
    except BadSignature:
        return False
    return True


def status_path(report: Report, name: str = "report_status") -> str:
    """In the language of the reporter, as his mails are; else in that of the page that asks."""
    with translation.override(report.language or translation.get_language() or settings.LANGUAGE_CODE):
        return reverse(f"community:{name}", args=[report.number, secret(report.number)])


def readable(number: str) -> str:
    """In two halves, to be read out or written down."""
    return f"{number[:5]}-{number[5:]}"
