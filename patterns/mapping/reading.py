"""The map as one reader asks for it: filtered as the list is, whole or round one pattern, with its words."""

from functools import cached_property
from html import escape
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.addresses import address
from portal.languages import active_language
from portal.listing import Listing, build_listing
from portal.navigation import places
from portal.vocabulary import RelationType

from .. import relations
from ..listing import FILTERS
from ..models import PatternIndexPage, PatternPage
from .drawing import TALL, WIDE, draw
from .graph import Graph, Link, Node, graph_of, subjects

DEPTHS = ("1", "2", "3")
OF_THE_MAP = ("focus", "depth", "page", "sort")  # parameters that are no filter
ESCALATION = (RelationType.MAY_ESCALATE_TO, RelationType.ESCALATES_FROM)


class MapReading:
    """Computed when the template asks: a map that is drawn already asks for nothing."""

    def __init__(self, page: PatternIndexPage, request: HttpRequest) -> None:
        self.page = page
        self.request = request

    @cached_property
    def listing(self) -> Listing:
        """For its filters alone."""
        return build_listing(self.request, PatternPage.objects.all(), filters=FILTERS, per_page=0)

    @cached_property
    def whole(self) -> Graph:
        """What the filters choose."""
        rows = relations.all_rows(self.request.user)
        return graph_of(subjects(self.request, FILTERS), rows, active_language())

    @cached_property
    def focus(self) -> Node | None:
        return self.whole.nodes[self.place] if self.place is not None else None

    @cached_property
    def graph(self) -> Graph:
        return self.whole if self.place is None else self.whole.around(self.place, self.depth)

    @cached_property
    def place(self) -> int | None:
        return self.whole.place_of(self._asked) if self._asked else None

    @property
    def _asked(self) -> str:
        return self.request.GET.get("focus", "").strip()

    @property
    def depth(self) -> int:
        asked = self.request.GET.get("depth", "")
        return int(asked) if asked in DEPTHS else 1

    @property
    def wrong(self) -> list[str]:
        """What the address asks for that there is not, in words for the reader."""
        found = []
        if self._asked and self.focus is None:
            words = _("There is no pattern “%(code)s” on this map. It is shown whole.")
            found.append(words % {"code": Truncator(self._asked).chars(40)})
        depth = self.request.GET.get("depth", "")
        if depth and depth not in DEPTHS:
            found.append(_("The depth can be 1, 2 or 3 steps. One step is shown."))
        return found

    # Words

    @property
    def counted(self) -> str:
        patterns, links = len(self.graph.nodes), len(self.graph.links)
        return _("%(patterns)s, %(relations)s") % {
            "patterns": ngettext("%(number)d pattern", "%(number)d patterns", patterns) % {"number": patterns},
            "relations": ngettext("%(number)d relation", "%(number)d relations", links) % {"number": links},
        }

    @cached_property
    def lead(self) -> SafeString:
        """What the map shows first of all, found in the relations: where most escalations run."""
        if self.focus is not None:
            return self._said_of(_("%(pattern)s, what it leads to and what leads to it."), self.focus)
        worst = self.whole.worst
        if worst is None:
            return self._said_of(_("What each pattern is part of, what completes it and what it rubs against."))
        many, onward = self.whole.escalations(self.whole.place_of(worst.code) or 0)
        runs = ngettext(
            "%(number)d pattern may escalate to %(pattern)s.", "%(number)d patterns may escalate to %(pattern)s.", many
        )
        leads = ngettext(
            "It may itself escalate to %(number)d other.", "It may itself escalate to %(number)d others.", onward
        )
        sentences = [
            self._said_of(runs, worst, many),
            self._said_of(leads if onward else _("From there no line leads on to anything worse."), worst, onward),
            self._said_of(_("Whoever works with a pattern on the way there should know that end of the map.")),
        ]
        return mark_safe(" ".join(sentences))

    def _said_of(self, words: str, node: Node | None = None, number: int = 0) -> SafeString:
        return mark_safe(escape(words) % {"pattern": self.named(node) if node else "", "number": number})

    @property
    def described(self) -> str:
        """The drawing's own description."""
        return _("The same relations are listed under the map, each with its reason.")

    def named(self, node: Node) -> SafeString:
        language = self._lang(node.language)
        return mark_safe(
            f'<a class="pn" href="{escape(node.url)}"{language}><span>{escape(node.title)}</span> ({node.label})</a>'
        )

    def _lang(self, language: str) -> str:
        return f' lang="{language}"' if language != active_language() else ""

    # Drawings

    @property
    def drawings(self) -> SafeString:
        return mark_safe("".join(self._draw(look) for look in (WIDE, TALL)))

    def _draw(self, look: Any) -> str:
        return draw(self.graph, look, self.counted, self.described, here=self.place)

    # Links to other cuts of the map

    @cached_property
    def chosen(self) -> QueryDict:
        """The filters of the address."""
        kept = self.request.GET.copy()
        for name in OF_THE_MAP:
            kept.pop(name, None)
        return kept

    @property
    def address(self) -> str:
        """Of the map itself, below which its files are."""
        return f"{address(self.page, active_language())}map/"

    @property
    def query(self) -> str:
        """Everything that is asked, for the files of the same map."""
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return f"?{kept.urlencode()}" if kept else ""

    @property
    def whole_url(self) -> str:
        return f"{self.request.path}?{self.chosen.urlencode()}" if self.chosen else self.request.path

    def _cut(self, node: Node, depth: int = 1) -> str:
        asked = self.chosen.copy()
        asked["focus"] = node.code
        if depth > 1:
            asked["depth"] = str(depth)
        return f"?{asked.urlencode()}"

    @property
    def near(self) -> SafeString:
        """A link for each pattern to the map of its neighbours."""
        return mark_safe("".join(self._near(node) for node in self.whole.nodes.values()))

    def _near(self, node: Node) -> str:
        words = _("Only %(pattern)s and its neighbours") % {"pattern": f"{node.label} {node.title}"}
        current = ' aria-current="true"' if node is self.focus else ""
        return (
            f'<li data-group="{node.group}"><a href="{escape(self._cut(node))}"{current} '
            f'aria-label="{escape(words)}">{node.label}</a></li>'
        )

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The same focus with another depth."""
        if self.focus is None:
            return []
        return [
            (self._cut(self.focus, depth), ngettext("%(number)d step", "%(number)d steps", depth) % {"number": depth})
            for depth in (1, 2, 3)
            if depth != self.depth
        ]

    # The same as a list

    @property
    def index(self) -> SafeString:
        """Every relation from both its ends, under its pattern."""
        nothing = _("No relation to another pattern on this map")
        silent = f'<p><span class="gap">{escape(nothing)}</span></p>'
        has_ticks = "collections" in places(active_language(), self.request)
        parts = []
        for place, node in self.graph.nodes.items():
            said = "".join(self._said(*one) for one in self.graph.neighbours[place])
            parts.append(
                f'<li data-group="{node.group}"><h3><a href="{escape(node.url)}"><span class="num">{node.label}</span> '
                f"<span{self._lang(node.language)}>{escape(node.title)}</span></a></h3>"
                f"{self._tick(node) if has_ticks else ''}"
                f"{f'<ul>{said}</ul>' if said else silent}</li>"
            )
        return mark_safe("".join(parts))

    def _tick(self, node: Node) -> str:
        """To choose the pattern for a sequence."""
        title = f'<span class="vh"{self._lang(node.language)}> {escape(node.title)}</span>'
        return (
            f'<label class="check tick"><input type="checkbox" name="items" value="{node.code}"><span>'
            f"{escape(_('Choose'))}{title}</span></label>"
        )

    def _said(self, kind: str, other: int, link: Link) -> str:
        up = ' class="up"' if kind in ESCALATION else ""
        return (
            f'<li{up}><span class="kind">{escape(str(RelationType(kind).label))}</span>'
            f"{self.named(self.graph.nodes[other])} <span{self._lang(link.language)}>{escape(link.reason)}</span></li>"
        )
