"""Model fields shared by the features."""

import calendar
import datetime
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField as WagtailStreamField


def plain_lines(text: Any) -> Any:
    """Browsers send lines that end in two characters; stored like that, a text nobody touched would seem changed."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


class LinesField(forms.CharField):
    """Several lines of text, as the database keeps them."""

    def to_python(self, value: Any) -> Any:
        return plain_lines(super().to_python(value))


class StreamField(WagtailStreamField):
    """A stream whose block definitions stay out of migrations: changing a block changes no column."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, "portal.fields.StreamField", [], kwargs


class CodesField(models.JSONField):
    """A set of codes of one enumeration, kept as a JSON list in the order of the enumeration.

    Being JSON it is synchronised, not translated, across the languages of a page.
    """

    def __init__(self, *args: Any, codes: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        if self.codes is None:
            return super().formfield(**kwargs)
        return forms.MultipleChoiceField(
            choices=self.codes.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if self.codes is None:
            return
        unknown = [code for code in value if code not in self.codes.values]
        if unknown:
            raise ValidationError(_("Not a known code: %(codes)s."), params={"codes": ", ".join(unknown)})

    def labels(self, value: Iterable[str]) -> list[str]:
        """The labels of `value` in the active language, in the order of the enumeration."""
        chosen = set(value or ())
        return [str(label) for code, label in self.codes.choices if code in chosen] if self.codes else []


PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class PartialDate(str):
    """A date known to the year, the month or the day: "2015", "2016-06" or "2017-01-10".

    Compares and sorts as text, so a year comes before its months; prints in the reader's language.
    """

    @property
    def year(self) -> int:
        return int(self[:4])

    @property
    def precision(self) -> str:
        return {4: "year", 7: "month"}.get(len(self), "day")

    @property
    def first_day(self) -> datetime.date:
        return datetime.date.fromisoformat((self + "-01-01")[:10])

    @property
    def last_day(self) -> datetime.date:
        first = self.first_day
        if self.precision == "year":
            return first.replace(month=12, day=31)
        if self.precision == "month":
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return first

    def display(self) -> str:
        if self.precision == "year":
            return str(self[:4])
        pattern = "YEAR_MONTH_FORMAT" if self.precision == "month" else "DATE_FORMAT"
        return formats.date_format(self.first_day, pattern)


def span(first: PartialDate, last: PartialDate | None) -> str:
    """From when to when: "2018 to 2020", or the one date if nothing is known of another."""
    if not last or last == first:
        return first.display()
    return gettext("%(first)s to %(last)s") % {"first": first.display(), "last": last.display()}


def validate_partial_date(value: str) -> None:
    message = _("Give a year (2015), a month (2015-06) or a day (2015-06-30).")
    if not PARTIAL_DATE.fullmatch(value):
        raise ValidationError(message)
    try:
        PartialDate(value).first_day  # noqa: B018 - reading it checks the calendar
    except ValueError as error:
        raise ValidationError(message) from error


class PartialDateField(models.CharField):
    """Stores a `PartialDate`; empty means not known."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return None if value is None else PartialDate(value)

    def to_python(self, value: Any) -> PartialDate | None:
        return None if value is None else PartialDate(str(value))
