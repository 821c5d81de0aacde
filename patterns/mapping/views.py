"""The map of the patterns as a page and as files."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.addresses import absolute
from portal.colours import INK
from portal.downloads import download, file_name
from portal.tables import csv_file
from portal.views_of_pages import shown
from portal.vocabulary import RelationType
from portal.xml_text import xml_text

from ..models import PatternIndexPage
from .drawing import WIDE, draw
from .graph import Graph
from .reading import MapReading

# What the style sheet says on the page, for programs that know no variables: colours of light paper.
TINTS = {"act": "#f5ece9", "tell": "#f3efe5", "find": "#eef0f0", "prevent": "#eef1ec"}
PAPER = '<rect width="100%" height="100%" fill="#fbfbf6"/>'
STYLE = (
    "text{font-family:'Atkinson Hyperlegible Next',Verdana,sans-serif;fill:#16222b}"
    ".num{font-family:Besley,Georgia,serif}.nm,.lt.b,.lh{font-weight:bold}.lt{text-anchor:middle}"
    ".com,.alt,.pre,.con{fill:none;stroke:#16222b;stroke-width:1.8}.com{stroke-dasharray:7 5}.alt{stroke-dasharray:2 4}"
    ".con{stroke-width:7.6}.con-in{fill:none;stroke:#fbfbf6;stroke-width:4}.wedge{fill:#16222b}.lb{fill:#fbfbf6}"
    ".rail,.chev,.bed{fill:none}.rail,.chev{stroke:#9a2a38}.bed{stroke:#fbfbf6}.chev{stroke-width:2.2}.head{fill:#9a2a38}"
    ".box{stroke-width:1.6}.here .box{stroke-width:4}"
)


def map_page(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    title = _("How the patterns lead to each other")
    description = _("The patterns of DIY policing and the relations between them, as a map and as a list.")
    view = MapReading(page, request)
    return shown(page, request, "patterns/pattern_map.html", title=title, description=description, map=view)


def map_svg(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    view = MapReading(page, request)
    nodes = {at: replace(node, url=absolute(request, node.url)) for at, node in view.graph.nodes.items()}
    graph = Graph(nodes, view.graph.links)
    picture = draw(graph, WIDE, view.counted, view.described, here=view.place, file=f"<style>{_style()}</style>{PAPER}")
    for group in TINTS:
        picture = picture.replace(f'<pattern data-group="{group}"', f'<pattern color="{INK[group]}"')
    drawn = xml_text(picture.replace("var(--g)", "currentColor"))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    return download(response, file_name(_name(view), "svg"))


def _style() -> str:
    return STYLE + "".join(
        f'[data-group="{group}"] .box{{stroke:{INK[group]};fill:{tint}}}'
        f'[data-group="{group}"] .num{{fill:{INK[group]}}}[data-group="{group}"] .edge{{stroke:{INK[group]}}}'
        for group, tint in TINTS.items()
    )


def map_csv(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    """Each relation once, as it is stored."""
    view = MapReading(page, request)
    ends = [_("Number"), _("Pattern")]
    head = [*ends, _("Relation"), *ends, _("Reason"), _("Language of the reason")]
    return csv_file(_name(view), [head, *_rows(view.graph)])


def _rows(graph: Graph) -> Iterator[list[str]]:
    for link in graph.links:
        one, other = graph.nodes[link.source], graph.nodes[link.target]
        relation = str(RelationType(link.kind).label)
        yield [one.code, one.title, relation, other.code, other.title, link.reason, link.language]


def _name(view: MapReading) -> str:
    return f"map-{view.focus.code.lower()}" if view.focus else "map"
