"""Practices and their figures as tables; practices with a point as places on a map, too."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import vocabulary as v
from portal.datasets import (
    Column,
    Dataset,
    PageRow,
    cell,
    choices,
    codes_by_page,
    codes_of,
    field,
    looked_up,
    page_chunks,
    page_columns,
)
from portal.datasets import register as register_dataset
from portal.languages import language_name
from portal.listing import BY_TITLE, chosen_pages, country_labels, without_streams
from portal.models import PageSource
from portal.streams import stored, values

from .listing import FILTERS, SORTS
from .models import PracticeIndexPage, PracticePage, PracticePattern
from .places import places_of

READ_STREAMS = {"aims", "uses", "criteria", "further_places"}


def practice_pages(request: HttpRequest) -> QuerySet:
    return chosen_pages(request, without_streams(PracticePage, *READ_STREAMS), FILTERS, SORTS)


def practices(request: HttpRequest) -> Iterator[list[PageRow]]:
    pages = practice_pages(request).select_related("locale", "lead_organisation")
    return page_chunks(request, pages, patterns=_patterns)


def _patterns(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    rows = PracticePattern.objects.filter(page_id__in=[page.pk for page in pages]).order_by("sort_order", "pk")
    pairs = sorted(rows.values_list("page_id", "pattern_id", "strength"), key=lambda row: row[2] != v.Strength.MAIN)
    pattern_page = PracticePattern._meta.get_field("pattern").related_model
    return codes_by_page(pattern_page, [(page, pattern) for page, pattern, _strength in pairs], request)


def points(row: PageRow) -> list[tuple[float, float]]:
    return [(place.longitude, place.latitude) for place in places_of(row.page)]


def _all_uses() -> Mapping[str, Any]:
    return dict(v.InstitutionalUse.choices + v.CitizenUse.choices)


class _LanguageNames(dict):
    """Practices name many more languages than the site has."""

    def get(self, code: str, default: Any = None) -> str:
        return language_name(code)


COLUMNS = page_columns(
    Column("line", _("What they do, in one line."), field("card_line")),
    Column("extent", _("How much the entry holds."), field("extent"), choices(v.PracticeExtent)),
    Column("status", _("Whether it runs."), field("status"), choices(v.PracticeStatus)),
    Column("status_reason", _("Reason for the status."), field("status_reason")),
    Column("place", _("Place."), field("place_name")),
    Column("region", _("Region."), field("admin_area")),
    Column("country", _("Country, ISO 3166-1."), lambda row: row.page.country.code, country_labels),
    Column("further_countries", _("Where else it runs, ISO 3166-1."), field("further_countries"), country_labels),
    Column("latitude", _("Latitude of the town hall in degrees (WGS 84)."), field("latitude")),
    Column("longitude", _("Longitude of the town hall in degrees (WGS 84)."), field("longitude")),
    Column(
        "further_places",
        _("Further towns where it runs; GeoJSON has their points."),
        lambda row: [one["name"] for one in values(row.page.further_places, "place")],
    ),
    Column("territory", _("Kind of territory."), field("territory"), choices(v.Territory)),
    Column("started", _("Start: a year, a month or a day, as exactly as it is known."), field("started")),
    Column("ended", _("End, in the same way."), field("ended")),
    Column(
        "lead_organisation",
        _("Organisation in the lead."),
        lambda row: row.page.lead_organisation.name if row.page.lead_organisation else None,
    ),
    Column("initiative", _("Who starts it."), field("initiative"), choices(v.Initiative)),
    Column("participation", _("Degree of participation."), field("participation"), choices(v.Participation)),
    Column("target_groups", _("For whom it is."), field("target_groups")),
    Column("aims", _("Aims."), lambda row: values(row.page.aims, "item")),
    Column("technology", _("Technology in use."), field("technology"), choices(v.PlatformKind)),
    Column("service_languages", _("Languages of the service."), field("service_languages"), _LanguageNames),
    Column("uses", _("What it is used for."), lambda row: [u["use"] for _s, u in stored(row.page.uses)], _all_uses),
    Column("phases", _("When it works."), field("phases"), choices(v.IncidentPhase)),
    Column("criteria_met", _("How many of the four criteria of good practice are met."), field("criteria_met")),
    Column("patterns", _("Codes of the patterns that it shows, the main ones first."), looked_up("patterns")),
)


def figures(request: HttpRequest) -> Iterator[list[dict[str, Any]]]:
    pages = chosen_pages(request, without_streams(PracticePage, "figures"), [], [BY_TITLE])
    resources = PageSource._meta.get_field("resource").related_model
    for chunk in page_chunks(request, pages.exclude(figures=[])):
        rows = [(row, value) for row in chunk for value in values(row.page.figures, "figure")]
        codes = codes_of(resources, [value["source"] for _row, value in rows if value.get("source")], request)
        yield [_figure(row.page, value, codes) for row, value in rows]


def _figure(page: PracticePage, value: Any, codes: Mapping[int, str]) -> dict[str, Any]:
    return {
        "practice": page.code,
        "language": page.locale.language_code,
        "label": value["label"],
        "value": float(value["value"]),
        "qualifier": value["qualifier"],
        "unit": value["unit"],
        "as_of": value["as_of"],
        "source": codes.get(value.get("source") or 0),
    }


FIGURE_COLUMNS = (
    Column("practice", _("Code of the practice."), cell("practice")),
    Column("language", _("Language of the texts in this row."), cell("language")),
    Column("label", _("What was counted."), cell("label")),
    Column("value", _("The number."), cell("value")),
    Column("qualifier", _("How exact it is."), cell("qualifier"), choices(v.Qualifier)),
    Column("unit", _("Unit."), cell("unit")),
    Column("as_of", _("For when it holds; empty: the source gives no date."), cell("as_of")),
    Column("source", _("Code of the work that gives the number."), cell("source")),
)


def register() -> None:
    register_dataset(
        Dataset(
            "practices",
            _("Practices"),
            _("One row for each local practice, brief or full."),
            COLUMNS,
            practices,
            pages=practice_pages,
            index=PracticeIndexPage,
            filters=lambda request: FILTERS,
            place="practices",
            points=points,
        )
    )
    register_dataset(
        Dataset(
            "figures",
            _("Figures of practices"),
            _("One row for each number that a practice reports, with its date and source."),
            FIGURE_COLUMNS,
            figures,
        )
    )
