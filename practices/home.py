"""What practices put on the home page: a table of places."""

from typing import Any

from portal import home
from portal.models import HomePage
from portal.querysets import in_language, visible
from portal.reading import Reading

from .listing import practice_rows, practices_without_text

MOST = 6


def places(page: HomePage, reading: Reading) -> dict[str, Any]:
    shown = in_language(visible(practices_without_text(), reading.user), reading.language)
    pages = list(shown.select_related("locale").order_by("-extent", "place_name", "pk")[: MOST + 1])
    if not pages:
        return {}
    return {
        "rows": practice_rows(pages[:MOST], reading.user),
        "intro": page.practices_intro,
        "url": reading.place_url("practices"),
    }


def register() -> None:
    home.register(home.Band(30, "practices/components/home_table.html", places))
