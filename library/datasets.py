"""The reading list and the glossary as tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import vocabulary as v
from portal.addresses import absolute
from portal.datasets import Column, Dataset, PageRow, cell, choices, codes_of, field, page_chunks, page_columns
from portal.datasets import register as register_dataset
from portal.languages import active_language
from portal.listing import chosen_pages
from portal.navigation import places
from portal.querysets import visible

from .glossary import terms_in
from .listing import RESOURCE_FILTERS, RESOURCE_SORTS, language_names
from .models import GlossaryPage, GlossaryTerm, ResourceIndexPage, ResourcePage


def resource_pages(request: HttpRequest) -> QuerySet:
    pages = chosen_pages(request, ResourcePage.objects.defer("annotation"), RESOURCE_FILTERS, RESOURCE_SORTS)
    return pages.select_related("locale", "organisation")


def resources(request: HttpRequest) -> Iterator[list[PageRow]]:
    return page_chunks(request, resource_pages(request))


RESOURCE_COLUMNS = page_columns(
    Column("type", _("Type of work."), field("csl_type"), choices(v.ResourceType)),
    Column("work_title", _("Title of the work in its own language."), field("cited_title")),
    Column("authors", _("Authors, one after the other."), field("creators")),
    Column(
        "organisation",
        _("Organisation that made or published it."),
        lambda row: row.page.organisation.name if row.page.organisation else None,
    ),
    Column("year", _("Year of publication; empty: not known."), field("year")),
    Column("date_note", _("Note on the date."), field("date_note")),
    Column("container", _("What it appeared in."), field("container")),
    Column("publisher", _("Publisher."), field("publisher")),
    Column("work_language", _("Language of the work."), field("language"), language_names),
    Column("doi", _("DOI."), field("doi")),
    Column("isbn", _("ISBN."), field("isbn")),
    Column("web_address", _("Address of the work on the web."), field("url")),
    Column("accessed_on", _("Day on which we looked at it there."), field("accessed_on")),
)


def terms(request: HttpRequest) -> Iterator[list[dict[str, Any]]]:
    if not visible(GlossaryPage.objects.all(), request.user).exists():
        return
    found = terms_in(active_language())
    ordered = sorted(found.values(), key=lambda term: term.code)
    sources = codes_of(ResourcePage, [term.source_id for term in ordered if term.source_id], request)
    place = places(active_language(), request).get("glossary")
    address = absolute(request, place.url) if place else ""
    yield [_term(term, sources, address) for term in ordered]


def _term(term: GlossaryTerm, sources: Mapping[int, str], address: str) -> dict[str, Any]:
    return {
        "code": term.code,
        "language": term.locale.language_code,
        "term": term.term,
        "abbreviation": term.abbreviation,
        "other_words": term.other_words,
        "definition": term.definition,
        "note": term.note,
        "broader": term.broader,
        "see_also": term.see_also,
        "source": sources.get(term.source_id or 0),
        "address": f"{address}#{term.code}" if address else None,
        "licence": "CC-BY-4.0",
    }


TERM_COLUMNS = (
    Column("code", _("Permanent code, the same in every language."), cell("code")),
    Column("language", _("Language of the texts in this row."), cell("language")),
    Column("term", _("The term."), cell("term")),
    Column("abbreviation", _("Abbreviation."), cell("abbreviation")),
    Column("other_words", _("Other words for it."), cell("other_words")),
    Column("definition", _("Definition in at most 60 words."), cell("definition")),
    Column("note", _("Note."), cell("note")),
    Column("broader", _("Code of the broader term."), cell("broader")),
    Column("see_also", _("Codes of related terms."), cell("see_also")),
    Column("source", _("Code of the work it is taken from."), cell("source")),
    Column("address", _("Address of the page."), cell("address")),
    Column("licence", _("Licence of the texts, as an SPDX code."), cell("licence")),
)


def register() -> None:
    register_dataset(
        Dataset(
            "resources",
            _("Resources"),
            _("One row for each work on the reading list."),
            RESOURCE_COLUMNS,
            resources,
            pages=resource_pages,
            index=ResourceIndexPage,
            filters=lambda request: RESOURCE_FILTERS,
            place="resources",
        )
    )
    register_dataset(
        Dataset(
            "glossary",
            _("Glossary"),
            _("One row for each term."),
            TERM_COLUMNS,
            terms,
            index=GlossaryPage,
            place="glossary",
        )
    )
