"""The list of practices: what it can be filtered and sorted by, and what a row says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import reported
from portal import vocabulary as v
from portal.languages import active_language
from portal.listing import BY_TITLE, NEWEST, FacetFilter, Listing, Sort, build_listing, country_labels, without_streams
from portal.references import References

from .atlas.drawing import Atlas, atlas_of
from .models import PracticeIndexPage, PracticePage, PracticePattern

FILTERS = [
    FacetFilter("country", _("Country"), country_labels, keep_order=False),
    FacetFilter("technology", _("Technology"), lambda: dict(v.PlatformKind.choices)),
    FacetFilter("use", _("Used to"), lambda: dict(v.InstitutionalUse.choices + v.CitizenUse.choices)),
    FacetFilter("status", _("Status"), lambda: dict(v.PracticeStatus.choices)),
    FacetFilter("extent", _("Entry"), lambda: dict(v.PracticeExtent.choices)),
    FacetFilter(reported.OUTCOME, _("Reports from practice"), lambda: reported.OUTCOMES),
    FacetFilter(reported.COUNTRY, _("Tried in"), country_labels, keep_order=False),
]
MOST_REPORTED = Sort(
    "reports", _("Reports from practice"), (reported.number_by_page().desc(nulls_last=True), "place_name")
)
SORTS = [
    Sort("extent", _("Full entries first"), ("-extent", "place_name")),
    Sort("place", _("Place"), ("place_name",)),
    Sort("started", _("Latest start"), ("-started", "place_name")),
    BY_TITLE,
    NEWEST,
    MOST_REPORTED,
]
ROW_STREAMS = {"criteria", "further_places"}  # the rest of a page's streams stays in the database


@dataclass
class PracticeRow:
    page: PracticePage
    number: int = 0  # in the list, and on the map beside it
    patterns: list[Any] = field(default_factory=list)
    is_ticked: bool = False  # to be compared: what was chosen there stays chosen here


def practice_listing(index: PracticeIndexPage, request: HttpRequest) -> Listing:
    """The listing, its pages wrapped in `PracticeRow`s. Takes a fixed number of queries."""
    listing = build_listing(request, practices_without_text(), filters=FILTERS, sorts=SORTS)
    listing.pages = practice_rows(listing.pages, request.user, listing.page_obj.start_index())
    ticked = set(request.GET.getlist("p"))
    for row in listing.pages:
        row.is_ticked = row.page.code in ticked
    return listing


def atlas_beside(listing: Listing, request: HttpRequest) -> Atlas:
    """The map of what the list shows on this page."""
    return atlas_of(listing, [row.page for row in listing.pages], request)


def practices_without_text() -> Any:
    return without_streams(PracticePage, *ROW_STREAMS)


def practice_rows(pages: list[PracticePage], user: Any = None, first: int = 1) -> list[PracticeRow]:
    shown = patterns_shown_by(pages)
    references = pattern_links(shown, user)
    return [PracticeRow(page, number, references.in_order(shown[page.pk])) for number, page in enumerate(pages, first)]


def pattern_links(shown: Mapping[int, list[int]], user: Any = None) -> References:
    """The patterns of `patterns_shown_by`, as far as a link to them needs."""
    ids = {pk for ids in shown.values() for pk in ids}
    return References(ids, active_language(), user, only=("title", "url_path", "number", "locale__language_code"))


def patterns_shown_by(pages: Iterable[PracticePage]) -> Mapping[int, list[int]]:
    """The ids of the patterns that each practice shows, the main examples first."""
    links = PracticePattern.objects.filter(page__in=[page.pk for page in pages]).order_by("sort_order")
    shown: dict[int, list[int]] = defaultdict(list)
    rows = links.values_list("page_id", "pattern_id", "strength")
    for page_id, pattern_id, _strength in sorted(rows, key=lambda row: row[2] != v.Strength.MAIN):
        shown[page_id].append(pattern_id)
    return shown
