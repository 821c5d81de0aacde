"""The drawing of a pattern and its neighbours: boxes above and below, lines by kind. A list beside it says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.vocabulary import RelationType

from .relations import Neighbour, Relation

MOST = 8  # more neighbours than this stay in the list only
BOX_HEIGHT, TOP, BOTTOM, HEIGHT = 60, 8, 324, 392
CENTRE_WIDTH, CENTRE_TOP, CENTRE_HEIGHT = 176, 160, 72
LETTER = 8.2  # average width of a letter at 15 units
ARROWS = {
    RelationType.MAY_ESCALATE_TO: 1,
    RelationType.PRECEDES: 1,
    RelationType.ESCALATES_FROM: -1,
    RelationType.FOLLOWS: -1,
}

LEGEND: list[tuple[set[str], Any]] = [
    ({"complements"}, _("Dashed line: complements.")),
    ({"may_escalate_to", "escalates_from"}, _("Arrow: may escalate.")),
    ({"precedes", "follows"}, _("Arrow: comes before.")),
    ({"conflicts"}, _("Double line: in tension.")),
    ({"larger", "smaller"}, _("Wedge: wide at the larger pattern.")),
    ({"alternative"}, _("Dotted line: alternative.")),
]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    neighbour: Neighbour | None
    number: str
    group: str
    lines: tuple[tuple[float, str], ...]  # baseline and words
    number_x: float
    number_y: float
    text_x: float


@dataclass(frozen=True)
class Edge:
    path: str
    dash: str
    head: str  # a filled arrow head or wedge
    label: str
    label_x: float
    label_y: float
    label_width: float

    @property
    def label_half(self) -> float:
        return round(self.label_width / 2, 1)


@dataclass(frozen=True)
class Ego:
    width: int
    height: int
    centre: Box
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    kinds: tuple[str, ...]

    @property
    def legend(self) -> str:
        """How to read the lines that are there."""
        return " ".join(str(words) for kinds, words in LEGEND if kinds & set(self.kinds))


def ego(title: str, number: str, group: str, relations: Iterable[Relation]) -> Ego | None:
    """Where everything stands in the drawing; None for a pattern without neighbours."""
    grouped: dict[str, list[Relation]] = {}
    for relation in relations:
        grouped.setdefault(relation.neighbour.url, []).append(relation)
    shown = list(grouped.values())[:MOST]
    if not shown:
        return None
    half = (len(shown) + 1) // 2
    rows = [shown[:half], shown[half:]]
    width = 480 if half <= 2 else 190 * half
    boxes: list[Box] = []
    edges: list[Edge] = []
    for row, y in zip(rows, (TOP, BOTTOM), strict=True):
        for place, kinds in enumerate(row):
            box = _box(kinds[0].neighbour, _left(place, len(row), width), y)
            boxes.append(box)
            edges.append(_edge(box, kinds, width, place, len(row)))
    return Ego(
        width=width,
        height=HEIGHT if rows[1] else CENTRE_TOP + CENTRE_HEIGHT + 8,
        centre=_centre(title, number, group, width),
        boxes=tuple(boxes),
        edges=tuple(edges),
        kinds=tuple(sorted({relation.type for kinds in shown for relation in kinds})),
    )


def _left(place: int, many: int, width: int) -> float:
    if many == 1:
        return (width - 170) / 2
    return 5 + place * (width - 180) / (many - 1)


def _box(neighbour: Neighbour, x: float, y: float) -> Box:
    return _written(neighbour, neighbour.title, neighbour.number, neighbour.group, (x, y, 170, BOX_HEIGHT))


def _centre(title: str, number: str, group: str, width: int) -> Box:
    frame = ((width - CENTRE_WIDTH) / 2, CENTRE_TOP, CENTRE_WIDTH, CENTRE_HEIGHT)
    return _written(None, title, number, group, frame)


def _written(
    neighbour: Neighbour | None, title: str, number: str, group: str, frame: tuple[float, float, float, float]
) -> Box:
    x, y, width, height = frame
    words = wrap(title, int((width - 62) / LETTER))
    first = y + height / 2 + 5.5 - 9 * (len(words) - 1)
    lines = tuple((round(first + 18 * place, 1), line) for place, line in enumerate(words))
    return Box(x, y, width, height, neighbour, number, group, lines, x + 18, y + height / 2 + 9, x + 56)


def wrap(text: str, letters: int) -> list[str]:
    """At most three lines of about `letters` letters; what does not fit is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2]} …"]


def _edge(box: Box, relations: list[Relation], width: int, place: int, many: int) -> Edge:
    above = box.y < CENTRE_TOP
    start_x = width / 2 + (place - (many - 1) / 2) * min(150 / max(many - 1, 1), 174)
    start = (start_x, CENTRE_TOP if above else CENTRE_TOP + CENTRE_HEIGHT)
    end = (box.x + box.width / 2 + (start_x - box.x - box.width / 2) * 0.1, box.y + BOX_HEIGHT if above else box.y)
    kind = RelationType(relations[0].type)
    label = ", ".join(relation.label.lower() for relation in relations)
    share = 0.5 if many <= 2 else (0.36, 0.66)[place % 2]
    return Edge(
        path=_line(start, end, double=kind == RelationType.CONFLICTS),
        dash={RelationType.COMPLEMENTS: "7 5", RelationType.ALTERNATIVE: "2 4"}.get(kind, ""),
        head=_head(start, end, kind),
        label=label,
        label_x=round(start[0] + (end[0] - start[0]) * share, 1),
        label_y=round(start[1] + (end[1] - start[1]) * share, 1),
        label_width=round(len(label) * 6.9 + 14, 1),
    )


Point = tuple[float, float]


def _line(start: Point, end: Point, *, double: bool) -> str:
    if not double:
        return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    angle = atan2(end[1] - start[1], end[0] - start[0])
    aside = (-sin(angle) * 2.8, cos(angle) * 2.8)
    return "".join(
        f"M{start[0] + side * aside[0]:.1f} {start[1] + side * aside[1]:.1f}"
        f"L{end[0] + side * aside[0]:.1f} {end[1] + side * aside[1]:.1f}"
        for side in (-1, 1)
    )


def _head(start: Point, end: Point, kind: RelationType) -> str:
    """An arrow head where the relation has a direction; a wedge, wide at the larger pattern."""
    if kind in (RelationType.LARGER, RelationType.SMALLER):
        wide, thin = (start, end) if kind == RelationType.LARGER else (end, start)
        return _triangle(thin, wide, length=hypot(end[0] - start[0], end[1] - start[1]), half=5)
    direction = ARROWS.get(kind, 0)
    if not direction:
        return ""
    tip, tail = (end, start) if direction > 0 else (start, end)
    return _triangle(tip, tail, length=14, half=7)


def _triangle(tip: Point, towards: Point, *, length: float, half: float) -> str:
    angle = atan2(towards[1] - tip[1], towards[0] - tip[0])
    base = (tip[0] + cos(angle) * length, tip[1] + sin(angle) * length)
    aside = (-sin(angle) * half, cos(angle) * half)
    return (
        f"M{tip[0]:.1f} {tip[1]:.1f}L{base[0] + aside[0]:.1f} {base[1] + aside[1]:.1f} "
        f"{base[0] - aside[0]:.1f} {base[1] - aside[1]:.1f}z"
    )
