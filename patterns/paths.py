"""A collection as its page prints it: an ordered path through published pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal import terms
from portal.items import CODE, items_of
from portal.links import PageLink, page_links
from portal.querysets import in_language, visible
from portal.reading import Reading, reading
from portal.streams import values
from portal.vocabulary import TermScheme

from .building.sequence import address_of
from .models import CollectionPage


@dataclass(frozen=True)
class Step:
    number: int
    link: PageLink
    note: str | None


def steps_of(
    code: str, language: str, request: HttpRequest, user: Any
) -> tuple[PageLink, list[tuple[PageLink, str]]] | None:
    """The collection with this code and its steps, each with its note, as this reader may see them."""
    if not CODE.fullmatch(code):
        return None
    page = in_language(visible(CollectionPage.objects.filter(code=code), user), language).only("steps").first()
    if page is None:
        return None
    chosen = [(value["page"], value.get("note") or "") for value in values(page.steps, "step")]
    links = page_links([page.pk, *(pk for pk, _note in chosen)], language, request, user)
    return links[page.pk], [(links[pk], note) for pk, note in chosen if pk in links]


def tour_through(code: str, reading: Reading) -> tuple[PageLink, list[PageLink]] | None:
    """The collection with this code and its steps, in the reader's language."""
    found = steps_of(code, reading.language, reading.request, reading.user)
    return (found[0], [link for link, _note in found[1]]) if found else None


def collection_context(page: CollectionPage, request: HttpRequest) -> dict[str, Any]:
    view = reading(page, request)
    shown = [(view.links.get(value["page"]), value.get("note")) for value in values(page.steps, "step")]
    kept = [(link, note) for link, note in shown if link is not None]
    items = items_of(link.pk for link, _note in kept)
    chosen = [items[link.pk] for link, _note in kept if link.pk in items]
    index = view.place_url("collections")
    return {
        "roles": [terms.label(TermScheme.READER_ROLE, block.value) for block in page.for_whom],
        "steps": [Step(number, link, note) for number, (link, note) in enumerate(kept, 1)],
        "build_url": address_of(f"{index}build/", chosen, page.title) if index and chosen else "",
        "facilitate_url": f"{index}facilitate/?collection={page.code}",
        "kiosk_url": f"{index}kiosk/?collection={page.code}",
    }
