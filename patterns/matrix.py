"""Which pattern belongs to which use of social media: by institutions, by citizens, and with which channels."""

from collections import Counter
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import terms
from portal import vocabulary as v
from portal.addresses import address
from portal.languages import active_language
from portal.listing import Listing, build_listing
from portal.shown_rows import ShownRows
from portal.streams import Stored, stored
from portal.tables import csv_file
from portal.templatetags.portal_tags import icon
from portal.views_of_pages import shown

from .listing import FILTERS
from .mapping import graph
from .mapping.graph import Node
from .models import PatternIndexPage, PatternPage

_rows = ShownRows(
    lambda: PatternPage.objects.order_by("number", "pk"), *graph.FIELDS, "uses", "platforms", "last_published_at"
)


class Half(NamedTuple):
    """One of the two sides of the matrix: the blocks it is stored as, its uses, the vocabulary of its tools."""

    block: str
    uses: Any
    scheme: str


HALVES = (
    Half("institutional", v.InstitutionalUse, v.TermScheme.INSTITUTIONAL_TOOL),
    Half("citizen", v.CitizenUse, v.TermScheme.CITIZEN_TOOL),
)
COLUMNS = [(half.block, use) for half in HALVES for use in half.uses]
FIRST_OF_CITIZENS = ("citizen", next(iter(v.CitizenUse)))
Key = tuple[str, str]


class Row(NamedTuple):
    pattern: Node
    uses: list[Stored]
    channels: list[str]
    published: Any

    @property
    def strengths(self) -> dict[Key, str]:
        return {(kind, value["use"]): value["strength"] for kind, value in self.uses}


