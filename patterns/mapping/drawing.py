"""The map as SVG. Each kind of line has a form of its own, so that none is told by its colour.

A map has hundreds of pieces, for which a template would take long: the text is put together here.
"""

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from portal.vocabulary import PatternGroup, RelationType

from . import signposts
from .graph import Graph, Node
from .grid import Box, Line, Point, Sheet
from .layout import Layout, arrange, crosses
from .lettering import fit

MOST_LABELLED = 24  # lines that say their kind themselves; with more, the key does
FEW = 12  # patterns, and
DENSE = 24  # lines: more than that are drawn on the dense sheet, a single column on a phone
LEFT_OF_A_LINE = 36  # must be seen beside its label, or the key says what it is
KEY_LINE = 24


class Look(NamedTuple):
    """One of the two drawings: for wide windows and paper, and for phones."""

    name: str
    sheet: Sheet
    dense: Sheet
    number: int  # sizes of the letters
    title: int
    smallest: int
    title_at: float  # from the left edge of the box
    road: float  # width of an escalation
    key_columns: tuple[int, int]  # for lines and for groups
    most_lines: int = 1000  # with more, signposts beside the boxes take their place


WIDE = Look(
    "wide",
    Sheet(3, 216, 72, 150, 94, left=20, right=20, top=20),
    Sheet(4, 216, 72, 104, 64, left=20, right=20, top=20),
    number=32,
    title=17,
    smallest=13,
    title_at=65,
    road=15,
    key_columns=(3, 4),
)
TALL = Look(
    "tall",
    Sheet(2, 150, 62, 30, 48, left=2, right=32, top=4),
    Sheet(1, 206, 56, 0, 28, left=2, right=156, top=4),
    number=26,
    title=15,
    smallest=13,
    title_at=56,
    road=12,
    key_columns=(1, 2),
    most_lines=36,  # the lane beside the single column has room for no more
)
EDGE = 12  # the textured edge of a box, which tells its group
TEXTURES = {
    "act": (6, '<path d="M0 0l6 6M6 0l-6 6" stroke="{}" stroke-width="1.1"/>'),
    "tell": (4, '<path d="M1 0v4" stroke="{}" stroke-width="1.8"/>'),
    "find": (6, '<path d="M-1 1l2 -2M0 6l6 -6M5 7l2 -2" stroke="{}" stroke-width="1.6"/>'),
    "prevent": (6, '<circle cx="3" cy="3" r="1.7" fill="{}"/>'),
}
KEY: dict[str, Any] = {
    "larger": lambda: _("larger than, towards the thin end"),
    "complements": lambda: RelationType.COMPLEMENTS.label,
    "conflicts": lambda: RelationType.CONFLICTS.label,
    "alternative": lambda: RelationType.ALTERNATIVE.label,
    "precedes": lambda: RelationType.PRECEDES.label,
    "may_escalate_to": lambda: RelationType.MAY_ESCALATE_TO.label,
}


def draw(graph: Graph, look: Look, title: str, description: str, *, here: int | None = None, file: str = "") -> str:
    """The whole drawing; `here` is the pattern whose neighbours it shows, `file` the style of a file of its own."""
    lines = tuple(Line(link.kind, link.source, link.target) for link in graph.links)
    sheet = look.dense if len(lines) > DENSE or len(graph.nodes) > FEW else look.sheet
    layout, under, over = _arranged(graph, lines, sheet, look)
    key, bottom = _key(look, sheet, sorted({line.kind for line in lines}, key=list(KEY).index), layout.height)
    labels = _labels(lines, layout) if look is WIDE and len(lines) <= MOST_LABELLED else ""
    nodes = "".join(_node(graph.nodes[number], box, look, number == here) for number, box in layout.boxes.items())
    space = ' xmlns="http://www.w3.org/2000/svg"' if file else ""
    size = f' width="{sheet.total_width:g}" height="{bottom:g}"' if file else ""
    return (
        f'<svg class="pmap {look.name}" viewBox="0 0 {sheet.total_width:g} {bottom:g}"{size}{space} role="group" '
        f'aria-labelledby="{look.name}-t {look.name}-d"><title id="{look.name}-t">{escape(title)}</title>'
        f'<desc id="{look.name}-d">{escape(description)}</desc>{file}<defs>{_textures(graph, look)}</defs>'
        f'<g aria-hidden="true">{under}{over}{labels}{key}</g><g role="list">{nodes}</g></svg>'
    )


def _textures(graph: Graph, look: Look) -> str:
    return "".join(
        f'<pattern data-group="{group}" id="tx-{group}-{look.name}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse">{marks.format("var(--g)")}</pattern>'
        for group, (size, marks) in TEXTURES.items()
    )


