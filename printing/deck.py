"""The deck as the data that its template is filled with."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.cards import MAX_STARS
from portal.languages import language_name
from portal.printed import PrintedCard
from portal.square_codes import square_code

from . import drawings, engine
from .cards import Deck
from .extras import Extra, Side

Absolute = Callable[[str], str]  # gives a path its host


def made(deck: Deck, data: dict[str, Any]) -> bytes:
    return engine.pdf("deck", data, deck.published)


def data(deck: Deck, absolute: Absolute) -> dict[str, Any]:
    cards: list[dict[str, Any]] = []
    for one in deck.chosen:
        cards += [_card(one, absolute)] if isinstance(one, PrintedCard) else [_extra(one)] * one.times
    return {
        "title": _("Cards to print"),
        "author": _("DIY policing: a field guide"),
        "keywords": [card.label for card in deck.cards],
        "lang": deck.language,
        "size": deck.size,
        "cards": cards,
    }


def _card(card: PrintedCard, absolute: Absolute) -> dict[str, Any]:
    with translation.override(card.language):
        return {
            "kind": "card",
            "lang": card.language,
            "group": card.group,
            "tab": card.group_label,
            "number": card.number,
            "label": card.label,
            "title": card.title,
            "problem": card.problem,
            "therefore-label": card.therefore_label,
            "therefore": card.therefore,
            "turns": bool(card.group_label),
            "watch-label": _("Watch out"),
            "watch": card.watch,
            "leads-label": card.leads_label,
            "leads": [[label, " ".join(numbers)] for label, numbers in card.leads],
            "continued": _("continued"),
            "version": version(card),
            **_drawn(card, absolute(card.path)),
        }


def _drawn(card: PrintedCard, address: str) -> dict[str, Any]:
    is_rated = card.confidence is not None
    return {
        "diagram": drawings.diagram(card.diagram, card.group),
        "diagram-text": card.diagram_text,
        "picture-text": card.picture_text,
        "stars": drawings.stars(card.confidence or 0, MAX_STARS, card.group) if is_rated else "",
        "stars-text": _("Confidence: %(stars)d of %(most)d stars") % {"stars": card.confidence or 0, "most": MAX_STARS},
        "address": address,
        "address-text": address.partition("://")[2],
        "code": square_code(address),
        "code-text": _("Square code with the address %(address)s") % {"address": address},
    }


def version(card: PrintedCard) -> str:
    """Which text this is: its language, its day, its licence."""
    day = date_format(card.published, "SHORT_DATE_FORMAT") if card.published else ""
    return ", ".join(part for part in (language_name(card.language), day, "CC BY 4.0") if part)


def _extra(extra: Extra) -> dict[str, Any]:
    front, back = extra.sides()
    return {"kind": "page", "front": _side(front, first=True), "back": _side(back, first=False)}


def _side(side: Side, first: bool) -> dict[str, Any]:
    rows = [{"head": row.head, "text": row.text, "kind": row.kind, "mark": row.mark} for row in side.rows]
    return {
        "first": first,
        "title": side.title,
        "text": side.text,
        "rows": rows,
        "lines": list(side.lines),
        "ruled": side.ruled,
        "label": "CC BY 4.0",
    }
