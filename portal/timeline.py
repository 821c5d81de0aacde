"""What happened when, over all features: workshops, calls, practices, reports. Each feature registers what it adds.

    timeline.register(Lane("call", _("Call"), 20, calls))

`portal` draws and filters; a feature says which pages it has and what is known of their dates.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from . import views_of_pages
from .fields import PartialDate, span
from .geography import country_names
from .languages import active_language
from .listing import Group, Option
from .timestrip import Strip, strip

MOST = 500  # events on one page; a choice brings the others


@dataclass(frozen=True)
class Event:
    """Something with a date, or with none that a source tells. `end` is the last day of what went on for a while."""

    lane: str
    title: str
    url: str
    language: str
    start: PartialDate | None
    end: PartialDate | None = None
    what: str = ""  # such as “ended”, where the lane alone does not say it
    is_end: bool = False
    place: str = ""
    countries: tuple[str, ...] = ()
    note: str = ""  # what is known of the date beside it

    @property
    def when(self) -> str:
        return span(self.start, self.end) if self.start else ""


# For a user and a language: a fixed number of queries, whatever the number of events.
Provider = Callable[[Any, str], Iterable[Event]]


@dataclass(frozen=True)
class Lane:
    """One kind of event: its code in the address, its name, its place among the others."""

    code: str
    label: Any
    order: int
    provide: Provider


_lanes: dict[str, Lane] = {}


def register(lane: Lane) -> None:
    _lanes[lane.code] = lane


def lanes() -> list[Lane]:
    return sorted(_lanes.values(), key=lambda lane: (lane.order, lane.code))


@dataclass(frozen=True)
class Numbered:
    """An event with its number on the page, which the strip and the list share."""

    number: int
    event: Event
    label: str  # of its lane


@dataclass
class Timeline:
    events: list[Numbered]
    groups: list[Group]
    total: int
    all_total: int
    sort = ""  # it is always by date
    left_out: int
    lane_labels: Mapping[str, str]

    @property
    def is_filtered(self) -> bool:
        return any(option.checked for group in self.groups for option in group.options)

    @cached_property
    def years(self) -> list[tuple[int, list[Numbered]]]:
        dated = [(one.event.start.year, one) for one in self.events if one.event.start]
        return [(year, [one for _year, one in rows]) for year, rows in groupby(dated, key=lambda row: row[0])]

    @property
    def undated(self) -> list[Numbered]:
        return [one for one in self.events if not one.event.start]

    @cached_property
    def strip(self) -> Strip | None:
        return strip([(one.number, one.event) for one in self.events if one.event.start], self.lane_labels)


def timeline_page(page: Any, request: HttpRequest) -> HttpResponse:
    return views_of_pages.shown(
        *(page, request, "portal/timeline.html"),
        title=_("Timeline"),
        description=_("Workshops, calls, practices and reports in the order of their dates, where a source gives one."),
        timeline=timeline(request),
    )


def timeline(request: HttpRequest) -> Timeline:
    language = active_language()
    labels = {lane.code: str(lane.label) for lane in lanes()}
    found = [event for lane in lanes() for event in lane.provide(request.user, language)]
    known = {code for event in found for code in event.countries}
    kinds = [code for code in request.GET.getlist("kind") if code in labels]
    countries = [code for code in request.GET.getlist("country") if code in known]
    of_kind = [event for event in found if not kinds or event.lane in kinds]
    of_country = [event for event in found if _is_in(event, countries)]
    chosen = sorted((event for event in of_kind if _is_in(event, countries)), key=_in_order)
    groups = [
        Group("kind", _("Kind"), _options(labels, [(event.lane,) for event in of_country], kinds)),
        Group(
            "country", _("Country"), _options(country_names(known), [event.countries for event in of_kind], countries)
        ),
    ]
    shown = [Numbered(number, event, labels[event.lane]) for number, event in enumerate(chosen[-MOST:], 1)]
    return Timeline(shown, groups, len(chosen), len(found), max(0, len(chosen) - MOST), labels)


def _is_in(event: Event, countries: Sequence[str]) -> bool:
    return not countries or any(code in countries for code in event.countries)


def _in_order(event: Event) -> tuple:
    """The undated come last. A year stands before its months, as it may mean any of them."""
    return (event.start is None, event.start or "", event.end or "", event.title.casefold(), event.lane, event.what)


def _options(labels: Mapping[str, str], values: Sequence[tuple[str, ...]], chosen: Sequence[str]) -> list[Option]:
    counts = {code: sum(code in value for value in values) for code in labels}
    return [
        Option(code, label, counts[code], code in chosen)
        for code, label in labels.items()
        if counts[code] or code in chosen
    ]
