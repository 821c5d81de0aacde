"""What a translator may put in place of a link, an address or a chosen thing of the original."""

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment

LONGEST = 2000
SCHEMES = ("http", "https")
HIDDEN = re.compile(r"[\x00-\x20\x7f\\]")  # browsers leave these out of an address or turn them
LOCAL = re.compile(r"(?:/(?!/)|#|\?)[^\s]*")
NUMBER = re.compile(r"[0-9]{1,18}")
TELEPHONE = re.compile(r"tel:\+?[0-9().-]+")


def check_override(segment: OverridableSegment, value: str) -> None:
    """Raise ValidationError unless `value` is of the same kind as what the original has, and harmless."""
    check(json.loads(segment.data_json), value)


def check(original: Any, value: str) -> None:
    if len(value) > LONGEST or HIDDEN.search(value):
        raise ValidationError(_("This is not a web address."))
    if not isinstance(original, str):
        if not NUMBER.fullmatch(value):  # of a page, an image, a document
            raise ValidationError(_("Choose one from the list."))
    elif "@" in original and ":" not in original and "/" not in original:
        EmailValidator()(value)
    else:
        _check_address(value)


def _check_address(value: str) -> None:
    scheme, _colon, rest = value.partition(":")
    if scheme.lower() == "mailto":
        EmailValidator()(rest.partition("?")[0])
    elif scheme.lower() in SCHEMES:
        URLValidator(schemes=SCHEMES)(value)
    elif not LOCAL.fullmatch(value) and not TELEPHONE.fullmatch(value):
        raise ValidationError(_("Enter a web address that begins with https://, or an address of this site."))
