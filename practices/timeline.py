"""What practices add to the timeline: when they started, and when they ended."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal import timeline
from portal.addresses import tree_address
from portal.shown_rows import ShownRows

from .models import PracticePage

_practices = ShownRows(
    PracticePage.objects.all,
    *("title", "url_path", "locale__language_code", "started", "ended", "started_note"),
    *("place_name", "country", "further_countries"),
)


def practices(user: Any, language: str) -> Iterator[timeline.Event]:
    for title, url_path, code, started, ended, note, place, country, further in _practices(user, language):
        about = {
            "lane": "practice",
            "title": title,
            "url": tree_address(url_path, language),
            "language": code,
            "place": place,
            "countries": tuple(dict.fromkeys(filter(None, [str(country or ""), *further]))),
        }
        if started or not ended:
            what = _("started") if started else ""
            yield timeline.Event(start=started or None, what=what, note=note, **about)
        if ended:
            yield timeline.Event(start=ended, what=pgettext("practice", "ended"), is_end=True, **about)


def register() -> None:
    timeline.register(timeline.Lane("practice", gettext_lazy("Practice"), 30, practices))
