"""Dates for readers' own calendars (iCalendar): of one page, of a list as it is filtered, and of the whole site.

Dates are known to the day, the month or the year only, so every entry is an all-day one that takes nobody's time. One
that is known less exactly than to the day covers the whole month or year, and says so.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event, vText

from . import views_of_pages
from .addresses import own_address
from .anonymous import made_anonymous
from .downloads import download, file_name
from .fields import PartialDate


@dataclass(frozen=True)
class Entry:
    page: Any
    title: str
    start: Any  # a `PartialDate`, which Django's types take for text
    end: Any = None
    place: str = ""


Entries = Callable[[Any], Iterable[Entry]]
Pages = Callable[[HttpRequest], QuerySet]

_pages: dict[type, Entries] = {}
_lists: dict[type, Pages] = {}


def register(model: type, entries: Entries, *, index: type, pages: Pages) -> None:
    """Say what dates a page of `model` has, and which such pages the list on an `index` page holds for a request."""
    _pages[model] = entries
    _lists[index] = pages


def has_dates(model: type) -> bool:
    return model in _pages or model in _lists


def entries_of(page: Any, request: HttpRequest) -> list[Entry]:
    if type(page) in _pages:
        return list(_pages[type(page)](page))
    return [entry for one in _lists[type(page)](request) for entry in entries_of(one, request)]


def answer(page: Any, request: HttpRequest) -> HttpResponse:
    entries = entries_of(page, request)
    if not entries and type(page) in _pages:
        raise Http404
    return _file(page.title, page.code, entries, request)


def site_calendar(request: HttpRequest) -> HttpResponse:
    """All dates of the site that everybody may know."""
    public = made_anonymous(request)
    entries = [entry for pages in _lists.values() for page in pages(public) for entry in entries_of(page, public)]
    return _file(_("DIY policing: a field guide"), "calendar", entries, request)


def _file(title: str, name: str, entries: Iterable[Entry], request: HttpRequest) -> HttpResponse:
    found = Calendar()
    found.add("prodid", "-//DIY policing//A field guide//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", vText(title))
    for entry in entries:
        found.add_component(_event(entry, request))
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    return download(response, file_name(name, "ics"))


def _event(entry: Entry, request: HttpRequest) -> Event:
    page = entry.page
    url = own_address(page, request)
    known = entry.start.precision == "day"
    event = Event()
    event.add("uid", f"{page.translation_key}@{request.get_host()}")
    event.add("dtstamp", page.last_published_at)
    event.add("last-modified", page.last_published_at)
    event.add("dtstart", entry.start.first_day)
    event.add("dtend", day_after(entry.end or entry.start))
    event.add("summary", entry.title)
    event.add("description", "\n".join(filter(None, [page.summary, "" if known else _("The day is not known."), url])))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place)
    return event


def day_after(date: PartialDate) -> datetime.date:
    """The first day after it; an end that is as far as calendars go, for “not over”, is its own."""
    last = date.last_day
    return last + datetime.timedelta(days=1) if last < datetime.date.max else last


def register_views() -> None:
    label, hint = gettext_lazy("Calendar (ICS)"), gettext_lazy("to open or to subscribe to")
    views_of_pages.register("calendar/", has_dates, answer, label=label, hint=hint, group="dates")