def _node(node: Node, box: Box, look: Look, is_here: bool) -> str:
    x, y, width, height = box
    words = fit(node.title, width - look.title_at - 8, look.title, look.smallest)
    step = words.size * 1.2
    first = y + height / 2 + words.size * 0.35 - step * (len(words.lines) - 1) / 2
    lines = " ".join(
        f'<tspan x="{_n(x + look.title_at)}" y="{_n(first + at * step)}">{escape(line)}</tspan>'
        for at, line in enumerate(words.lines)
    )
    # Where a title is broken, the link's name is the title as it is written.
    name = f' aria-label="{node.label} {escape(node.title)}"'
    current = ' aria-current="true"' if is_here else ""
    return (
        f'<g role="listitem"><a href="{escape(node.url)}"{name}{current} '
        f'lang="{node.language}"><g data-group="{node.group}" class="node{" here" if is_here else ""}">'
        f'<rect class="box" x="{_n(x)}" y="{_n(y)}" width="{width:g}" height="{height:g}"/>'
        f'<rect class="tex" x="{_n(x)}" y="{_n(y)}" width="{EDGE}" height="{height:g}" '
        f'fill="url(#tx-{node.group}-{look.name})"/><path class="edge" d="M{_n(x + EDGE)} {_n(y)}v{height:g}"/>'
        f'<text class="num" x="{_n(x + EDGE + 8)}" y="{_n(y + height / 2 + look.number * 0.35)}" '
        f'font-size="{look.number}">{node.label}</text> <text class="nm" font-size="{words.size:g}">{lines}</text>'
        "</g></a></g>"
    )


# Lines


def _arranged(graph: Graph, lines: tuple[Line, ...], sheet: Sheet, look: Look) -> tuple[Layout, str, str]:
    """Where the boxes stand, and what joins them: under the boxes and over them."""
    if len(lines) > look.most_lines:
        layout = signposts.arrange(graph, sheet)
        return layout, "", signposts.draw(graph, layout, _mark)
    layout = arrange(tuple(graph.nodes), lines, sheet)
    return layout, *_lines(lines, layout, look)


def _mark(kind: str, path: Sequence[Point]) -> str:
    """A relation as the key has it."""
    return road(path, 11) if kind == RelationType.MAY_ESCALATE_TO else thin_line(kind, path)


def _lines(lines: Sequence[Line], layout: Layout, look: Look) -> tuple[str, str]:
    """Thin lines, and the roads that lie upon them."""
    thin, roads = [], []
    width = look.road if len(lines) <= DENSE else 9
    for line, path in zip(lines, layout.paths, strict=True):
        if line.kind == RelationType.MAY_ESCALATE_TO:
            roads.append(road(path, width))
        else:
            thin.append(thin_line(line.kind, path))
    return "".join(thin), "".join(roads)


def thin_line(kind: str, path: Sequence[Point]) -> str:
    if kind == RelationType.CONFLICTS:
        return f'<path class="con" d="{_d(path)}"/><path class="con-in" d="{_d(path)}"/>'
    if kind == RelationType.LARGER:
        thin = f'<path class="pre" d="{_d(path)}"/>' if len(path) > 2 else ""
        return f'{thin}<path class="wedge" d="{_triangle(path[1], path[0], hypot_of(path[0], path[1]), 7)}"/>'
    if kind == RelationType.PRECEDES:
        return f'<path class="pre" d="{_d(path)}{_barbs(path[-2], path[-1], 11, 0.61)}"/>'
    name = {RelationType.COMPLEMENTS: "com", RelationType.ALTERNATIVE: "alt"}.get(RelationType(kind), "pre")
    return f'<path class="{name}" d="{_d(path)}"/>'


def road(path: Sequence[Point], width: float) -> str:
    """An escalation: hollow, with chevrons in the direction of travel and a solid head."""
    head, half = width * 1.2, width * 0.95
    *before, last = path
    angle = atan2(last[1] - before[-1][1], last[0] - before[-1][0])
    end = (last[0] - cos(angle) * head, last[1] - sin(angle) * head)
    bed = _d([*before, end])
    chevrons = "".join(
        _chevron(start, stop, width, head if at == len(path) - 2 else 0)
        for at, (start, stop) in enumerate(pairwise(path))
    )
    return (
        f'<g class="esc" data-group="act"><path class="rail" d="{bed}" stroke-width="{width:g}"/>'
        f'<path class="bed" d="{bed}" stroke-width="{width - 4:g}"/><path class="chev" d="{chevrons}"/>'
        f'<path class="head" d="{_triangle(last, before[-1], head, half)}"/></g>'
    )


def _chevron(start: Point, stop: Point, width: float, spared: float) -> str:
    angle, length = atan2(stop[1] - start[1], stop[0] - start[0]), hypot_of(start, stop) - spared
    step, size = width * (1.33 if width > 10 else 2.6), width * 0.36  # fewer on crowded maps
    count = int((length - size) / step)
    marks = []
    for at in range(count):
        along = size + step * (at + 0.5)
        tip = (start[0] + cos(angle) * along, start[1] + sin(angle) * along)
        one, other = ((tip[0] + size * cos(angle + turn), tip[1] + size * sin(angle + turn)) for turn in (2.44, -2.44))
        marks.append(f"M{_p(one)}L{_p(tip)}L{_p(other)}")
    return "".join(marks)


