"""The list of workshops: filters, order, and the series they belong to."""

from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.languages import active_language
from portal.listing import FacetFilter, Listing, Sort, build_listing, country_labels, without_streams
from portal.models import PageFacet
from portal.querysets import in_language, visible
from portal.reading import reading

from .models import WorkshopIndexPage, WorkshopPage, WorkshopSeriesPage


def workshop_listing(index: WorkshopIndexPage, request: HttpRequest) -> Listing:
    """What is to come first, the next one on top; then what was held, the latest on top."""
    return build_listing(request, workshops_without_text(), filters=filters(request), sorts=[in_order_of_time()])


def index_context(index: WorkshopIndexPage, request: HttpRequest) -> dict[str, Any]:
    return {
        "listing": workshop_listing(index, request),
        "series_shown": series_shown(request),
        "recommendations_url": reading(index, request).place_url("recommendations"),
    }


def workshops_without_text(*kept: str) -> Any:
    """Workshops without their streams, which only their own page prints; `kept` streams are read."""
    return without_streams(WorkshopPage, *kept).select_related("series")


def filters(request: HttpRequest) -> list[FacetFilter]:
    return [
        FacetFilter("year", _("Year"), lambda: _in_use("year", request)),
        FacetFilter("country", _("Country"), country_labels, keep_order=False),
        FacetFilter("place", _("Place"), lambda: _in_use("place", request), keep_order=False),
    ]


def _in_use(facet: str, request: HttpRequest) -> dict[str, str]:
    """The values of the workshops the reader may see, the last first: the latest year. Each is its own label."""
    rows = PageFacet.objects.filter(facet=facet, page__in=visible(WorkshopPage.objects.all(), request.user))
    return {value: value for value in rows.values_list("value", flat=True).distinct().order_by("-value")}


def in_order_of_time(today: str = "") -> Sort:
    today = today or timezone.localdate().isoformat()
    to_come = Case(When(date_start__gt=today, then=F("date_start")), default=Value("9999"), output_field=TextField())
    return Sort("date", _("Date"), (to_come.asc(), "-date_start"))


def series_shown(request: HttpRequest) -> list[WorkshopSeriesPage]:
    pages = in_language(visible(WorkshopSeriesPage.objects.all(), request.user), active_language())
    return list(pages.select_related("locale").order_by("path"))
