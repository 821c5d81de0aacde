"""What the pages of recommendations show: where each comes from and where it is followed."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.cards import Card, card
from portal.listing import Listing, children_listing
from portal.reading import Reading, reading
from portal.references import References

from .leading import LeadingFinding, findings_behind
from .models import RecommendationIndexPage, RecommendationPage
from .traces import FollowedBy, RecommendationRows, Trace, addressees

MOST_CARDS = 3  # beyond, patterns are only named


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
        return findings_behind([self.page], self.view)[self.page.translation_key]


def recommendation_context(page: RecommendationPage, request: HttpRequest) -> dict[str, Any]:
    return {"recommendation": RecommendationReading(page, reading(page, request))}


def index_context(page: RecommendationIndexPage, request: HttpRequest) -> dict[str, Any]:
    listing = children_listing(page, request, RecommendationPage)
    return {"listing": listing, "traces": _traces(listing, reading(page, request))}


def _traces(listing: Listing, view: Reading) -> list[Trace]:
    rows = RecommendationRows(Page.objects.filter(pk__in=[page.pk for page in listing.pages]))
    pages = References(rows.named_ids, view.language, view.user)
    findings = findings_behind(listing.pages, view)
    return [rows.trace(page, pages, findings[page.translation_key]) for page in listing.pages]
