"""What patterns put on the home page: the plate of all of them, the key “What do you see?”, one card explained."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import mark_safe

from portal import home, terms
from portal.addresses import tree_address
from portal.cards import Card, card, group_label
from portal.models import HomePage
from portal.prepared import Prepared
from portal.querysets import closed_paths, in_language, place_of_original, shown_now
from portal.reading import Reading
from portal.vocabulary import TermScheme

from .cards import FIELDS
from .models import CollectionPage, PatternPage

MOST = 12  # the plate is a picture, not a list
READ = 40  # some may be closed to readers


@dataclass(frozen=True)
class KeyEntry:
    situation: str
    card: Card


@dataclass(frozen=True)
class PathEntry:
    title: str
    url: str
    language: str


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
        shown = rows[: MOST + 1]
        kept = reading.__dict__["patterns_of_home"] = {row[0]: _card(reading.language, *row[2:]) for row in shown}
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
        by_key |= {one.translation_key: card(one, reading.language) for one in further}
    entries = [KeyEntry(situation, by_key[link.key]) for situation, link in links if link and link.key in by_key]
    return {"entries": entries} if entries else {}


@Prepared.of(str)
def _paths(language: str) -> QuerySet:
    shown = in_language(CollectionPage.objects.filter(shown_now(), portal_facets__facet="role"), language)
    return shown.order_by(place_of_original()).values_list(
        "portal_facets__value", "path", "url_path", "locale__language_code", "title"
    )[:READ]


def roles(page: HomePage, reading: Reading) -> dict[str, Any]:
    """Where readers start by what they do: the collections that editors chose for a role, role by role."""
    closed = tuple(closed_paths(reading.user))
    by_role: dict[str, list[PathEntry]] = {}
    for role, path, url_path, own_language, title in _paths(reading.language):
        if not path.startswith(closed):
            entry = PathEntry(title, tree_address(url_path, reading.language), own_language)
            by_role.setdefault(role, []).append(entry)
    named = [(label, by_role[code]) for code, label in terms.choices(TermScheme.READER_ROLE) if code in by_role]
    if not named:
        return {}
    index = next(iter(by_role.values()))[0].url.rstrip("/").rpartition("/")[0]  # of the collections
    return {"roles": named, "questions_url": f"{index}/#questions"}


def anatomy(page: HomePage, reading: Reading) -> dict[str, Any]:
    drawn = [one for one in list(_patterns(reading).values())[:MOST] if one.diagram]
    return {"card": drawn[-1]} if drawn else {}


def register() -> None:
    home.register(home.Band(10, "patterns/components/home_key.html", key))
    home.register(home.Band(15, "patterns/components/home_roles.html", roles))
    home.register(home.Band(20, "patterns/components/home_anatomy.html", anatomy))
    home.register(home.Band(home.COVER, "patterns/components/home_plate.html", plate))
