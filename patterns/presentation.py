"""A pattern as its page prints it: every block sorted into its section, ready for the template."""

import re
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal import terms
from portal import vocabulary as v
from portal.addresses import absolute
from portal.backlinks import backlinks
from portal.cards import stars
from portal.evidence import EvidenceLine, balance, evidence_lines
from portal.links import PageLink
from portal.reading import Reading, reading
from portal.streams import by_type, values
from portal.uses import Use, uses_of

from . import examples as shown_by
from . import relations as related
from .ego import Ego, ego
from .models import PatternPage
from .statements import LegalNote, Statement, country_note, legal_note, statement

FIRST_PARAGRAPH = re.compile(r"\s*(<p\b[^>]*>.*?</p>)(.*)", re.S)
SHOWN_ELSEWHERE = ("patternpage", "patterngrouppage", "patternindexpage", "practicepage", "homepage")


def pattern_context(page: PatternPage, request: HttpRequest) -> dict[str, Any]:
    view = PatternView(page, reading(page, request))
    view.reading.head.extra = {"identifier": page.label}
    view.reading.head.subject = structured_data(view)
    return {"pattern": view}


def structured_data(view: "PatternView") -> dict[str, Any]:
    page, reading = view.page, view.reading
    term = {
        "@type": "DefinedTerm",
        "@id": absolute(reading.request, f"/p/{page.label}"),
        "name": page.title,
        "termCode": page.label,
        "description": page.card_problem,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": _("DIY policing: a field guide"),
            "url": absolute(reading.request, reading.place_url("patterns")),
        },
    }
    return {**term, "alternateName": view.names} if view.names else term


