"""The places of a series: the workshops we know, and those we know only by their number."""

from dataclasses import dataclass
from typing import Any

from portal.querysets import in_language, visible
from portal.reading import Reading

from .listing import workshops_without_text
from .models import WorkshopPage, WorkshopSeriesPage


@dataclass(frozen=True)
class Place:
    number: int | None
    page: WorkshopPage | None = None
    is_here: bool = False


def places_of(series: WorkshopSeriesPage, view: Reading, here: Any = None) -> list[Place]:
    pages = workshops_without_text().filter(series__translation_key=series.translation_key)
    shown = in_language(visible(pages, view.user), view.language).select_related("locale").order_by("date_start", "pk")
    known: dict[int, WorkshopPage] = {}
    unnumbered: list[WorkshopPage] = []
    for page in shown:
        if page.series_number and page.series_number not in known:
            known[page.series_number] = page
        else:
            unnumbered.append(page)
    numbers = range(1, max([series.planned_count or 0, *known]) + 1)
    places = [_place(number, known.get(number), here) for number in numbers]
    return places + [_place(None, page, here) for page in unnumbered]


def _place(number: int | None, page: WorkshopPage | None, here: Any) -> Place:
    is_here = page is not None and here is not None and page.translation_key == here.translation_key
    return Place(number, page, is_here)
