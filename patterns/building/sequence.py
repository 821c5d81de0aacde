"""A sequence as its address says it: what was chosen, what goes with it, and what to beware of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from portal.addresses import address
from portal.items import item_of, named_in, pages_named
from portal.languages import active_language
from portal.links import PageLink, page_links
from portal.querysets import in_language, visible
from portal.vocabulary import CollectionKind, RelationType

from .. import relations
from ..mapping.graph import FIELDS, Graph, Link, Node, Subject, graph_of
from ..models import CollectionPage, PatternPage

LONGEST_TITLE = 120
ABOUT_THE_CARDS = ("legend", "how-to-play", "blank")  # as the deck names its cards that are no page
# What goes with a pattern, in the order in which it is offered.
OFFERED = (RelationType.LARGER, RelationType.PRECEDES, RelationType.COMPLEMENTS)
BEFORE = (RelationType.LARGER, RelationType.PRECEDES)  # the page that says so comes first


@dataclass(frozen=True)
class Step:
    item: str  # as the address names it
    mark: str  # a number or a country
    title: str
    text: str
    url: str
    language: str
    group: str
    place: int | None  # among the patterns


@dataclass(frozen=True)
class Offer:
    item: str
    pattern: Node
    to: Node  # the chosen one that it goes with
    reason: str
    language: str


@dataclass(frozen=True)
class Warned:
    """A relation to beware of: both are chosen, or the second is where it may lead."""

    pattern: Node
    other: Node
    reason: str
    language: str
    other_is_chosen: bool


class ReaderSequence:
    """Computes what the template asks for. Takes the two queries of the map and one for each other type of page."""

    def __init__(self, request: HttpRequest, index_url: str) -> None:
        self.request = request
        self.index_url = index_url
        asked = QueryDict(mutable=True)
        # "p" is what lists of practices call a ticked one, which can be compared, too.
        asked.setlist("items", [one for name in ("items", "add", "p") for one in request.GET.getlist(name)])
        self.asked = named_in(asked)
        self.title = title_of(request)

    @cached_property
    def _patterns(self) -> tuple[Graph, dict[int, PatternPage]]:
        language, user = active_language(), self.request.user
        shown = in_language(visible(PatternPage.objects.all(), user), language).select_related("locale")
        pages = list(shown.only(*FIELDS, "card_problem").order_by("number", "pk"))
        graph = graph_of(map(_subject, pages), relations.all_rows(user), language)
        return graph, dict(zip(graph.nodes, pages, strict=True))

    @property
    def graph(self) -> Graph:
        return self._patterns[0]

    @cached_property
    def steps(self) -> list[Step]:
        places = {item: self.graph.place_of(item) for item in self.asked}
        others = [item for item, place in places.items() if place is None]
        pages = pages_named(others, active_language(), self.request.user)
        found: dict[str, Step] = {}
        for item, place in places.items():
            if place is not None:
                step = self._pattern_step(place)
                found.setdefault(step.item, step)
            elif item in pages:
                step = _step(pages[item])
                found.setdefault(step.item, step)
        return list(found.values())

    @cached_property
    def unknown(self) -> list[str]:
        """What names no page that this reader may see."""
        known = {step.item.casefold() for step in self.steps}
        return [item for item in self.asked if self._normal(item) not in known]

    def _normal(self, item: str) -> str:
        place = self.graph.place_of(item)
        return (item if place is None else self.graph.nodes[place].code).casefold()

    def _pattern_step(self, place: int) -> Step:
        node, page = self.graph.nodes[place], self._patterns[1][place]
        return Step(node.code, node.label, node.title, page.card_problem, node.url, node.language, node.group, place)

    @cached_property
    def pattern_pages(self) -> list[PatternPage]:
        """The chosen patterns with their texts, in the order of the steps."""
        ids = [self._patterns[1][place].pk for place in self.chosen]
        pages = PatternPage.objects.select_related("locale").in_bulk(ids)
        return [pages[pk] for pk in ids if pk in pages]

    @property
    def choices(self) -> list[Node]:
        """The patterns that are not chosen."""
        return [node for place, node in self.graph.nodes.items() if place not in self.chosen]

    @cached_property
    def chosen(self) -> list[int]:
        return [step.place for step in self.steps if step.place is not None]

    @property
    def items(self) -> list[str]:
        return [step.item for step in self.steps]

    # Beside it

    @cached_property
    def offers(self) -> list[tuple[RelationType, list[Offer]]]:
        """What goes with the chosen patterns and is not chosen, by the relation, each once."""
        offered = set(self.chosen)
        found: dict[RelationType, list[Offer]] = {}
        for wanted in OFFERED:
            for place in self.chosen:
                for kind, other, link in self.graph.neighbours[place]:
                    if kind == wanted and other not in offered:
                        offered.add(other)
                        found.setdefault(wanted, []).append(self._offer(place, other, link))
        return list(found.items())

    def _offer(self, place: int, other: int, link: Link) -> Offer:
        nodes = self.graph.nodes
        return Offer(nodes[other].code, nodes[other], nodes[place], link.reason, link.language)

    @cached_property
    def tensions(self) -> list[Warned]:
        """Between two that are chosen."""
        links = [link for link in self.graph.links if link.kind == RelationType.CONFLICTS]
        return [self._warned(link.source, link.target, link) for link in links if self._has(link.source, link.target)]

    @cached_property
    def escalations(self) -> list[Warned]:
        """Where a chosen one may lead, chosen or not."""
        return [
            self._warned(place, other, link)
            for place in self.chosen
            for kind, other, link in self.graph.neighbours[place]
            if kind == RelationType.MAY_ESCALATE_TO
        ]

    def _has(self, *places: int) -> bool:
        return all(place in self.chosen for place in places)

    def _warned(self, place: int, other: int, link: Link) -> Warned:
        nodes = self.graph.nodes
        return Warned(nodes[place], nodes[other], link.reason, link.language, self._has(other))

    # Addresses

    def url(self, view: str = "build/", items: Iterable[str] | None = None) -> str:
        return address_of(f"{self.index_url}{view}", self.items if items is None else items, self.title)

    @property
    def form_url(self) -> str:
        return f"{self.index_url}build/"

    @property
    def deck_url(self) -> str:
        return address_of(reverse("printing:cards"), self.items, "")

    @property
    def game_url(self) -> str:
        """The cards with all that a group needs to work with them."""
        return address_of(reverse("printing:cards"), [*self.items, *ABOUT_THE_CARDS], "")

    @property
    def kept_url(self) -> str:
        return self.url("kept/")

    @cached_property
    def example(self) -> PageLink | None:
        """A sequence of the editors, for those who have not begun."""
        pages = in_language(visible(CollectionPage.objects.all(), self.request.user), active_language())
        found = pages.filter(collection_kind=CollectionKind.SEQUENCE).order_by("path").values_list("pk", flat=True)[:1]
        return next(iter(page_links(found, active_language(), self.request, self.request.user).values()), None)

    @property
    def back_url(self) -> str:
        return self.url()

    @property
    def checklist_url(self) -> str:
        return self.url("checklist/")

    @property
    def pack_url(self) -> str:
        return self.url("pack/")

    @property
    def facilitate_url(self) -> str:
        return self.url("facilitate/")

    @property
    def kiosk_url(self) -> str:
        return self.url("kiosk/")

    @property
    def csv_url(self) -> str:
        return self.url("sequence/")

    @property
    def new_url(self) -> str:
        return self.form_url

    def moves(self) -> list[tuple[Step, str, str, str]]:
        """Each step with the addresses of the sequence after moving it up, down, and after leaving it out."""
        items = self.items
        last = len(items) - 1
        return [
            (
                step,
                self.url(items=_swapped(items, n - 1)) if n else "",
                self.url(items=_swapped(items, n)) if n < last else "",
                self.url(items=[item for item in items if item != step.item]),
            )
            for n, step in enumerate(self.steps)
        ]

    @cached_property
    def ordered(self) -> list[str]:
        """The items with the larger before the smaller and what comes before first, as near to the order as it is."""
        chunks: list[list[str]] = []
        heads: list[int | None] = []
        for step in self.steps:  # what is no pattern stays behind the pattern before it
            if step.place is not None or not chunks:
                chunks.append([step.item])
                heads.append(step.place)
            else:
                chunks[-1].append(step.item)
        return [item for n in in_order(heads, self.graph) for item in chunks[n]]

    @property
    def order_url(self) -> str:
        return self.url(items=self.ordered) if self.ordered != self.items else ""


def in_order(heads: Sequence[int | None], graph: Graph) -> list[int]:
    """The places of a list in their new order. Where relations go round in a circle the first one comes first."""
    at = {head: n for n, head in enumerate(heads) if head is not None}
    after: dict[int, set[int]] = {n: set() for n in range(len(heads))}
    for head, n in at.items():
        for kind, other, _link in graph.neighbours[head]:
            if kind in BEFORE and other in at:
                after[at[other]].add(n)
    done: list[int] = []
    while len(done) < len(heads):
        waiting = [n for n in after if n not in done]
        done.append(next((n for n in waiting if after[n] <= set(done)), waiting[0]))
    return done


def _swapped(items: Sequence[str], n: int) -> list[str]:
    """With the one at `n` and the next changed about."""
    return [*items[:n], items[n + 1], items[n], *items[n + 2 :]]


def _step(page: Any) -> Step:
    language = page.locale.language_code
    text = getattr(page, "card_line", "") or page.summary
    return Step(item_of(page), page.number_label, page.title, text, address(page), language, page.group_code, None)


def _subject(page: PatternPage) -> Subject:
    names = (page.number, page.title, page.group, page.url_path, page.locale.language_code)
    return Subject(page.pk, page.translation_key, *names)


def title_of(request: HttpRequest) -> str:
    """What the reader calls the sequence."""
    return " ".join(request.GET.get("title", "").split())[:LONGEST_TITLE]


def address_of(path: str, items: Iterable[str], title: str) -> str:
    query = {"items": ",".join(items), "title": title}
    said = urlencode({name: value for name, value in query.items() if value}, safe=",")
    return f"{path}?{said}" if said else path
