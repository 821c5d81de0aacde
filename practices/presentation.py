"""What the page of a practice shows, computed when its template asks, in the language of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_countries import countries
from wagtail.models import Page

from portal import terms
from portal import vocabulary as v
from portal.cards import Card, card
from portal.evidence import EvidenceLine, balance, evidence_lines
from portal.facts import Fact, shown_contacts
from portal.languages import language_name
from portal.querysets import in_language, visible
from portal.reading import Reading, reading
from portal.references import References
from portal.structured_data import organisation, place
from portal.uses import Use, uses_of

from .figures import Figure, figure
from .models import PracticePage, PracticePattern
from .outcomes import Check, Statements, checks, statements
from .places import places_of

RELATED = 3


@dataclass(frozen=True)
class ShownPattern:
    card: Card
    note: str


@dataclass(frozen=True)
class NamedBy:
    page: Any
    status: str  # how far the practice has come with it
    note: str


class PracticeReading:
    """A practice with what it names. Asks for other pages once; everything else is in the page itself."""

    def __init__(self, page: PracticePage, view: Reading) -> None:
        self.page = page
        self.view = view
        view.shows(lambda: [page.translation_key for page in [*self._pages.values(), *self.related]])

    # Head

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections that the page has, for the list on top of it."""
        page, full = self.page, self.is_full
        sections = [
            ("aims", _("Aims"), True),
            ("how", _("How it works"), page.steps or page.channels or full),
            ("run", _("How it is run"), self.rules),
            ("results", _("Results"), self.results or full),
            ("challenges", _("Challenges"), self.challenges or full),
            ("copy", _("Before you copy it"), self.conditions or full),
            ("evidence", _("Evidence"), self.evidence or full),
            ("good", _("Good-practice check"), page.criteria or full),
            ("shows", _("Patterns"), True),
            ("sources", _("Sources"), True),
        ]
        return [(anchor, label) for anchor, label, is_there in sections if is_there]

    @property
    def country_names(self) -> list[str]:
        codes = [self.page.country.code, *self.page.further_countries]
        return [str(countries.name(code)) for code in dict.fromkeys(codes) if code]

    @property
    def is_brief(self) -> bool:
        return self.page.extent == v.PracticeExtent.BRIEF

    @property
    def is_full(self) -> bool:
        return not self.is_brief

    @property
    def point(self) -> str:
        """The point of the town hall, to the hundredth of a degree."""
        north, east = float(self.page.latitude or 0), float(self.page.longitude or 0)
        latitude = _("%(degrees)s° north") if north >= 0 else _("%(degrees)s° south")
        longitude = _("%(degrees)s° east") if east >= 0 else _("%(degrees)s° west")
        pair = ((latitude, north), (longitude, east))
        return ", ".join(words % {"degrees": number_format(round(abs(value), 2), 2)} for words, value in pair)

    @property
    def method_url(self) -> str:
        return self.view.place_url("method")

    @property
    def compare_url(self) -> str:
        """Where readers choose what to lay beside it."""
        index = self.view.place_url("practices")
        return f"{index}compare/?{urlencode({'p': self.page.code})}" if index else ""

    @property
    def facts(self) -> Iterator[Fact]:
        page: Any = self.page
        yield Fact(_("Status"), page.get_status_display())
        started = page.started.display() if page.started else ""
        yield Fact(_("Started"), started, _("no date in source"), page.started_note)
        if page.ended:
            yield Fact(pgettext("on which day", "Ended"), page.ended.display())
        lead = page.lead_organisation
        yield Fact(_("Led by"), lead.name if lead else "", _("not named"))
        yield Fact(_("Initiative"), self._labels("initiative"), _("not reported"))
        yield Fact(_("Technology"), self._labels("technology"), _("not reported"))
        if not self.costs:
            yield Fact(_("Cost"), gap=_("not reported"))

    @cached_property
    def setting(self) -> list[Fact]:
        page = self.page
        languages = [language_name(code) for code in page.service_languages]
        found = [
            Fact(_("For whom"), page.target_groups),
            Fact(_("Territory"), page.get_territory_display() if page.territory else ""),
            Fact(_("Degree of participation"), page.get_participation_display() if page.participation else ""),
            Fact(_("Languages of the service"), ", ".join(languages)),
            Fact(_("When it works"), self._labels("phases")),
        ]
        return [fact for fact in found if fact.value]

    def _labels(self, name: str) -> str:
        model_field: Any = self.page._meta.get_field(name)
        return ", ".join(model_field.labels(getattr(self.page, name)))

    @cached_property
    def figures(self) -> list[Figure]:
        figures = [figure(block.value, self.view.source_list) for block in self.page.figures]
        return [replace(figure, mark="") for figure in figures] if self.figures_mark else figures

    @cached_property
    def figures_mark(self) -> SafeString | str:
        """The mark that all figures share, to be printed once."""
        marks = {self.view.source_list.mark(block.value) for block in self.page.figures}
        return marks.pop() if len(marks) == 1 and len(self.page.figures) > 1 else ""

    # How it works

    @cached_property
    def rules(self) -> list[Fact]:
        """The four things every channel must settle; for a full entry the silent ones are named too."""
        texts: dict[str, list[str]] = {}
        for block in self.page.rules:
            texts.setdefault(block.block_type, []).append(block.value)
        asked = [
            ("rule_of_use", _("Rules of use")),
            ("response_process", _("How reports are answered")),
            ("moderation", _("How it is moderated")),
            ("data_protection", _("Data protection")),
        ]
        found = [Fact(label, "\n\n".join(texts.get(kind, ())), _("not reported")) for kind, label in asked]
        return [fact for fact in found if fact.value] if self.is_brief else found

    @cached_property
    def uses(self) -> list[tuple[str, list[Use]]]:
        tools = any(block.value["tools"] for block in self.page.uses)
        return uses_of(self.page.uses, terms.labels() if tools else {}) if self.page.uses else []

    @cached_property
    def used_with(self) -> list[Use]:
        return [use for _heading, uses in self.uses for use in uses if use.tools or use.note]

    # What came of it

    @cached_property
    def results(self) -> Statements:
        return self._statements("result")

    @cached_property
    def side_effects(self) -> Statements:
        return self._statements("side_effect")

    @cached_property
    def challenges(self) -> Statements:
        return self._statements("challenge")

    @cached_property
    def lessons(self) -> Statements:
        return self._statements("lesson")

    @cached_property
    def conditions(self) -> Statements:
        return self._statements("condition")

    def _statements(self, kind: str) -> Statements:
        return statements(self.page.outcomes, kind, self.view.source_list)

    @cached_property
    def costs(self) -> list[Fact]:
        values = [block.value for block in self.page.outcomes if block.block_type == "cost"]
        return [Fact(v.label(v.CostItem, value["item"]), value["text"]) for value in values]

    @cached_property
    def evidence(self) -> list[EvidenceLine]:
        return evidence_lines(self.page.outcomes, self.view)

    @property
    def balance(self) -> list[tuple[str, int, str]]:
        return balance(self.evidence)

    @property
    def timeline(self) -> list[Any]:
        return sorted((block.value for block in self.page.timeline), key=lambda event: event["date"] or "")

    @cached_property
    def checks(self) -> list[Check]:
        return checks(self.page.criteria)

    # Other pages

    @cached_property
    def _pattern_rows(self) -> list[PracticePattern]:
        return sorted(self.page.patterns.all(), key=lambda row: row.strength != v.Strength.MAIN)

    @cached_property
    def _naming_rows(self) -> list[Any]:
        """The rows with which recommendations name this practice, whatever language they were stored in."""
        links: Any = PracticePage._meta.get_field("recommendation_links")
        return list(links.related_model.objects.filter(practice__translation_key=self.page.translation_key))

    @cached_property
    def _pages(self) -> References:
        ids = [row.pattern_id for row in self._pattern_rows] + [row.page_id for row in self._naming_rows]
        return References(ids, self.view.language, self.view.user)

    @cached_property
    def patterns(self) -> list[ShownPattern]:
        shown = [row for row in self._pattern_rows if row.pattern_id in self._pages]
        return [ShownPattern(self._card(row), row.note) for row in shown]

    @cached_property
    def pattern_notes(self) -> list[ShownPattern]:
        return [shown for shown in self.patterns if shown.note]

    def _card(self, row: PracticePattern) -> Card:
        pattern = self._pages[row.pattern_id]
        return card(pattern, self.view.language, foot=[row.get_strength_display()])

    @cached_property
    def named_by(self) -> list[NamedBy]:
        """The recommendations that name it, each with the note of the language in which it is shown."""
        found: dict[int, NamedBy] = {}
        for row in self._naming_rows:
            page: Any = self._pages.get(row.page_id)
            if page is not None and (page.pk not in found or page.pk == row.page_id):
                found[page.pk] = NamedBy(page, row.status_label, row.note)
        return sorted(found.values(), key=lambda named: named.page.number)

    @cached_property
    def related(self) -> list[PracticePage]:
        """A few other practices that show one of the same patterns."""
        subjects = Page.objects.filter(pk__in=[row.pattern_id for row in self._pattern_rows])
        same = PracticePattern.objects.filter(pattern__translation_key__in=subjects.values("translation_key"))
        others: Any = PracticePage.objects.filter(translation_key__in=same.values("page__translation_key"))
        shown: Any = in_language(visible(others, self.view.user), self.view.language)
        shown = shown.exclude(translation_key=self.page.translation_key).select_related("locale")
        return list(shown.defer_streamfields().order_by("path")[:RELATED])

    @cached_property
    def contacts(self) -> list[Any]:
        return shown_contacts(self.page)

    @property
    def subject(self) -> dict[str, Any]:
        """The practice itself, for machines: a project at a place."""
        page = self.page
        dates = {"foundingDate": page.started, "dissolutionDate": page.ended}
        return {
            "@type": "Project",
            "@id": self.view.head.part("practice"),
            "name": page.title,
            "description": page.card_line,
            "location": self._locations,
            **{name: str(date) for name, date in dates.items() if date},
            **self._people,
        }

    @property
    def _locations(self) -> Any:
        """Its place; a list of them where it runs in several towns."""
        page = self.page
        known = page.latitude is not None and page.longitude is not None
        names = [page.place_name, *self.country_names]
        first = place(
            ", ".join(dict.fromkeys(names)),
            country=str(page.country.code),
            region=page.admin_area,
            point=(page.latitude, page.longitude) if known else None,
        )
        further = places_of(page)[int(known) :]
        if not further:
            return first
        return [
            first,
            *(place(one.name, country=one.country, point=(one.latitude, one.longitude)) for one in further),
        ]

    @property
    def _people(self) -> dict[str, Any]:
        """Who leads and takes part; of people those who may be named today."""
        lead = self.page.lead_organisation
        partners = [block.value["organisation"] for block in self.page.partners]
        found = {
            "parentOrganization": organisation(lead) if lead else None,
            "member": [organisation(one) for one in partners if one],
            "contactPoint": [
                {"@type": "ContactPoint", "name": row.person.name, "contactType": row.role or row.person.role}
                if row.role or row.person.role
                else {"@type": "ContactPoint", "name": row.person.name}
                for row in self.contacts
            ],
        }
        return {name: value for name, value in found.items() if value}


def practice_context(page: PracticePage, request: HttpRequest) -> dict[str, Any]:
    practice = PracticeReading(page, reading(page, request))
    head, subject = practice.view.head, practice.subject
    head.subject, head.extra = subject, {"spatialCoverage": subject["location"]}
    return {"practice": practice}
