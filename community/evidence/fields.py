"""When it was: a year or a month, in the ways in which people write them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.fields import PartialDate

FIRST_YEAR = 1950
WRITTEN = (
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[-./ ](?P<month>\d{1,2})(?:[-./ ]\d{1,2})?"),
    re.compile(r"(?:\d{1,2}[-./ ])?(?P<month>\d{1,2})[-./ ](?P<year>\d{4})"),
)


class MonthField(forms.CharField):
    """A year, or a month of it. A day is taken for its month: it would help nobody and could point to somebody."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": 10}))
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return _read(text) if text else ""


def _read(text: str) -> PartialDate:
    found = next(filter(None, (form.fullmatch(text) for form in WRITTEN)), None)
    if found is None:
        raise ValidationError(_("Give a year, such as 2025, or a month, such as 2025-03."), code="unreadable")
    parts = found.groupdict()
    year, month = int(parts["year"]), int(parts.get("month") or 1)
    if not 1 <= month <= 12:
        raise ValidationError(_("There are twelve months. Give one such as 2025-03, or the year alone."), code="month")
    if year < FIRST_YEAR:
        raise ValidationError(_("That is longer ago than people can report on. Is the year right?"), code="early")
    if date(year, month, 1) > timezone.localdate():
        raise ValidationError(_("That has not come yet. Report what has happened."), code="future")
    return PartialDate(f"{year}-{month:02}" if parts.get("month") else str(year))