class MatrixReading:
    """Computed when the template asks: a matrix that is drawn already asks for nothing."""

    def __init__(self, page: PatternIndexPage, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.list_url = address(page, active_language())

    @cached_property
    def listing(self) -> Listing:
        """For its filters alone."""
        return build_listing(self.request, PatternPage.objects.all(), filters=FILTERS, per_page=0)

    @cached_property
    def rows(self) -> list[Row]:
        language = active_language()
        return [
            Row(graph.node_of(graph.Subject(*known), language), stored(uses), channels or [], published)
            for *known, uses, channels, published in _rows.chosen(self.request, FILTERS)
        ]

    @property
    def counted(self) -> str:
        patterns = len(self.rows)
        return _("%(patterns)s, %(uses)s") % {
            "patterns": ngettext("%(number)d pattern", "%(number)d patterns", patterns) % {"number": patterns},
            "uses": ngettext("%(number)d use", "%(number)d uses", len(COLUMNS)) % {"number": len(COLUMNS)},
        }

    @property
    def judged(self) -> Any:
        """When one of the patterns was last published."""
        return max((row.published for row in self.rows if row.published), default=None)

    @property
    def key(self) -> list[tuple[str, str]]:
        return [(strength.value, str(strength.label)) for strength in v.UseStrength] + [("nil", _("not part"))]

    @property
    def query(self) -> str:
        query = self.request.GET.urlencode()
        return f"?{query}" if query else ""

    # The table

    @property
    def head(self) -> SafeString:
        return mark_safe(
            "".join(
                f'<th scope="col"{_split(block, use)}><a href="{self._chosen("use", use.value)}">'
                f"{escape(str(use.label))}</a></th>"
                for block, use in COLUMNS
            )
        )

    @property
    def body(self) -> SafeString:
        strengths = {strength.value: str(strength.label) for strength in v.UseStrength}
        labels = {use: escape(str(use.label)) for _block, use in COLUMNS}
        absent = escape(_("not part"))
        nil = f'<span class="no">{icon("nil")}<span class="vh">{absent}</span></span>'
        links = {
            (use, strength): f'<a href="{self._chosen("use", use.value)}">{icon(strength)}<span>{escape(words)}</span>'
            f'<span class="vh">: {labels[use]}</span></a>'
            for _block, use in COLUMNS
            for strength, words in strengths.items()
        }
        parts = []
        for row in self.rows:
            cells, given = [], row.strengths
            for block, use in COLUMNS:
                strength = given.get((block, use.value), "")
                split = " split" if (block, use) == FIRST_OF_CITIZENS else ""
                inner = links.get((use, strength), nil)
                cells.append(f'<td class="{strength or "nil"}{split}" data-h="{labels[use]}">{inner}</td>')
            parts.append(f'<tr data-group="{row.pattern.group}">{self._name(row.pattern)}{"".join(cells)}</tr>')
        return mark_safe("".join(parts))

    def _name(self, pattern: Node) -> str:
        lang = f' lang="{pattern.language}"' if pattern.language != active_language() else ""
        return (
            f'<th scope="row"><span class="num" aria-hidden="true">{pattern.label}</span>'
            f'<a href="{escape(pattern.url)}"><span class="vh">{pattern.label} </span>'
            f"<span{lang}>{escape(pattern.title)}</span></a></th>"
        )

    @property
    def foot(self) -> SafeString:
        core = Counter(key for row in self.rows for key, strength in row.strengths.items() if strength == "core")
        return mark_safe(
            "".join(
                f'<td{_split(block, use)} data-h="{escape(str(use.label))}">{core[block, use.value]}</td>'
                for block, use in COLUMNS
            )
        )

    # What the uses cover, and the channels

    @property
    def covered(self) -> list[tuple[str, str, str]]:
        """Of each use the tools that its patterns name, in the order of their vocabulary."""
        named: dict[Key, set[str]] = {}
        for row in self.rows:
            for kind, value in row.uses:
                named.setdefault((kind, value["use"]), set()).update(value.get("tools") or ())
        labels = terms.labels()
        return [
            (
                str(use.label),
                self._chosen("use", use.value),
                "; ".join(_tools(half, named.get((half.block, use.value)), labels)),
            )
            for half in HALVES
            for use in half.uses
        ]

    @cached_property
    def channels(self) -> list[tuple[str, str, SafeString, int]]:
        """Of each kind of channel the patterns that use it."""
        found = []
        for kind in v.PlatformKind:
            patterns = [row.pattern for row in self.rows if kind.value in row.channels]
            if patterns:
                links = mark_safe("".join(self._chip(pattern) for pattern in patterns))
                found.append((str(kind.label), self._chosen("channel", kind.value), links, len(patterns)))
        return found

    def _chip(self, pattern: Node) -> str:
        return (
            f'<li data-group="{pattern.group}"><a href="{escape(pattern.url)}">'
            f'<span aria-hidden="true">{pattern.label}</span><span class="vh">{escape(pattern.title)}</span></a></li>'
        )

    def _chosen(self, facet: str, value: str) -> str:
        return f"{self.list_url}?{facet}={value}"


def _split(block: str, use: Any) -> str:
    return ' class="split"' if (block, use) == FIRST_OF_CITIZENS else ""


def _tools(half: Half, named: set[str] | None, labels: dict[tuple[str, str], str]) -> list[str]:
    return [label for (scheme, code), label in labels.items() if scheme == half.scheme and code in (named or ())]


def matrix_page(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    title = _("Who uses which pattern for what")
    description = _("The patterns of DIY policing against four uses by institutions and four by citizens.")
    matrix = MatrixReading(page, request)
    return shown(page, request, "patterns/pattern_matrix.html", title=title, description=description, matrix=matrix)


def matrix_csv(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    matrix = MatrixReading(page, request)
    sides = {"institutional": _("By institutions"), "citizen": _("By citizens")}
    columns = [f"{sides[block]}: {use.label}" for block, use in COLUMNS]
    head = [_("Number"), _("Pattern"), *columns, *(str(kind.label) for kind in v.PlatformKind)]
    strengths = {strength.value: str(strength.label) for strength in v.UseStrength}
    rows = []
    for row in matrix.rows:
        given = row.strengths
        uses = [strengths.get(given.get((block, use.value), ""), "") for block, use in COLUMNS]
        channels = [_("used") if kind.value in row.channels else "" for kind in v.PlatformKind]
        rows.append([row.pattern.code, row.pattern.title, *uses, *channels])
    return csv_file("uses", [head, *rows])
