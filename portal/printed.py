"""What goes on paper. Each feature registers what it prints, so that `printing` knows none of them.

A type of page gives cards (the deck), sheets (one page on A4) and chapters of the book; only what it names.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

Leads = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PrintedCard:
    """Front and back of one card, in the card's own language."""

    item: str  # how an address names it: DIY-08, or a code
    label: str  # stands at the foot of the front
    number: str  # stands large
    group: str
    group_label: str
    language: str
    title: str
    problem: str
    therefore_label: str
    therefore: str
    watch: tuple[str, ...]
    leads_label: str
    leads: Leads
    path: str  # the address that its square code leads to
    published: datetime.datetime | None
    diagram: str = ""
    diagram_text: str = ""
    picture_text: str = ""  # stands where the diagram would be
    confidence: int | None = None


@dataclass(frozen=True)
class Part:
    """A part of the book: its heading and its pages, each a chapter."""

    label: str
    pages: Sequence[Any]
    intro: str = ""


Cards = Callable[[QuerySet, str, Any], Sequence[PrintedCard]]
Parts = Callable[[QuerySet, str], Sequence[Part]]


@dataclass(frozen=True)
class Printed:
    """A type of page that goes on paper; `kind` is its name in addresses."""

    kind: str
    model: Any
    order: tuple[str, ...]  # of its pages on paper
    label: Any  # the plural, as a heading
    cards: Cards | None = None  # of the pages given, in that order, in a language, for a user
    parts: Parts | None = None  # of the book in a language; without it all pages are one part


_printed: dict[str, Printed] = {}


def sheet_address(page: Any) -> str:
    """Where the page lies as a PDF; empty if it has none."""
    return reverse("printing:sheet", args=[page.kind, page.code]) if page.kind in _printed and page.pk else ""


def links(page: Any) -> list[tuple[str, str]]:
    """What there is of a page to print: label and address."""
    printed = _printed.get(page.kind)
    if printed is None or not page.pk:
        return []
    found = [(_("This page as a PDF to print"), sheet_address(page))]
    if printed.cards:
        item = getattr(page, "label", "") or page.code
        found.append((_("As a card"), f"{reverse('printing:cards')}?items={item}"))
    return found


def register(printed: Printed) -> None:
    _printed[printed.kind] = printed


def kinds() -> list[Printed]:
    """In the order in which the features are installed."""
    return list(_printed.values())


def kind(name: str) -> Printed | None:
    return _printed.get(name)