class PatternView:
    """Computes a section when the template asks for it, in the language that is active then."""

    def __init__(self, page: PatternPage, reading: Reading) -> None:
        self.page = page
        self.reading = reading
        reading.need(self._ids_around)
        reading.need([page.superseded_by_id])

    # Head

    @cached_property
    def stars(self) -> SafeString:
        return stars(self.page.confidence)

    @cached_property
    def names(self) -> list[str]:
        return [name.strip() for name in self.page.also_called.splitlines() if name.strip()]

    @cached_property
    def other_titles(self) -> list[tuple[str, str]]:
        """What the pattern is called in the languages it has been translated into."""
        mine = self.reading.page_language
        said = {name.casefold() for name in self.names}
        return [
            (page.language, page.title)
            for page in self.reading.translations
            if page.language != mine and page.title.casefold() not in said
        ]

    @cached_property
    def group_url(self) -> str:
        return f"{self.reading.place_url('patterns')}?group={self.page.group}"

    @cached_property
    def method_url(self) -> str:
        return self.reading.place_url("method")

    @cached_property
    def diagram(self) -> SafeString:
        return mark_safe(self.page.diagram)  # checked by portal.diagrams before it is saved

    @cached_property
    def successor(self) -> PageLink | None:
        return self.reading.links.get(self.page.superseded_by_id or 0)

    @cached_property
    def facts(self) -> list[tuple[str, list[str]]]:
        page = self.page
        named = [
            (_("Who starts it"), "initiative"),
            (_("Phase"), "phases"),
            (_("Channels"), "platforms"),
            (_("What citizens want"), "purposes"),
            (_("What citizens do"), "activities"),
        ]
        return [(label, page._meta.get_field(name).labels(getattr(page, name))) for label, name in named]

    # Argument

    @cached_property
    def context(self) -> str:
        return self.reading.rich(self.page.context)

    @cached_property
    def problem(self) -> tuple[str, str]:
        """The first paragraph, which states the problem, and the rest."""
        html = self.reading.rich(self.page.problem)
        match = FIRST_PARAGRAPH.fullmatch(html)
        return (mark_safe(match[1]), mark_safe(match[2])) if match else (mark_safe(""), html)

    @property
    def forces(self) -> list[Any]:
        return values(self.page.forces, "force")

    @cached_property
    def building_blocks(self) -> list[Any]:
        return values(self.page.building_blocks, "block")

    @cached_property
    def when_to_use(self) -> list[str]:
        return values(self.page.when_to_use, "item")

    @cached_property
    def when_not_to_use(self) -> list[str]:
        return values(self.page.when_not_to_use, "item")

    @cached_property
    def solution(self) -> str:
        return self.reading.rich(self.page.solution)

    # Blocks by type

    @cached_property
    def _considerations(self) -> dict[str, list[Any]]:
        return by_type(self.page.considerations)

    @cached_property
    def _guidance(self) -> dict[str, list[Any]]:
        return by_type(self.page.guidance)

    @cached_property
    def _terms(self) -> dict[tuple[str, str], str]:
        return terms.labels()

    def _statements(self, kind: str, scheme: str = "") -> list[Statement]:
        return [statement(value, self.reading, self._terms, scheme) for value in self._considerations.get(kind, ())]

    @cached_property
    def opportunities(self) -> list[Statement]:
        return self._statements("opportunity")

    @cached_property
    def threats(self) -> list[Statement]:
        return self._statements("threat")

    @cached_property
    def ethical_risks(self) -> list[Statement]:
        return self._statements("ethical_risk", v.TermScheme.ETHICAL_RISK)

    @cached_property
    def ethical_benefits(self) -> list[Statement]:
        return self._statements("ethical_benefit", v.TermScheme.ETHICAL_BENEFIT)

    @cached_property
    def legal_notes(self) -> list[LegalNote]:
        return [legal_note(value, self._terms) for value in self._considerations.get("legal_note", ())]

    # Evidence and uses

    @cached_property
    def evidence(self) -> list[EvidenceLine]:
        return evidence_lines(self.page.considerations, self.reading)

    @cached_property
    def balance(self) -> list[tuple[str, int, str]]:
        return balance(self.evidence)

    @cached_property
    def uses(self) -> list[tuple[str, list[Use]]]:
        return uses_of(self.page.uses, self._terms)

    @cached_property
    def used_with(self) -> list[Use]:
        return [use for _heading, uses in self.uses for use in uses if use.tools or use.note]

    @cached_property
    def actors(self) -> list[tuple[str, str, str]]:
        return [
            (v.label(v.Actor, value["actor"]), v.label(v.ActorRole, value["role"]), value.get("note") or "")
            for value in values(self.page.actors, "actor")
        ]

    # Neighbours

    @cached_property
    def _relation_rows(self) -> list[related.Row]:
        rows = related.stored_rows(self.page, self.reading.user)
        return related.with_unsaved(self.page, rows) if self.reading.is_preview else rows

    @cached_property
    def _example_rows(self) -> list[shown_by.Row]:
        return shown_by.stored_rows(self.page)

    def _ids_around(self) -> set[int]:
        """The pages that stand round this one, so that one query reads all links of the page."""
        neighbours = related.neighbour_ids(self.page, self._relation_rows)
        return neighbours | {row.page_id for row in self._example_rows} | self.reading.backlink_ids

    @cached_property
    def relations(self) -> list[related.Relation]:
        return related.relations(self.page, self._relation_rows, self.reading.links, self.reading.language)

    @cached_property
    def ego(self) -> Ego | None:
        return ego(self.page.title, self.page.number_label, self.page.group, self.relations)

    @cached_property
    def examples(self) -> list[shown_by.Example]:
        return shown_by.examples(self._example_rows, self.reading.links)

    @cached_property
    def named_in(self) -> list[PageLink]:
        """Workshops, recommendations and other pages that refer to the pattern."""
        return backlinks(self.reading, leave_out=SHOWN_ELSEWHERE)

    @cached_property
    def map_url(self) -> str:
        """The map of the whole language, cut down to this pattern and its neighbours."""
        index = self.reading.place_url("patterns")
        return f"{index}map/?focus={self.page.label}" if index else ""

    @cached_property
    def compare_url(self) -> str:
        index = self.reading.place_url("patterns")
        return f"{index}compare/?p={self.page.label}" if index else ""

    # Guidance

    @property
    def questions(self) -> list[str]:
        return self._guidance.get("decision_question", [])

    @property
    def signs(self) -> list[str]:
        return self._guidance.get("sign", [])

    @property
    def open_questions(self) -> list[str]:
        return self._guidance.get("open_question", [])

    @property
    def activities(self) -> list[Any]:
        return self._guidance.get("activity", [])

    @cached_property
    def country_notes(self) -> list[Statement]:
        return [country_note(value, self.reading) for value in self._guidance.get("country_note", ())]
