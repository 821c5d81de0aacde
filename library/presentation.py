"""What the pages of the library show beside their texts."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.backlinks import backlinks
from portal.facts import Fact, shown_contacts
from portal.geography import country_name
from portal.languages import language_name
from portal.links import PageLink
from portal.reading import Reading, reading
from portal.vocabulary import ResourceType

from .citing import authors
from .models import CallPage, ProjectPage, ResourcePage

SITE_PAGES = ("homepage", "standardpage")


class ResourceReading:
    """A work: its reference line, and the pages of the guide that name it."""

    def __init__(self, page: ResourcePage, view: Reading) -> None:
        self.page = page
        self.view = view
        view.need(lambda: view.backlink_ids)

    @property
    def language_name(self) -> str:
        return language_name(self.page.language) if self.page.language else ""

    @property
    def facts(self) -> list[Fact]:
        page = self.page
        return [
            Fact(_("Type"), page.get_csl_type_display()),
            Fact(_("Language"), self.language_name, _("not stated")),
            Fact(_("Year"), str(page.year or ""), page.date_note or _("no date in source")),
            *self._known_facts(),
        ]

    def _known_facts(self) -> list[Fact]:
        page = self.page
        facts = [
            Fact(_("DOI"), page.doi, url=f"https://doi.org/{page.doi}"),
            Fact(_("ISBN"), page.isbn),
            Fact(_("Grant"), page.grant),
            Fact(_("Licence"), page.licence),
        ]
        return [fact for fact in facts if fact.value]

    @property
    def cited_by(self) -> list[tuple[str, list[PageLink]]]:
        """The pages that name the work, by type."""
        by_type: dict[str, list[PageLink]] = defaultdict(list)
        for link in backlinks(self.view, leave_out=("homepage",)):
            by_type[link.type_name].append(link)
        return sorted(by_type.items())


@dataclass(frozen=True)
class Partner:
    name: str
    country: str
    role: str
    note: str
    is_coordinator: bool


class ProjectReading:
    def __init__(self, page: ProjectPage, view: Reading) -> None:
        self.page = page
        self.view = view

    @property
    def facts(self) -> list[Fact]:
        page: Any = self.page
        months = page.duration_months
        duration = ngettext("%(number)d month", "%(number)d months", months or 0) % {"number": months or 0}
        return [
            Fact(_("Programme"), page.programme, _("not named")),
            Fact(_("Started"), page.started.display() if page.started else "", _("no date in source")),
            Fact(_("Kick-off"), page.kick_off.display() if page.kick_off else "", _("no date in source")),
            Fact(_("Duration"), duration if months else "", _("not stated")),
            Fact(_("Coordinator"), ", ".join(p.name for p in self.partners if p.is_coordinator), _("not named")),
            Fact(_("Partners"), str(len(self.partners) or ""), _("not named")),
        ]

    @cached_property
    def partners(self) -> list[Partner]:
        return [_partner(block.value) for block in self.page.partners]

    @property
    def tasks(self) -> list[tuple[str, list[str]]]:
        """What each organisation does, in the order in which the page names them."""
        found: dict[str, list[str]] = defaultdict(list)
        for block in self.page.tasks:
            found[getattr(block.value["organisation"], "name", "")].append(block.value["text"])
        return list(found.items())


def _partner(value: Any) -> Partner:
    return Partner(
        name=getattr(value["organisation"], "name", ""),
        country=country_name(value["country"]) if value["country"] else "",
        role=value["role"] or "",
        note=value["note"] or "",
        is_coordinator=bool(value["coordinator"]),
    )


def named_in(page: Any, request: HttpRequest) -> dict[str, Any]:
    """For texts about the field: the pages that refer to them."""
    view = reading(page, request)
    view.need(lambda: view.backlink_ids)
    return {"named_in": backlinks(view, leave_out=SITE_PAGES)}


def resource_context(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    view = reading(page, request)
    view.head.subject = _work(page, view)
    return {"resource": ResourceReading(page, view)}


WORKS: dict[str, str] = {
    ResourceType.REPORT: "Report",
    ResourceType.BOOK: "Book",
    ResourceType.ARTICLE: "ScholarlyArticle",
    ResourceType.WEBPAGE: "WebPage",
    ResourceType.SOFTWARE: "SoftwareApplication",
    ResourceType.DATASET: "Dataset",
}


def _work(page: ResourcePage, view: Reading) -> dict[str, Any]:
    """The work itself, for machines."""
    people = [
        {"@type": "Person", "name": f"{one.given} {one.name}"}
        if one.given
        else {"@type": "Organization", "name": one.name}
        for one in authors(page)
    ]
    known = {
        "author": people,
        "inLanguage": page.language,
        "datePublished": str(page.year or ""),
        "url": page.url,
        "identifier": f"https://doi.org/{page.doi}" if page.doi else "",
        "isbn": page.isbn if page.csl_type == ResourceType.BOOK else "",
        "abstract": page.summary,
    }
    node = {"@type": WORKS.get(page.csl_type, "CreativeWork"), "@id": view.head.part("work")}
    return {**node, "name": page.cited_title, **{name: value for name, value in known.items() if value}}


def call_context(page: CallPage, request: HttpRequest) -> dict[str, Any]:
    if page.closes:
        reading(page, request).head.extra = {"expires": str(page.closes)}
    return {"call": {"contacts": shown_contacts(page)}, **named_in(page, request)}


def project_context(page: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    view = reading(page, request)
    subject = {"@type": "ResearchProject", "@id": view.head.part("project"), "name": page.title}
    view.head.subject = {**subject, "alternateName": page.acronym, "description": page.summary}
    return {"project": ProjectReading(page, view)}
