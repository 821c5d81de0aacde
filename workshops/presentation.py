"""What the pages of workshops and series show, computed when a template asks, in the language of the page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from portal import vocabulary as v
from portal.facts import Fact
from portal.geography import country_name
from portal.languages import language_name
from portal.reading import Reading, reading
from portal.references import References
from portal.sources import Source
from portal.structured_data import organisation, place

from .findings import Finding, Strength, Voice, kind, scale, strength, voice_anchor
from .leaf import Leaf
from .models import WorkshopPage, WorkshopSeriesPage
from .reports import Report, reports
from .series import Place, places_of
from .traces import RecommendationRows, Trace

PARTS: dict[str, str] = {
    v.OrganiserPart.ORGANISER: "organizer",
    v.OrganiserPart.FUNDER: "funder",
}  # schema.org knows no hosts


@dataclass(frozen=True)
class Account:
    """A source that says who took part; one column of the table."""

    number: int
    short_name: str


@dataclass(frozen=True)
class Participants:
    category: str
    count: int | None
    note: str
    by_account: list[tuple[Account, bool]]


class WorkshopReading:
    def __init__(self, page: WorkshopPage, view: Reading) -> None:
        self.page = page
        self.view = view
        view.need([page.series_id])
        view.shows(lambda: [page.translation_key for page in self._shown_pages])

    # Head

    @property
    def contents(self) -> list[tuple[str, str]]:
        sections = [
            ("questions", _("Questions"), True),
            ("who", _("Who took part"), self.page.participants),
            ("findings", _("Findings"), True),
            ("said", _("Voices"), self.voices),
            ("outcomes", _("Outcomes"), True),
            ("recs", _("Recommendations"), self.traces),
            ("report", pgettext("workshop", "Report"), True),
            ("series", _("Series"), self.series_places),
            ("sources", _("Sources"), True),
        ]
        return [(anchor, label) for anchor, label, is_there in sections if is_there]

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.page.date_start, self.page.date_end)

    @property
    def country_name(self) -> str:
        return country_name(self.page.country.code) if self.page.country else ""

    @property
    def number_in_series(self) -> str:
        number, series = self.page.series_number, self.page.series
        if not number or series is None:
            return ""
        if not series.planned_count:
            return str(number)
        return _("%(number)d of %(planned)d") % {"number": number, "planned": series.planned_count}

    @property
    def facts(self) -> Iterator[Fact]:
        for block in self.page.organisers:
            role = block.value["role"]
            yield Fact(role[:1].upper() + role[1:], getattr(block.value["organisation"], "name", ""), _("not named"))
        if self.series_link:
            name = ", ".join(filter(None, [self.series_link.title, self.number_in_series]))
            yield Fact(_("Series"), name, url=self.series_link.url)
        yield Fact(_("Participants"), str(self.people or ""), _("number not published"))
        yield Fact(pgettext("workshop", "Report"), self.page.get_report_status_display(), url="#report")

    # Who took part

    @property
    def people(self) -> int:
        return sum(block.value["count"] or 0 for block in self.page.participants)

    @cached_property
    def accounts(self) -> list[Account]:
        """The sources that say who took part, in the order of the page's list."""
        ids = {pk for block in self.page.participants for pk in block.value["sources"]}
        numbers = {self.view.source_list.number(pk) for pk in ids} - {None}
        return [_account(source) for source in self.view.sources if source.number in numbers]

    @cached_property
    def participants(self) -> list[Participants]:
        return [self._participants(block.value) for block in self.page.participants]

    def _participants(self, value: Any) -> Participants:
        numbers = {self.view.source_list.number(pk) for pk in value["sources"]}
        return Participants(
            category=v.label(v.ParticipantCategory, value["category"]),
            count=value["count"],
            note=value["note"] or "",
            by_account=[(account, account.number in numbers) for account in self.accounts],
        )

    @property
    def noted_participants(self) -> list[Participants]:
        return [row for row in self.participants if row.note]

    # From finding to practice

    @cached_property
    def _rows(self) -> RecommendationRows:
        named = {pk for block in self.page.findings for pk in block.value["recommendations"]}
        return RecommendationRows(Page.objects.filter(pk__in=named))

    @cached_property
    def _pages(self) -> References:
        """Everything findings, quotes and recommendations name, but the sources, which are printed as numbers."""
        values = [block.value for block in [*self.page.findings, *self.page.quotes]]
        named = {pk for value in values for pk in [*value["patterns"], *value.get("recommendations", ())]}
        return References(named | self._rows.named_ids, self.view.language, self.view.user)

    @property
    def _shown_pages(self) -> list[Any]:
        return [*self._pages.values(), *(place.page for place in self.series_places if place.page)]

    @cached_property
    def findings(self) -> list[Finding]:
        return [self._finding(block.value) for block in self.page.findings]

    def _finding(self, value: Any) -> Finding:
        return Finding(
            code=value["code"],
            kind=kind(value["kind"]),
            strength=strength(value["strength"]),
            text=value["text"],
            patterns=self._pages.in_order(value["patterns"]),
            recommendations=self._pages.in_order(value["recommendations"]),
            voices=[voice for voice in self.voices if value["code"] in voice.findings],
            mark=self.view.source_list.mark(value),
        )

    @property
    def scale(self) -> list[Strength]:
        return scale()

    @cached_property
    def voices(self) -> list[Voice]:
        """Quotes whose recorded consent is valid today; no other quote is printed anywhere."""
        return [self._voice(place, value) for place, value in enumerate(self.page.shown_quotes, 1)]

    def _voice(self, place: int, value: Any) -> Voice:
        code = value["original_language"] or ""
        return Voice(
            anchor=voice_anchor(place),
            text=value["text"],
            original=value["original_text"] or "",
            original_language=code,
            language_name=language_name(code) if code and code != self.view.page_language else "",
            attribution=value["attribution"],
            is_paraphrase=value["paraphrase"],
            findings=[block.value["code"] for block in self.page.findings if block.value["code"] in value["findings"]],
            patterns=self._pages.in_order(value["patterns"]),
            mark=self.view.source_list.mark(value),
        )

    @cached_property
    def traces(self) -> list[Trace]:
        findings: dict[int, list[Finding]] = defaultdict(list)
        pages: dict[int, Any] = {}
        for finding in self.findings:
            for page in finding.recommendations:
                findings[page.pk].append(finding)
                pages[page.pk] = page
        ordered = sorted(pages.values(), key=lambda page: page.number)
        return [self._rows.trace(page, self._pages, findings[page.pk]) for page in ordered]

    @property
    def recommendations_url(self) -> str:
        return self.view.place_url("recommendations")

    # Outcomes, report, series

    @property
    def outcomes(self) -> list[tuple[str, SafeString]]:
        return [(block.value["text"], self.view.source_list.mark(block.value)) for block in self.page.outcomes]

    @property
    def outreach(self) -> list[tuple[str, str, SafeString]]:
        values = [block.value for block in self.page.outreach]
        return [(value["channel"], value["text"], self.view.source_list.mark(value)) for value in values]

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        return reports(self.page, self.view.user)

    @property
    def report_track(self) -> list[tuple[str, bool]]:
        """The states of the report and whether each has been reached."""
        states = [v.ReportStatus.ANNOUNCED, v.ReportStatus.DRAFT, v.ReportStatus.PUBLISHED]
        reached = [state.value for state in states].index(self.page.report_status)
        return [(str(state.label), place <= reached) for place, state in enumerate(states)]

    @property
    def series_link(self) -> Any:
        return self.view.links.get(self.page.series_id or 0)

    @cached_property
    def series_places(self) -> list[Place]:
        series = self.page.series
        return places_of(series, self.view, here=self.page) if series and self.series_link else []

    @property
    def subject(self) -> dict[str, Any]:
        """The workshop itself, for machines: an event."""
        page = self.page
        node: dict[str, Any] = {
            "@type": "Event",
            "@id": self.view.head.part("event"),
            "name": page.title,
            "description": page.summary,
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": f"https://schema.org/{self._attendance}EventAttendanceMode",
        }
        dates = {"startDate": page.date_start, "endDate": page.date_end or page.date_start}
        node |= {name: str(date) for name, date in dates.items() if date}
        node |= self._organisers
        places = [one for one in (self._place, self._online) if one]
        return {**node, "location": places if len(places) > 1 else places[0]} if places else node

    @property
    def _organisers(self) -> dict[str, Any]:
        """Organisations by what they do; one whose part is not said has contributed."""
        found: dict[str, list[dict[str, Any]]] = {}
        for value in (block.value for block in self.page.organisers):
            if value["organisation"]:
                name = PARTS.get(value.get("part") or "", "contributor")
                found.setdefault(name, []).append(organisation(value["organisation"]))
        return dict(found)

    @property
    def _attendance(self) -> str:
        page = self.page
        if not page.online_url:
            return "Offline"
        return "Mixed" if page.place_name or page.venue else "Online"

    @property
    def _place(self) -> dict[str, Any]:
        page = self.page
        name = ", ".join(filter(None, [page.venue, page.place_name])) or str(page.country.name)
        return place(name, country=str(page.country.code or ""), locality=page.place_name) if name else {}

    @property
    def _online(self) -> dict[str, Any]:
        return {"@type": "VirtualLocation", "url": self.page.online_url} if self.page.online_url else {}


class SeriesReading:
    def __init__(self, page: WorkshopSeriesPage, view: Reading) -> None:
        self.page = page
        self.view = view

    @cached_property
    def places(self) -> list[Place]:
        return places_of(self.page, self.view)

    @property
    def known(self) -> list[Place]:
        return [place for place in self.places if place.page]

    @property
    def known_count(self) -> int:
        return len(self.known)


def workshop_context(page: WorkshopPage, request: HttpRequest) -> dict[str, Any]:
    workshop = WorkshopReading(page, reading(page, request))
    workshop.view.head.subject = workshop.subject
    return {"workshop": workshop}


def series_context(page: WorkshopSeriesPage, request: HttpRequest) -> dict[str, Any]:
    return {"series": SeriesReading(page, reading(page, request))}


def _account(source: Source) -> Account:
    return Account(source.number, source.short or source.title)
