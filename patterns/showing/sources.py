"""Where the cards of a show come from: a reader's sequence, a collection of the editors, the list of patterns."""

import re
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.items import named_in, pages_named
from portal.languages import active_language
from portal.links import page_links
from portal.listing import chosen_pages, without_page
from portal.querysets import in_language, visible

from ..building.sequence import address_of, title_of
from ..listing import FILTERS, SORTS
from ..models import PatternPage
from ..paths import steps_of
from .show import Source, Step

LABEL = re.compile(r"DIY-0*(\d{1,4})", re.ASCII | re.IGNORECASE)


def from_list(request: HttpRequest, list_url: str) -> Source:
    """The patterns that the filters choose, in the order of the list."""
    chosen = chosen_pages(request, PatternPage.objects.only("pk"), FILTERS, SORTS)
    steps = _steps(request, chosen.values_list("pk", flat=True))
    names = {"card", "draw", "seed", "seconds"}
    query = request.GET.copy()
    for name in names & set(query):
        query.pop(name)
    kept = without_page(query)
    title = ngettext("%(number)d pattern", "%(number)d patterns", len(steps)) % {"number": len(steps)}
    return Source(steps, title, f"{list_url}?{kept}" if kept else list_url, _("Back to the list"))


def from_collections(request: HttpRequest, index_url: str) -> Source:
    """What the address names: `?collection=` and the code of one, or `?items=` as a sequence has them."""
    code = request.GET.get("collection", "").strip()
    return _collection(request, code, index_url) if code else _sequence(request, index_url)


def _collection(request: HttpRequest, code: str, index_url: str) -> Source:
    """Follows the collection: what its editors change shows on a screen that has its address."""
    found = steps_of(code, active_language(), request, request.user)
    if found is None:
        return Source((), "", index_url, _("All collections"), (code[:80],))
    path, steps = found
    return Source([Step(link, note) for link, note in steps], path.title, path.url, _("Back to the collection"))


def _sequence(request: HttpRequest, index_url: str) -> Source:
    items, title = named_in(request.GET), title_of(request)
    if not items:
        return Source((), "", index_url, _("All collections"))
    ids, unknown = _ids(items, request)
    back = address_of(f"{index_url}build/", items, title)
    return Source(_steps(request, ids), title or _("Sequence"), back, _("Back to the sequence"), unknown)


def _ids(items: list[str], request: HttpRequest) -> tuple[list[int], list[str]]:
    """Of the pages that the items name, and what names none."""
    language, user = active_language(), request.user
    numbers = {item: int(found[1]) for item in items if (found := LABEL.fullmatch(item))}
    patterns = visible(PatternPage.objects.filter(number__in=numbers.values()), user) if numbers else None
    rows = in_language(patterns, language).values_list("number", "pk") if patterns is not None else ()
    by_number = dict(rows)
    others = pages_named([item for item in items if item not in numbers], language, user)
    wanted: dict[str, int | None] = {item: by_number.get(number) for item, number in numbers.items()}
    wanted |= {item: page.pk for item, page in others.items()}
    known = [pk for item in items if (pk := wanted.get(item))]
    return list(dict.fromkeys(known)), [item for item in items if not wanted.get(item)]


def _steps(request: HttpRequest, ids: Iterable[int]) -> list[Step]:
    wanted = list(ids)
    links = page_links(wanted, active_language(), request, request.user)
    return [Step(links[pk]) for pk in wanted if pk in links]
