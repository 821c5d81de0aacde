"""What patterns put on the home page: the plate of all of them, the key “What do you see?”, one card explained."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import mark_safe

from portal import home
from portal.addresses import tree_address
from portal.cards import Card, card, group_label
from portal.models import HomePage
from portal.prepared import Prepared
from portal.querysets import closed_paths, in_language, shown_now
from portal.reading import Reading

from .cards import FIELDS
from .models import PatternPage

MOST = 12  # the plate is a picture, not a list
READ = 40  # some may be closed to readers


@dataclass(frozen=True)
class KeyEntry:
    situation: str
    card: Card


@Prepared.of(str)
def _rows(language: str) -> QuerySet:
    shown = in_language(PatternPage.objects.filter(shown_now()), language).order_by("number")
    return shown.values_list(
        *("translation_key", "path", "url_path", "locale__language_code", "title", "number", "group"),
        *("card_problem", "card_therefore", "diagram", "confidence"),
    )[:READ]


def _patterns(reading: Reading) -> dict[Any, Card]:
    """The first patterns in the reader's language, by subject; read once for the three bands."""
    kept: dict[Any, Card] | None = reading.__dict__.get("patterns_of_home")
    if kept is None:
        closed = tuple(closed_paths(reading.user))
        rows = [row for row in _rows(reading.language) if not row[1].startswith(closed)]
        kept = reading.__dict__["patterns_of_home"] = {row[0]: _card(reading.language, *row[2:]) for row in rows}
    return kept


def _card(language: str, url_path: str, own_language: str, title: str, number: int, group: str, *texts: Any) -> Card:
    problem, therefore, diagram, confidence = texts
    return Card(
        number=f"{number:02d}",
        group=group,
        group_label=group_label(group),
        title=title,
        url=tree_address(url_path, language),
        language=own_language,
        problem=problem,
        therefore=therefore,
        diagram=mark_safe(diagram),  # checked by portal.diagrams before it is saved
        confidence=confidence,
    )


def plate(page: HomePage, reading: Reading) -> dict[str, Any]:
    shown = list(_patterns(reading).values())
    return {"plate": shown[:MOST], "has_more": len(shown) > MOST} if shown else {}


def key(page: HomePage, reading: Reading) -> dict[str, Any]:
    links = [(block.value["situation"], reading.links.get(block.value["page"])) for block in page.key_entries]
    by_key = dict(_patterns(reading))
    missing = {link.pk for _situation, link in links if link and link.key not in by_key}
    if missing:  # the key may name a pattern that the plate has no room for
        further = PatternPage.objects.filter(pk__in=missing).select_related("locale").only(*FIELDS)
        by_key |= {one.translation_key: card(one, reading.language, reading.request) for one in further}
    entries = [KeyEntry(situation, by_key[link.key]) for situation, link in links if link and link.key in by_key]
    return {"entries": entries} if entries else {}


def anatomy(page: HomePage, reading: Reading) -> dict[str, Any]:
    drawn = [one for one in list(_patterns(reading).values())[:MOST] if one.diagram]
    return {"card": drawn[-1]} if drawn else {}


def register() -> None:
    home.register(home.Band(10, "patterns/components/home_key.html", key))
    home.register(home.Band(20, "patterns/components/home_anatomy.html", anatomy))
    home.register(home.Band(home.COVER, "patterns/components/home_plate.html", plate))
