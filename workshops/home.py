"""What workshops put on the home page: the next ones, else the latest."""

from typing import Any

from portal import home
from portal.models import HomePage
from portal.querysets import in_language, visible
from portal.reading import Reading

from .listing import in_order_of_time, workshops_without_text
from .models import WorkshopPage

MOST = 2


def latest(page: HomePage, reading: Reading) -> dict[str, Any]:
    shown: Any = in_language(visible(workshops_without_text(), reading.user), reading.language)
    workshops: list[WorkshopPage] = list(shown.select_related("locale").order_by(*in_order_of_time().order)[:MOST])
    if not workshops:
        return {}
    return {"pages": workshops, "intro": page.workshops_intro, "url": reading.place_url("workshops")}


def register() -> None:
    home.register(home.Band(40, "workshops/components/home_rowcards.html", latest))
