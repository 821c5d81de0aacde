"""The patterns that a reader chose and the relations between them, each once, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest

from portal.addresses import tree_address
from portal.listing import FacetFilter
from portal.shown_rows import ShownRows
from portal.vocabulary import INVERSE_RELATION, RelationType

from .. import relations
from ..models import PatternPage

RELATIONS_TURNED = (RelationType.SMALLER, RelationType.FOLLOWS, RelationType.ESCALATES_FROM)
FIELDS = ("pk", "translation_key", "number", "title", "group", "url_path", "locale__language_code")


class Subject(NamedTuple):
    """A pattern as far as a picture of many needs it: whole page objects would take most of the time."""

    pk: int
    key: Any
    number: int
    title: str
    group: str
    url_path: str
    language: str

    @property
    def code(self) -> str:
        return f"DIY-{self.number:02d}"

    @property
    def named(self) -> str:
        return f"{self.number:02d} {self.title}"


_subjects = ShownRows(lambda: PatternPage.objects.order_by("number", "pk"), *FIELDS)


def subjects(request: HttpRequest, filters: Iterable[FacetFilter] = ()) -> list[Subject]:
    """The patterns that the filters of this request choose."""
    return [Subject(*row) for row in _subjects.chosen(request, filters)]


@dataclass(frozen=True)
class Node:
    number: int
    title: str
    group: str
    url: str
    language: str

    @property
    def label(self) -> str:
        return f"{self.number:02d}"

    @property
    def code(self) -> str:
        return f"DIY-{self.label}"


@dataclass(frozen=True)
class Link:
    """A relation as it is stored: `kind` reads from `source` to `target`, two places among the nodes."""

    kind: str
    source: int
    target: int
    reason: str
    language: str


@dataclass(frozen=True)
class Graph:
    nodes: dict[int, Node]  # in the order of the numbers
    links: tuple[Link, ...]

    @cached_property
    def neighbours(self) -> dict[int, list[tuple[str, int, Link]]]:
        """Of each pattern its relations as it says them itself, and with whom."""
        found: dict[int, list[tuple[str, int, Link]]] = {number: [] for number in self.nodes}
        for link in self.links:
            found[link.source].append((link.kind, link.target, link))
            found[link.target].append((INVERSE_RELATION[link.kind], link.source, link))
        for said in found.values():
            said.sort(key=lambda one: (relations.ORDER[one[0]], one[1]))
        return found

    def place_of(self, code: str) -> int | None:
        """The pattern that is labelled so, as in `?focus=DIY-08`."""
        return next((place for place, node in self.nodes.items() if node.code == code.strip().upper()), None)

    def around(self, number: int, steps: int) -> "Graph":
        """The pattern, those that so many steps lead to, and all relations among them."""
        reached = {number}
        for _step in range(steps):
            reached |= {other for one in reached for _kind, other, _link in self.neighbours[one]}
        return Graph(
            {number: node for number, node in self.nodes.items() if number in reached},
            tuple(link for link in self.links if link.source in reached and link.target in reached),
        )

    def escalations(self, number: int) -> tuple[int, int]:
        """How many patterns may escalate to this one, and to how many it may escalate itself."""
        kinds = [kind for kind, _other, _link in self.neighbours[number]]
        return kinds.count(RelationType.ESCALATES_FROM), kinds.count(RelationType.MAY_ESCALATE_TO)

    @property
    def worst(self) -> Node | None:
        """The pattern into which most escalations run."""
        found = max(self.nodes, key=lambda number: (self.escalations(number)[0], -number), default=None)
        return self.nodes[found] if found is not None and self.escalations(found)[0] else None


def node_of(subject: Subject, language: str) -> Node:
    """As a reader of `language` finds it."""
    url = tree_address(subject.url_path, language)
    return Node(subject.number, subject.title, subject.group, url, subject.language)


def graph_of(patterns: Iterable[Subject], rows: Iterable[relations.Row], language: str) -> Graph:
    nodes: dict[int, Node] = {}
    places: dict[Any, int] = {}
    for subject in patterns:
        place = subject.number
        while place in nodes:  # numbers are unique in a language only
            place += 1000
        places[subject.key] = place
        nodes[place] = node_of(subject, language)
    links = [
        _link(original.type, places[original.page_key], places[original.target_key], shown)
        for original, shown in relations.versions(rows, language)
        if original.page_key in places and original.target_key in places
    ]
    return Graph(nodes, tuple(sorted(links, key=lambda link: (relations.ORDER[link.kind], link.source, link.target))))


def _link(kind: str, source: int, target: int, shown: relations.Row) -> Link:
    """Forms store one of a relation's two directions; a row that holds the other is turned round."""
    if kind in RELATIONS_TURNED:
        kind, source, target = INVERSE_RELATION[kind], target, source
    return Link(kind, source, target, shown.reason, shown.language)
