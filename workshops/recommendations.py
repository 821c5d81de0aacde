"""What the pages of recommendations show: where each comes from and where it is followed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.backlinks import backlinks
from portal.cards import Card, card
from portal.listing import Listing, children_listing
from portal.reading import Reading, reading
from portal.references import References

from .findings import Strength, kind, strength
from .listing import workshops_without_text
from .models import RecommendationIndexPage, RecommendationPage, WorkshopPage
from .traces import FollowedBy, RecommendationRows, Trace, addressees

MOST_CARDS = 3  # beyond, patterns are only named


@dataclass(frozen=True)
class LeadingFinding:
    """A finding of a workshop that leads to the recommendation."""

    workshop: WorkshopPage
    code: str
    kind: str
    strength: Strength
    text: str


class RecommendationReading:
    def __init__(self, page: RecommendationPage, view: Reading) -> None:
        self.page = page
        self.view = view

    @property
    def addressees(self) -> list[str]:
        return addressees(self.page)

    @cached_property
    def _trace(self) -> Trace:
        rows = RecommendationRows(Page.objects.filter(pk=self.page.pk))
        return rows.trace(self.page, References(rows.named_ids, self.view.language, self.view.user))

    @property
    def patterns(self) -> list[Any]:
        return self._trace.patterns

    @property
    def cards(self) -> list[Card]:
        patterns = self.patterns if len(self.patterns) <= MOST_CARDS else []
        return [card(pattern, self.view.language) for pattern in patterns]

    @property
    def practices(self) -> list[FollowedBy]:
        return self._trace.practices

    @cached_property
    def findings(self) -> list[LeadingFinding]:
        """Read from the workshops themselves, so that only what is published counts."""
        ids = [link.pk for link in backlinks(self.view) if link.model == "workshoppage"]
        if not ids:
            return []
        workshops = workshops_without_text("findings").filter(pk__in=ids).select_related("locale")
        blocks = [(page, block) for page in workshops.order_by("date_start", "pk") for block in page.findings]
        return [_leading(page, block.value) for page, block in blocks if self._is_named(block.value)]

    def _is_named(self, value: Any) -> bool:
        return bool(self.view.subject_ids.intersection(value["recommendations"]))


def _leading(page: WorkshopPage, value: Any) -> LeadingFinding:
    return LeadingFinding(page, value["code"], kind(value["kind"]), strength(value["strength"]), value["text"])


def recommendation_context(page: RecommendationPage, request: HttpRequest) -> dict[str, Any]:
    return {"recommendation": RecommendationReading(page, reading(page, request))}


def index_context(page: RecommendationIndexPage, request: HttpRequest) -> dict[str, Any]:
    listing = children_listing(page, request, RecommendationPage)
    return {"listing": listing, "traces": _traces(listing, reading(page, request))}


def _traces(listing: Listing, view: Reading) -> list[Trace]:
    rows = RecommendationRows(Page.objects.filter(pk__in=[page.pk for page in listing.pages]))
    pages = References(rows.named_ids, view.language, view.user)
    return [rows.trace(page, pages) for page in listing.pages]
