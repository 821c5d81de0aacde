"""What patterns put on the home page: the plate of all of them, the key “What do you see?”, one card explained."""

from dataclasses import dataclass
from typing import Any

from portal import home
from portal.cards import Card, card
from portal.models import HomePage
from portal.querysets import in_language, visible
from portal.reading import Reading

from .cards import cards
from .models import PatternPage

MOST = 12  # the plate is a picture, not a list


@dataclass(frozen=True)
class KeyEntry:
    situation: str
    card: Card


def _patterns(reading: Reading) -> list[PatternPage]:
    """All patterns in the reader's language, read once for the three bands."""
    kept: list[PatternPage] | None = reading.__dict__.get("patterns_of_home")
    if kept is None:
        pages = in_language(visible(PatternPage.objects.all(), reading.user), reading.language)
        # All columns: with `only`, Django reads the parent row of each page anew.
        shown = pages.select_related("locale").order_by("number")[: MOST + 1]
        kept = reading.__dict__["patterns_of_home"] = list(shown)
    return kept


def plate(page: HomePage, reading: Reading) -> dict[str, Any]:
    shown = [card(pattern, reading.language, reading.request) for pattern in _patterns(reading)]
    return {"plate": shown[:MOST], "count": len(shown), "has_more": len(shown) > MOST}


def key(page: HomePage, reading: Reading) -> dict[str, Any]:
    links = [(block.value["situation"], reading.links.get(block.value["page"])) for block in page.key_entries]
    by_key = {pattern.translation_key: pattern for pattern in _patterns(reading)}
    missing = {link.pk for _situation, link in links if link and link.key not in by_key}
    if missing:  # the key may name a pattern that the plate has no room for
        further = PatternPage.objects.filter(pk__in=missing).select_related("locale")
        by_key |= {pattern.translation_key: pattern for pattern in further}
    entries = []
    for situation, link in links:
        pattern = by_key.get(link.key) if link else None
        if pattern is not None:
            entries.append(KeyEntry(situation, card(pattern, reading.language, reading.request)))
    return {"entries": entries} if entries else {}


def anatomy(page: HomePage, reading: Reading) -> dict[str, Any]:
    drawn = [pattern for pattern in _patterns(reading) if pattern.diagram]
    return {"card": cards(drawn[-1:], reading.language, reading.request)[0]} if drawn else {}


def register() -> None:
    home.register(home.Band(10, "patterns/components/home_key.html", key))
    home.register(home.Band(20, "patterns/components/home_anatomy.html", anatomy))
    home.register(home.Band(home.COVER, "patterns/components/home_plate.html", plate))
