"""Numbers as readers see them: never without their date, or without saying that it is missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal import vocabulary as v
from portal.sources import SourceList


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    unit: str
    as_of: str
    mark: SafeString | str


def plain_figure(value: Any) -> str:
    """The same in one line, for a table."""
    shown = figure(value)
    return f"{shown.label}: {shown.value} {shown.unit}".rstrip() + f", {shown.as_of or _('no date in source')}"


def figure(value: Any, sources: SourceList | None = None) -> Figure:
    as_of, label, unit = value["as_of"], value["label"], value["unit"] or ""
    return Figure(
        label=label,
        value=" ".join(filter(None, [_qualifier(value["qualifier"]), _number(value["value"])])),
        unit="" if unit.casefold() in label.casefold() else unit,
        as_of=as_of.display() if as_of else "",
        mark=sources.mark(value) if sources else "",
    )


def _qualifier(code: str) -> str:
    return "" if code == v.Qualifier.EXACT else v.label(v.Qualifier, code)


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    places = 0 if value == value.to_integral_value() else 2
    return number_format(value, decimal_pos=places, force_grouping=True)
