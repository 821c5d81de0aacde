"""What practices put on the home page: a table of places."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal import home
from portal.addresses import tree_address
from portal.fields import PartialDate
from portal.models import HomePage
from portal.prepared import Prepared
from portal.querysets import closed_paths, in_language, shown_now
from portal.reading import Reading
from portal.vocabulary import PracticeExtent, Strength

from .models import PracticePage, PracticePattern

MOST = 6
READ = 30  # some may be closed to readers


@dataclass(frozen=True)
class PlaceRow:
    place: str
    url: str
    language: str
    country: str
    card_line: str
    extent: str
    started: PartialDate | None
    patterns: list[str]  # their numbers


@Prepared.of(str)
def _rows(language: str) -> QuerySet:
    shown = in_language(PracticePage.objects.filter(shown_now()), language).order_by("-extent", "place_name", "pk")
    return shown.values_list(
        *("path", "pk", "place_name", "url_path", "locale__language_code", "country", "card_line", "extent", "started")
    )[:READ]


def places(page: HomePage, reading: Reading) -> dict[str, Any]:
    closed = tuple(closed_paths(reading.user))
    rows = [row[1:] for row in _rows(reading.language) if not row[0].startswith(closed)][:MOST]
    if not rows:
        return {}
    numbers = _pattern_numbers([row[0] for row in rows])
    shown = [
        PlaceRow(
            place=place,
            url=tree_address(url_path, reading.language),
            language=language,
            country=str(country or ""),
            card_line=card_line,
            extent=str(PracticeExtent(extent).label),
            started=started or None,
            patterns=numbers[pk],
        )
        for pk, place, url_path, language, country, card_line, extent, started in rows
    ]
    return {"rows": shown, "intro": page.practices_intro, "url": reading.place_url("practices")}


@Prepared.of(*[int] * MOST)
def _links(*pages: int) -> QuerySet:
    links = PracticePattern.objects.filter(shown_now("pattern__"), page__in=pages).order_by("sort_order")
    return links.values_list("page_id", "pattern__number", "strength")


def _pattern_numbers(pages: list[int]) -> dict[int, list[str]]:
    """The numbers of the published patterns that each practice shows, the main examples first."""
    rows = _links(*pages, *[0] * (MOST - len(pages)))
    found: dict[int, list[str]] = defaultdict(list)
    for page, number, _strength in sorted(rows, key=lambda row: row[2] != Strength.MAIN):
        found[page].append(f"{number:02d}")
    return found


def register() -> None:
    home.register(home.Band(30, "practices/components/home_table.html", places))
