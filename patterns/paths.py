"""A collection as its page prints it: an ordered path through published pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.links import PageLink
from portal.reading import reading
from portal.streams import values

from .models import CollectionPage


@dataclass(frozen=True)
class Step:
    number: int
    link: PageLink
    note: str | None


def collection_context(page: CollectionPage, request: HttpRequest) -> dict[str, Any]:
    view = reading(page, request)
    shown = [(view.links.get(value["page"]), value.get("note")) for value in values(page.steps, "step")]
    kept = [(link, note) for link, note in shown if link is not None]
    return {"steps": [Step(number, link, note) for number, (link, note) in enumerate(kept, 1)]}