def _triangle(tip: Point, towards: Point, length: float, half: float) -> str:
    angle = atan2(towards[1] - tip[1], towards[0] - tip[0])
    base = (tip[0] + cos(angle) * length, tip[1] + sin(angle) * length)
    aside = (cos(angle + pi / 2) * half, sin(angle + pi / 2) * half)
    return f"M{_p(tip)}L{_p((base[0] + aside[0], base[1] + aside[1]))}L{_p((base[0] - aside[0], base[1] - aside[1]))}Z"


def _barbs(start: Point, tip: Point, size: float, spread: float) -> str:
    angle = atan2(start[1] - tip[1], start[0] - tip[0])
    one, other = ((tip[0] + size * cos(angle + turn), tip[1] + size * sin(angle + turn)) for turn in (spread, -spread))
    return f"M{_p(one)}L{_p(tip)}L{_p(other)}"


# Words on lines, and the key


def place_labels(lines: Sequence[Line], layout: Layout, size: float = 14) -> list[tuple[str, str, Box]]:
    """Kind, words and frame of each label that finds room: over no box and over no other label."""
    placed: list[tuple[str, str, Box]] = []
    for line, path in zip(lines, layout.paths, strict=True):
        words = str(RelationType(line.kind).label)
        width, height = len(words) * size * 0.5 + 10, size * 1.6
        taken = [*layout.boxes.values(), *(other for _kind, _words, other in placed)]
        free = [
            frame
            for frame in _frames(path, width, height)
            if 0 <= frame.x <= layout.width - width and not any(_overlap(frame, other) for other in taken)
        ]
        others = [piece for other in layout.paths if other is not path for piece in pairwise(other)]
        if free:  # where fewest other lines run, lest it seem to be said of one of them
            best = min(free, key=lambda frame: sum(crosses(*piece, frame, margin=0) for piece in others))
            placed.append((line.kind, words, best))
    return placed


def _frames(path: Sequence[Point], width: float, height: float) -> list[Box]:
    """Places for a label along the longest piece of a line, the middle first."""
    (x1, y1), (x2, y2) = max(pairwise(path), key=lambda piece: hypot_of(*piece))
    long, across, down = hypot(x2 - x1, y2 - y1), abs(x2 - x1) or 0.1, abs(y2 - y1) or 0.1
    if long - min(width * long / across, height * long / down) < LEFT_OF_A_LINE:
        return []
    shares = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
    middles = [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for share in shares]
    return [Box(x - width / 2, y - height / 2, width, height) for x, y in middles]


def _overlap(one: Box, other: Box) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


def _labels(lines: Sequence[Line], layout: Layout) -> str:
    return "".join(
        f'<rect class="lb" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"/>'
        f'<text class="lt{" b" if kind == RelationType.MAY_ESCALATE_TO else ""}" x="{_n(x + width / 2)}" '
        f'y="{_n(y + height / 2 + 5)}" font-size="14">{escape(words)}</text>'
        for kind, words, (x, y, width, height) in place_labels(lines, layout)
    )


def _key(look: Look, sheet: Sheet, kinds: Sequence[str], top: float) -> tuple[str, float]:
    """How to read the lines that are there, and the edges of the boxes, under the drawing."""
    left, y = sheet.left + 2, top + 34
    parts, rows = [], 0
    kept = ((_("Lines"), [_key_line(kind) for kind in kinds]), (_("Groups"), _key_groups(look)))
    for (head, entries), columns in zip(kept, look.key_columns, strict=True):
        if not entries:
            continue
        across = (sheet.total_width - left) / columns
        parts.append(f'<text class="lh" x="{_n(left)}" y="{_n(y)}" font-size="15">{escape(head)}</text>')
        for at, (mark, words) in enumerate(entries):
            x, here = left + at % columns * across, y + KEY_LINE * (at // columns + 1)
            parts.append(
                f'<g transform="translate({_n(x)} {_n(here - 5)})">{mark}</g>'
                f'<text x="{_n(x + 72)}" y="{_n(here)}" font-size="15">{escape(str(words))}</text>'
            )
        rows = -(-len(entries) // columns)
        y += KEY_LINE * rows + 34
    return f'<g class="legend">{"".join(parts)}</g>', y - 10


def _key_line(kind: str) -> tuple[str, str]:
    path = ((0.0, 0.0), (58.0, 0.0))
    return _mark(kind, path), KEY[kind]()


def _key_groups(look: Look) -> list[tuple[str, str]]:
    return [
        (
            f'<g data-group="{group}" class="node"><rect class="box" x="0" y="-9" width="58" height="18"/>'
            f'<rect class="tex" x="0" y="-9" width="{EDGE}" height="18" fill="url(#tx-{group}-{look.name})"/></g>',
            str(PatternGroup(group).label),
        )
        for group in PatternGroup.values
    ]


def hypot_of(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _d(path: Sequence[Point]) -> str:
    return "M" + "L".join(_p(point) for point in path)


def _p(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    """The same bytes on every machine."""
    return f"{round(value, 1):g}"
