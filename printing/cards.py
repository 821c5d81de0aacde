"""The deck: which cards there are, which of them somebody chose, and what each side says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from portal import printed
from portal.items import named_in
from portal.languages import active_language
from portal.printed import PrintedCard
from portal.querysets import in_language, visible

from .extras import EXTRAS, Extra

A6, A7 = "a6", "a7"
ON_A_SHEET = {A6: 4, A7: 8}
MOST = 100  # takes a second; more is a book


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    item: str
    label: str
    title: str
    group: str
    language: str
    is_chosen: bool


def pages(kind: printed.Printed, language: str, user: Any) -> QuerySet:
    """What of a kind a reader may have on paper, one page for each subject."""
    return in_language(visible(kind.model.objects.all(), user), language).order_by(*kind.order)


@dataclass
class Deck:
    """What a request chose. Without a choice: all cards of the first kind, and those about the deck."""

    language: str
    user: Any
    size: str = A6
    asked: list[str] | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)  # parameter and value that nobody knows

    @cached_property
    def on_offer(self) -> dict[str, Sequence[PrintedCard]]:
        """By kind every card that there is."""
        return {
            kind.kind: kind.cards(pages(kind, self.language, self.user), self.language, self.user)
            for kind in printed.kinds()
            if kind.cards
        }

    @cached_property
    def _by_item(self) -> dict[str, PrintedCard | Extra]:
        found: dict[str, PrintedCard | Extra] = {extra.item: extra for extra in EXTRAS}
        for cards in self.on_offer.values():
            found |= {card.item.casefold(): card for card in cards}
        return found

    @cached_property
    def chosen(self) -> list[PrintedCard | Extra]:
        """In the order in which they were asked for."""
        if self.asked is None:
            first: Sequence[PrintedCard] = next(iter(self.on_offer.values()), ())
            return [*first, *EXTRAS]
        return [self._by_item[item] for item in self.asked if item in self._by_item]

    @cached_property
    def unknown(self) -> list[str]:
        return [item for item in self.asked or () if item not in self._by_item]

    @property
    def is_too_large(self) -> bool:
        return len(self.chosen) > MOST

    @property
    def cards(self) -> list[PrintedCard]:
        return [card for card in self.chosen if isinstance(card, PrintedCard)]

    @property
    def published(self) -> Any:
        return max((card.published for card in self.cards if card.published), default=None)

    @property
    def items(self) -> str:
        return ",".join(card.item for card in self.chosen)

    @property
    def query(self) -> str:
        """The choice as an address has it; empty for the deck that everybody gets first."""
        query = QueryDict(mutable=True)
        if self.asked is not None:
            query["items"] = self.items
        if self.size != A6:
            query["size"] = self.size
        return query.urlencode(safe=",")

    def choices(self) -> list[tuple[printed.Printed, list[Choice]]]:
        chosen = {card.item for card in self.cards}
        return [
            (kind, [_choice(card, chosen) for card in self.on_offer[kind.kind]])
            for kind in printed.kinds()
            if self.on_offer.get(kind.kind)
        ]

    def extras(self) -> list[tuple[Extra, bool]]:
        chosen = {card.item for card in self.chosen}
        return [(extra, extra.item in chosen) for extra in EXTRAS]


def _choice(card: PrintedCard, chosen: Iterable[str]) -> Choice:
    return Choice(card.item, card.number, card.title, card.group, card.language, card.item in chosen)


def deck_of(request: HttpRequest) -> Deck:
    """The deck that an address names: `?items=DIY-01,DIY-08,some-practice&size=a7`."""
    deck = Deck(active_language(), request.user)
    size = request.GET.get("size", "").strip().casefold()
    if size and size not in ON_A_SHEET:
        deck.problems.append(("size", size[:40]))
    else:
        deck.size = size or A6
    if "items" in request.GET:
        deck.asked = list(dict.fromkeys(item.casefold() for item in named_in(request.GET, 2 * MOST)))
    return deck
