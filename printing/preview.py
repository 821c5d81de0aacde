"""The first sheets of a deck as the page shows them, drawn by the style sheet as the PDF draws them."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from portal.cards import stars
from portal.printed import PrintedCard
from portal.square_codes import square_code

from .cards import ON_A_SHEET, Deck
from .deck import Absolute, version
from .extras import Extra, Side

SHEETS_SHOWN = 2


@dataclass(frozen=True)
class Face:
    """One card on the page: a pattern's or another page's, or a side of a card about the deck."""

    card: PrintedCard | None
    side: Side | None
    label: str
    address: str = ""

    @property
    def diagram(self) -> SafeString:
        return mark_safe(self.card.diagram) if self.card else SafeString("")  # checked by portal.diagrams

    @property
    def stars(self) -> SafeString:
        return stars(self.card.confidence) if self.card else SafeString("")

    @property
    def code(self) -> SafeString:
        return mark_safe(square_code(self.address))  # made of nothing but an address

    @property
    def address_text(self) -> str:
        return self.address.partition("://")[2]

    @property
    def version(self) -> str:
        return version(self.card) if self.card else ""


@dataclass(frozen=True)
class Sheet:
    number: int
    fronts: list[Face]
    backs: list[Face | None]


def sheets_of(deck: Deck, absolute: Absolute) -> dict[str, Any]:
    pairs = [pair for one in deck.chosen for pair in _faces(one, absolute)]
    on_a_sheet = ON_A_SHEET[deck.size]
    number = -(-len(pairs) // on_a_sheet)
    shown = [
        _sheet(place + 1, pairs[place * on_a_sheet : (place + 1) * on_a_sheet], on_a_sheet)
        for place in range(min(number, SHEETS_SHOWN))
    ]
    return {"sheets": shown, "sheet_count": number, "card_count": len(pairs), "further_sheets": number - len(shown)}


def _sheet(number: int, pairs: list[tuple[Face, Face]], on_a_sheet: int) -> Sheet:
    columns = on_a_sheet // 2 if on_a_sheet == 8 else 2
    backs: list[Face | None] = [back for _front, back in pairs]
    backs += [None] * (on_a_sheet - len(backs))
    rows = [backs[start : start + columns] for start in range(0, on_a_sheet, columns)]
    return Sheet(number, [front for front, _back in pairs], [face for row in rows for face in reversed(row)])


def _faces(one: PrintedCard | Extra, absolute: Absolute) -> list[tuple[Face, Face]]:
    if isinstance(one, PrintedCard):
        face = Face(one, None, one.label, absolute(one.path))
        return [(face, face)]
    front, back = one.sides()
    return [(Face(None, front, ""), Face(None, back, ""))] * one.times
