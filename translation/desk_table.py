"""A list of the desk as a table for spreadsheets: all of its rows, the oldest first."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.languages import language_name

from . import desk
from .models import TranslationStatus


def lines(rows: QuerySet[TranslationStatus], absolute: Callable[[str], str]) -> Iterator[list[Any]]:
    """The head, then a line for each; two queries, however many there are."""
    yield [
        _("Page or entry"),
        _("Kind"),
        _("State"),
        _("Since"),
        pgettext("state of a translation", "Stale"),
        _("Original language"),
        _("Words"),
        _("Words to do"),
        _("Texts"),
        _("Texts done"),
        _("Per cent"),
        _("With whom"),
        _("Due on"),
        _("Address"),
    ]
    found = rows.select_related("content_type", "locale", "source_locale", "assignment__assignee")
    for status in found.order_by(Coalesce("stale_since", "waits_since"), "pk"):
        yield _line(status, absolute)


def _line(status: TranslationStatus, absolute: Callable[[str], str]) -> list[Any]:
    assignment = getattr(status, "assignment", None)
    url = desk.edit_url(status)
    return [
        status.title,
        capfirst(status.content_type.name),
        str(status.get_state_display()),
        _day(status.stale_since or status.waits_since),
        _day(status.stale_since),
        language_name(status.source_locale.language_code),
        status.words,
        status.words_to_do,
        status.segments,
        status.done,
        status.percent,
        desk.name(assignment.assignee) if assignment else "",
        assignment.due.isoformat() if assignment and assignment.due else "",
        absolute(url) if url else "",
    ]


def _day(moment: datetime.datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
