"""What workshops add to the timeline."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal import timeline
from portal.addresses import tree_address
from portal.shown_rows import ShownRows
from portal.vocabulary import EventKind

from .models import WorkshopPage

_workshops = ShownRows(
    WorkshopPage.objects.all,
    *("title", "url_path", "locale__language_code", "date_start", "date_end", "date_note"),
    *("place_name", "country", "event_kind"),
)


def workshops(user: Any, language: str) -> Iterator[timeline.Event]:
    for title, url_path, code, start, end, note, place, country, kind in _workshops(user, language):
        yield timeline.Event(
            lane="workshop",
            title=title,
            url=tree_address(url_path, language),
            language=code,
            start=start or None,
            end=end or None,
            what="" if kind == EventKind.WORKSHOP else str(EventKind(kind).label),
            place=place,
            countries=(str(country),) if country else (),
            note=note,
        )


def register() -> None:
    timeline.register(timeline.Lane("workshop", _("Workshop"), 10, workshops))
