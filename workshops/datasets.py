"""Workshops, their findings and the recommendations as tables. Quotes are not among them: see `portal.datasets`."""

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
from portal.listing import chosen_pages, country_labels, in_order_of_the_tree
from portal.models import Organisation, PageSource
from portal.streams import items, values

from .listing import filters, in_order_of_time, workshops_without_text
from .models import (
    RecommendationIndexPage,
    RecommendationPage,
    RecommendationPattern,
    RecommendationPractice,
    WorkshopIndexPage,
    WorkshopPage,
)
from .traces import rows_of

READ_STREAMS = ("organisers", "guiding_questions", "participants")


def workshop_pages(request: HttpRequest) -> QuerySet:
    return chosen_pages(request, workshops_without_text(*READ_STREAMS), filters(request), [in_order_of_time()])


def workshops(request: HttpRequest) -> Iterator[list[PageRow]]:
    pages = workshop_pages(request).select_related("locale", "series")
    return page_chunks(request, pages, organisers=_organisers, series=_series)


def _organisers(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    ids = {page.pk: [value["organisation"] for value in values(page.organisers, "organisation")] for page in pages}
    named = {pk for of_page in ids.values() for pk in of_page}
    names = dict(Organisation.objects.filter(pk__in=named).values_list("pk", "name"))
    return {page: [names[pk] for pk in of_page if pk in names] for page, of_page in ids.items()}


def _series(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    series: Any = WorkshopPage._meta.get_field("series").related_model
    return codes_by_page(series, [(page.pk, page.series_id) for page in pages if page.series_id], request)


COLUMNS = page_columns(
    Column("kind", _("Kind of event."), field("event_kind"), choices(v.EventKind)),
    Column("date_start", _("First day: a year, a month or a day, as exactly as it is known."), field("date_start")),
    Column("date_end", _("Last day, in the same way."), field("date_end")),
    Column("date_note", _("Note on the date."), field("date_note")),
    Column("place", _("Place."), field("place_name")),
    Column("country", _("Country, ISO 3166-1."), lambda row: row.page.country.code, country_labels),
    Column("venue", _("Venue."), field("venue")),
    Column("series", _("Code of the series."), lambda row: next(iter(row.found["series"] or ()), None)),
    Column("series_number", _("Number in the series."), field("series_number")),
    Column("organisers", _("Organisers, hosts and funders."), looked_up("organisers")),
    Column(
        "participants",
        _("Categories of people who took part."),
        lambda row: [value["category"] for value in values(row.page.participants, "participant")],
        choices(v.ParticipantCategory),
    ),
    Column("questions", _("Questions it worked on."), lambda row: values(row.page.guiding_questions, "question")),
    Column("report_status", _("State of the report."), field("report_status"), choices(v.ReportStatus)),
)


def findings(request: HttpRequest) -> Iterator[list[dict[str, Any]]]:
    pages = chosen_pages(request, workshops_without_text("findings"), [], [in_order_of_time()])
    pattern_page = RecommendationPattern._meta.get_field("pattern").related_model
    resources = PageSource._meta.get_field("resource").related_model
    for chunk in page_chunks(request, pages):
        found = [(row.page, value) for row in chunk for value in values(row.page.findings, "finding")]
        patterns = codes_of(pattern_page, _named(found, "patterns"), request)
        advice = codes_of(RecommendationPage, _named(found, "recommendations"), request)
        sources = codes_of(resources, [value["source"] for _page, value in found if value.get("source")], request)
        yield [_finding(page, value, patterns, advice, sources) for page, value in found]


def _named(found: list[tuple[Any, Any]], name: str) -> list[int]:
    return [pk for _page, value in found for pk in items(value, name)]


def _finding(page: Any, value: Any, patterns: Mapping, advice: Mapping, sources: Mapping) -> dict[str, Any]:
    return {
        "workshop": page.code,
        "finding": value["code"],
        "language": page.locale.language_code,
        "kind": value["kind"],
        "strength": value["strength"],
        "text": value["text"],
        "patterns": [patterns[pk] for pk in items(value, "patterns") if pk in patterns],
        "recommendations": [advice[pk] for pk in items(value, "recommendations") if pk in advice],
        "source": sources.get(value.get("source") or 0),
    }


FINDING_COLUMNS = (
    Column("workshop", _("Code of the workshop."), cell("workshop")),
    Column("finding", _("Number of the finding in its workshop."), cell("finding")),
    Column("language", _("Language of the texts in this row."), cell("language")),
    Column("kind", _("Kind of finding."), cell("kind"), choices(v.FindingKind)),
    Column("strength", _("How many of those present agreed."), cell("strength"), choices(v.FindingStrength)),
    Column("text", _("What was found."), cell("text")),
    Column("patterns", _("Codes of the patterns that it is about."), cell("patterns")),
    Column("recommendations", _("Codes of the recommendations that it led to."), cell("recommendations")),
    Column("source", _("Code of the work that reports it."), cell("source")),
)


def recommendation_pages(request: HttpRequest) -> QuerySet:
    return chosen_pages(request, RecommendationPage.objects.all(), [], [in_order_of_the_tree()])


def recommendations(request: HttpRequest) -> Iterator[list[PageRow]]:
    return page_chunks(request, recommendation_pages(request), patterns=_patterns, followed=_followed)


def _patterns(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    """What rows of any language name, since some are kept on the page in which they were written."""
    by_key = {page.translation_key: page.pk for page in pages}
    rows = RecommendationPattern.objects.filter(page__translation_key__in=by_key).order_by("sort_order", "pk")
    pairs = [(by_key[key], named) for key, named in rows.values_list("page__translation_key", "pattern_id")]
    return codes_by_page(RecommendationPattern._meta.get_field("pattern").related_model, pairs, request)


def _followed(pages: list[Any], request: HttpRequest) -> Mapping[int, dict[str, str]]:
    """By page: the codes of the practices, each with how far it has come."""
    of_these = RecommendationPractice.objects.filter(page__translation_key__in=[page.translation_key for page in pages])
    rows = list(of_these.select_related("page"))
    practice_page = RecommendationPractice._meta.get_field("practice").related_model
    codes = codes_of(practice_page, [row.practice_id for row in rows], request)
    return {
        page.pk: {codes[row.practice_id]: row.status for row in rows_of(page, rows) if row.practice_id in codes}
        for page in pages
    }


RECOMMENDATION_COLUMNS = page_columns(
    Column("label", _("Permanent label."), field("label")),
    Column("addressees", _("Whom it is addressed to."), field("addressees"), choices(v.Actor)),
    Column("status", _("How far it has come."), field("status"), choices(v.RecommendationStatus)),
    Column("patterns", _("Codes of the patterns that it is about."), looked_up("patterns")),
    Column(
        "practices",
        _("Codes of the practices that tell of it; the next column says how far each has come."),
        lambda row: list(row.found["followed"] or ()),
    ),
    Column(
        "practice_status",
        _("How far each of these practices has come, in their order."),
        lambda row: list((row.found["followed"] or {}).values()),
        choices(v.FollowingStatus),
    ),
)


def register() -> None:
    register_dataset(
        Dataset(
            "workshops",
            _("Workshops"),
            _("One row for each workshop or other event."),
            COLUMNS,
            workshops,
            pages=workshop_pages,
            index=WorkshopIndexPage,
            filters=filters,
            place="workshops",
        )
    )
    register_dataset(
        Dataset(
            "findings",
            _("Findings of workshops"),
            _("One row for each finding of a workshop, with what it is about and led to."),
            FINDING_COLUMNS,
            findings,
        )
    )
    register_dataset(
        Dataset(
            "recommendations",
            _("Recommendations"),
            _("One row for each recommendation."),
            RECOMMENDATION_COLUMNS,
            recommendations,
            pages=recommendation_pages,
            index=RecommendationIndexPage,
            place="recommendations",
        )
    )
