"""The list of patterns as the deck that is printed: the fronts of its cards, and what can be done with them."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.addresses import address
from portal.languages import active_language
from portal.listing import Listing, chosen_pages, without_page
from portal.views_of_pages import shown

from .listing import FILTERS, SORTS, pattern_listing
from .models import PatternIndexPage, PatternPage
from .models.patterns import label_of


class DeckReading:
    """Computed when the template asks: a deck that is drawn already asks for nothing."""

    def __init__(self, page: PatternIndexPage, request: HttpRequest) -> None:
        self.page = page
        self.request = request

    @cached_property
    def listing(self) -> Listing:
        return pattern_listing(self.page, self.request)

    @cached_property
    def items(self) -> str:
        """All that the filters choose, not this page alone; empty for the whole deck, which has an address anyway."""
        if not self.listing.is_filtered:
            return ""
        numbers = chosen_pages(self.request, PatternPage.objects.all(), FILTERS, SORTS)
        return ",".join(label_of(number) for number in numbers.values_list("number", flat=True))

    def _chosen(self, view: str) -> str:
        path = reverse(view)
        return f"{path}?{urlencode({'items': self.items}, safe=',')}" if self.items else path

    @property
    def cards_url(self) -> str:
        return self._chosen("printing:cards")

    @property
    def pdf_url(self) -> str:
        return self._chosen("printing:deck")

    def _shown(self, view: str) -> str:
        query = without_page(self.request.GET)
        path = f"{address(self.page, active_language())}{view}"
        return f"{path}?{query}" if query else path

    @property
    def facilitate_url(self) -> str:
        return self._shown("facilitate/")

    @property
    def kiosk_url(self) -> str:
        return self._shown("kiosk/")


def deck_page(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    deck: Any = DeckReading(page, request)
    title = _("The patterns as a deck of cards")
    description = _("The fronts of the cards, to look through, to print and to lay on a table.")
    return shown(page, request, "patterns/pattern_deck.html", title=title, description=description, deck=deck)
