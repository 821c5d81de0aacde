"""Patterns and their relations as tables."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import reported
from portal import vocabulary as v
from portal.addresses import absolute
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
    terms_of,
)
from portal.datasets import register as register_dataset
from portal.languages import active_language
from portal.listing import chosen_pages, without_streams
from portal.streams import stored, values

from .listing import FILTERS, SORTS, use_labels
from .models import PatternIndexPage, PatternPage
from .models.patterns import label_of
from .relations import public_relations

READ_STREAMS = {"uses", "considerations"}


def pattern_pages(request: HttpRequest) -> QuerySet:
    return chosen_pages(request, without_streams(PatternPage, *READ_STREAMS), FILTERS, SORTS)


def patterns(request: HttpRequest) -> Iterator[list[PageRow]]:
    return page_chunks(request, pattern_pages(request), practices=_practices, successors=_successors, reports=_reports)


def _reports(pages: list[Any], request: HttpRequest) -> Mapping[int, int]:
    numbers = reported.numbers(PatternPage.objects.filter(pk__in=[page.pk for page in pages]))
    return {page.pk: numbers[page.translation_key] for page in pages}


def _successors(pages: list[Any], request: HttpRequest) -> Mapping[int, int]:
    pairs = [(page.pk, page.superseded_by_id) for page in pages if page.superseded_by_id]
    numbers = codes_of(PatternPage, [successor for _page, successor in pairs], request, "number")
    return {page: numbers[successor] for page, successor in pairs if successor in numbers}


def _practices(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    """The codes of the practices that show each pattern, whatever language the link was stored in."""
    by_key = {page.translation_key: page.pk for page in pages}
    links: Any = PatternPage.practice_links.rel.related_model
    rows = links.objects.filter(pattern__translation_key__in=by_key).order_by("pk")
    pairs = [(by_key[key], page) for key, page in rows.values_list("pattern__translation_key", "page_id")]
    return codes_by_page(links._meta.get_field("page").related_model, pairs, request)


def _short_address(row: PageRow) -> str:
    return absolute(row.request, f"/p/{row.page.label}")


def _uses(strength: str) -> Callable[[PageRow], list[str]]:
    return lambda row: [use["use"] for _side, use in stored(row.page.uses) if use["strength"] == strength]


def _considered(kind: str) -> Callable[[PageRow], list[str]]:
    return lambda row: [value["term"] for value in values(row.page.considerations, kind) if value.get("term")]


COLUMNS = page_columns(
    Column("label", _("Permanent label, as printed on cards."), field("label")),
    Column("permanent_address", _("Address that never changes; it leads to the reader’s language."), _short_address),
    Column("also_called", _("Other names."), lambda row: row.page.also_called.splitlines()),
    Column("group", _("Which of the four purposes it serves."), field("group"), choices(v.PatternGroup)),
    Column("status", _("State of the work on it."), field("status"), choices(v.PatternStatus)),
    Column(
        "superseded_by",
        _("Label of the pattern that took its place."),
        lambda row: label_of(row.found["successors"]) if row.found["successors"] else None,
    ),
    Column("confidence", _("Stars: 0, 1 or 2. They say how sure we are, not how good it is."), field("confidence")),
    Column("confidence_reason", _("Reason for the stars."), field("confidence_reason")),
    Column("problem", _("The problem in at most 220 characters."), field("card_problem")),
    Column("therefore", _("What to do about it in at most 220 characters."), field("card_therefore")),
    Column("channels", _("Channels that are used."), field("platforms"), choices(v.PlatformKind)),
    Column("phases", _("When it happens."), field("phases"), choices(v.IncidentPhase)),
    Column("purposes", _("What citizens want."), field("purposes"), choices(v.CitizenPurpose)),
    Column("activities", _("What citizens do."), field("activities"), choices(v.CitizenActivity)),
    Column("initiative", _("Who starts it."), field("initiative"), choices(v.Initiative)),
    Column("uses_core", _("Uses that it is made for."), _uses(v.UseStrength.CORE), use_labels),
    Column("uses_supporting", _("Uses that it supports."), _uses(v.UseStrength.SUPPORTING), use_labels),
    Column("uses_tension", _("Uses that it is in tension with."), _uses(v.UseStrength.TENSION), use_labels),
    Column("ethical_risks", _("Ethical risks."), _considered("ethical_risk"), terms_of(v.TermScheme.ETHICAL_RISK)),
    Column(
        "ethical_benefits",
        _("Ethical benefits."),
        _considered("ethical_benefit"),
        terms_of(v.TermScheme.ETHICAL_BENEFIT),
    ),
    Column("practices", _("Codes of the practices that show it."), looked_up("practices")),
    Column(
        "reports",
        _("Number of published reports by people who tried it."),
        lambda row: row.found["reports"],
    ),
)


def relations(request: HttpRequest) -> Iterator[list[dict[str, Any]]]:
    """Every relation once, as it is stored; the other side follows from its type."""
    shown = public_relations(active_language(), request.user)
    ids = {pk for row, _words in shown for pk in (row.page_id, row.target_id)}
    numbers = codes_of(PatternPage, ids, request, "number")
    ends = [(row, words) for row, words in shown if row.page_id in numbers and row.target_id in numbers]
    rows = [
        {
            "from": label_of(numbers[row.page_id]),
            "relation": row.type,
            "to": label_of(numbers[row.target_id]),
            "reason": words.reason,
            "language": words.language,
        }
        for row, words in ends
    ]
    yield sorted(rows, key=lambda row: (row["from"], row["relation"], row["to"]))


RELATION_COLUMNS = (
    Column("from", _("Label of the pattern that the relation reads from."), cell("from")),
    Column("relation", _("Kind of relation, read from left to right."), cell("relation"), choices(v.RelationType)),
    Column("to", _("Label of the other pattern."), cell("to")),
    Column("reason", _("Why, in one or two sentences."), cell("reason")),
    Column("language", _("Language of the texts in this row."), cell("language")),
)


def register() -> None:
    register_dataset(
        Dataset(
            "patterns",
            _("Patterns"),
            _("One row for each pattern."),
            COLUMNS,
            patterns,
            pages=pattern_pages,
            index=PatternIndexPage,
            filters=lambda request: FILTERS,
            place="patterns",
        )
    )
    register_dataset(
        Dataset(
            "relations",
            _("Relations between patterns"),
            _("One row for each relation; each is stored once and holds from both ends."),
            RELATION_COLUMNS,
            relations,
        )
    )
