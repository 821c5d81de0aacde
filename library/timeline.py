"""What the library adds to the timeline: calls, and reports by their year."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import timeline
from portal.addresses import tree_address
from portal.fields import PartialDate
from portal.shown_rows import ShownRows
from portal.vocabulary import ResourceType

from .models import CallPage, ResourcePage

YEARS = range(1, 10000)  # what a date can hold
PAGE = ("title", "url_path", "locale__language_code")

_calls = ShownRows(CallPage.objects.all, *PAGE, "opens", "closes")
_reports = ShownRows(lambda: ResourcePage.objects.filter(csl_type=ResourceType.REPORT), *PAGE, "year", "date_note")


def calls(user: Any, language: str) -> Iterator[timeline.Event]:
    for title, url_path, code, opens, closes in _calls(user, language):
        start, end = (opens, closes) if opens else (closes, None)
        url = tree_address(url_path, language)
        yield timeline.Event("call", title, url, code, start or None, end or None)


def reports(user: Any, language: str) -> Iterator[timeline.Event]:
    for title, url_path, code, year, note in _reports(user, language):
        date = PartialDate(f"{year:04d}") if year in YEARS else None
        yield timeline.Event("report", title, tree_address(url_path, language), code, date, note=note)


def register() -> None:
    timeline.register(timeline.Lane("call", _("Call"), 20, calls))
    timeline.register(timeline.Lane("report", pgettext_lazy("resource", "Report"), 40, reports))
