"""What the library adds to the timeline: calls, and reports by their year."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import timeline
from portal.addresses import tree_address
from portal.fields import PartialDate
from portal.vocabulary import ResourceType

from .models import CallPage, ResourcePage

YEARS = range(1, 10000)  # what a date can hold


def calls(user: Any, language: str) -> Iterator[timeline.Event]:
    rows = timeline.shown_in(CallPage.objects.all(), user, language)
    for title, url_path, code, opens, closes in rows.values_list(
        "title", "url_path", "locale__language_code", "opens", "closes"
    ):
        start, end = (opens, closes) if opens else (closes, None)
        url = tree_address(url_path, language)
        yield timeline.Event("call", title, url, code, start or None, end or None)


def reports(user: Any, language: str) -> Iterator[timeline.Event]:
    pages = ResourcePage.objects.filter(csl_type=ResourceType.REPORT)
    rows = timeline.shown_in(pages, user, language)
    for title, url_path, code, year, note in rows.values_list(
        "title", "url_path", "locale__language_code", "year", "date_note"
    ):
        date = PartialDate(f"{year:04d}") if year in YEARS else None
        yield timeline.Event("report", title, tree_address(url_path, language), code, date, note=note)


def register() -> None:
    timeline.register(timeline.Lane("call", _("Call"), 20, calls))
    timeline.register(timeline.Lane("report", pgettext_lazy("resource", "Report"), 40, reports))
