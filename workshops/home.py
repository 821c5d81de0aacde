"""What workshops put on the home page: the next ones, else the latest."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal import home
from portal.addresses import tree_address
from portal.fields import PartialDate
from portal.geography import country_name
from portal.models import HomePage
from portal.prepared import Prepared
from portal.querysets import closed_paths, in_language, shown_now
from portal.reading import Reading
from portal.vocabulary import EventKind

from .listing import in_order_of_time
from .models import WorkshopPage

MOST = 2
READ = 20  # some may be closed to readers


@dataclass(frozen=True)
class WorkshopRow:
    title: str
    url: str
    language: str
    summary: str
    mark: str
    date: PartialDate | None
    place: str
    kind: str


@Prepared.of(str, str)
def _rows(language: str, today: str) -> QuerySet:
    shown = in_language(WorkshopPage.objects.filter(shown_now()), language)
    return shown.order_by(*in_order_of_time(today).order).values_list(
        *("path", "title", "url_path", "locale__language_code", "summary", "date_start"),
        *("place_name", "country", "event_kind", "series_number", "series__planned_count"),
    )[:READ]


def latest(page: HomePage, reading: Reading) -> dict[str, Any]:
    closed = tuple(closed_paths(reading.user))
    rows = [row for row in _rows(reading.language, timezone.localdate().isoformat()) if not row[0].startswith(closed)]
    if not rows:
        return {}
    shown = [_row(reading.language, *row[1:]) for row in rows[:MOST]]
    return {"pages": shown, "intro": page.workshops_intro, "url": reading.place_url("workshops")}


def _row(language: str, title: str, url_path: str, own_language: str, summary: str, *facts: Any) -> WorkshopRow:
    date, place, country, kind, number, planned = facts
    country = str(country or "")
    return WorkshopRow(
        title=title,
        url=tree_address(url_path, language),
        language=own_language,
        summary=summary,
        mark=f"{number}/{planned}" if number and planned else country,
        date=date or None,
        place=", ".join(filter(None, [place, country_name(country) if country else ""])),
        kind=str(EventKind(kind).label),
    )


def register() -> None:
    home.register(home.Band(40, "workshops/components/home_rowcards.html", latest))
