"""How the map is laid out: the boxes of the grid and the lines between them.

Lines run straight where no box is in the way. Else they keep to the lanes between the columns and the rows, which no
box enters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot
from typing import NamedTuple

from .grid import Box, Cell, Line, Point, Sheet, place


@dataclass(frozen=True)
class Layout:
    cells: dict[int, Cell]  # in reading order: by row and column
    boxes: dict[int, Box]
    paths: tuple[tuple[Point, ...], ...]  # one for each line, from its source to its target
    width: float
    height: float


@lru_cache(maxsize=32)
def arrange(numbers: tuple[int, ...], lines: tuple[Line, ...], sheet: Sheet) -> Layout:
    cells = place(numbers, lines, sheet.columns)
    sheet = sheet.spread(max((cell.column for cell in cells.values()), default=0) + 1)
    boxes = {number: sheet.box(cell) for number, cell in cells.items()}
    paths = route(lines, cells, boxes, sheet)
    bottom = max([box.y + box.height for box in boxes.values()] + [y for path in paths for _x, y in path], default=0)
    return Layout(cells, boxes, paths, sheet.total_width, bottom + sheet.top)


STEEP = 2.5  # lines between neighbouring columns that fall faster keep to the lane


class Way(NamedTuple):
    """On which sides a line leaves and reaches its boxes, and by which lanes it goes; by none where it is straight."""

    out: str
    into: str
    between: int | None = None  # the columns: 0 is the lane right of the first one
    over: int | None = None  # the row under that lane


def route(
    lines: Sequence[Line], cells: dict[int, Cell], boxes: dict[int, Box], sheet: Sheet
) -> tuple[tuple[Point, ...], ...]:
    ways = [_way(line, cells, boxes, sheet) for line in lines]
    ports = _ports(lines, ways, boxes)
    pairs = list(zip(lines, ways, strict=True))
    columns = _tracks([_down_its_lane(line, way, cells) for line, way in pairs])
    rows = _tracks([_along_its_lane(line, way, cells) for line, way in pairs])
    paths = []
    for at, way in enumerate(ways):
        start, end = ports[at, 0], ports[at, 1]
        x = _across(sheet, way.between, columns[at]) if way.between is not None else start[0]
        y = _down(sheet, way.over, rows[at]) if way.over is not None else end[1]
        bends = [(x, start[1]), (x, y), (end[0], y)] if (way.between, way.over) != (None, None) else []
        paths.append(_without_repeats([start, *bends, end]))
    return tuple(paths)


def _way(line: Line, cells: dict[int, Cell], boxes: dict[int, Box], sheet: Sheet) -> Way:
    one, other = cells[line.source], cells[line.target]
    rows, columns = other.row - one.row, other.column - one.column
    aside = ("right", "left") if columns > 0 else ("left", "right")
    onward = ("bottom", "top") if rows > 0 else ("top", "bottom")
    if abs(rows) == 1:
        return Way(*onward)
    if abs(columns) == 1 and abs(rows) * (sheet.height + sheet.down) > STEEP * sheet.across:
        return Way(*aside, between=min(one.column, other.column))
    if abs(columns) == 1 or (columns and rows and _is_free(line, boxes)):
        return Way(*aside)
    if not columns:
        side = "right" if one.column < sheet.columns - 1 or not one.column or sheet.right > sheet.across / 2 else "left"
        return Way(side, side, between=one.column - (side == "left"))
    if not rows:
        side = "top" if one.row else "bottom"
        return Way(side, side, over=one.row + (side == "bottom"))
    between = one.column if columns > 0 else one.column - 1
    return Way(aside[0], onward[1], between=between, over=other.row + (rows < 0))


def _is_free(line: Line, boxes: dict[int, Box]) -> bool:
    """Whether no box stands between two, wherever on their sides a line may begin and end."""
    (x1, y1), (x2, y2) = boxes[line.source].middle, boxes[line.target].middle
    half = boxes[line.source].width / 2 * (1 if x2 > x1 else -1)
    reach = boxes[line.source].height / 3
    ends = [((x1 + half, y1 + a), (x2 - half, y2 + b)) for a in (-reach, reach) for b in (-reach, reach)]
    others = [box for number, box in boxes.items() if number not in (line.source, line.target)]
    return not any(crosses(start, end, box) for box in others for start, end in ends)


def crosses(start: Point, end: Point, box: Box, margin: float = 4) -> bool:
    """Whether a straight piece of line touches the box or comes nearer than the margin."""
    enter, leave = 0.0, 1.0
    for axis, (low, size) in enumerate(((box.x, box.width), (box.y, box.height))):
        at, by = start[axis], end[axis] - start[axis]
        near, far = low - margin - at, low + size + margin - at
        if abs(by) < 1e-9:
            if near > 0 or far < 0:
                return False
            continue
        first, second = sorted((near / by, far / by))
        enter, leave = max(enter, first), min(leave, second)
    return enter < leave


def _ports(lines: Sequence[Line], ways: Sequence[Way], boxes: dict[int, Box]) -> dict[tuple[int, int], Point]:
    """The points on the sides of boxes, by line and end, spread so that lines leave in the order of where they go."""
    sides: dict[tuple[int, str], list[tuple[float, int, int]]] = {}
    for at, (line, way) in enumerate(zip(lines, ways, strict=True)):
        is_bent = way.between is not None or way.over is not None
        for end, (number, other, side) in enumerate(
            ((line.source, line.target, way.out), (line.target, line.source, way.into))
        ):
            axis = 1 if side in ("left", "right") else 0
            towards = boxes[other].middle[axis] - boxes[number].middle[axis]
            if is_bent:  # a line that goes round another starts nearer to the corner
                towards = 1e5 - towards if towards > 0 else -1e5 - towards
            sides.setdefault((number, side), []).append((towards, at, end))
    points = {}
    for (number, side), ends in sides.items():
        box = boxes[number]
        for place_on_side, (_towards, at, end) in enumerate(sorted(ends), 1):
            share = place_on_side / (len(ends) + 1)
            if side in ("left", "right"):
                points[at, end] = (box.x + box.width * (side == "right"), box.y + box.height * share)
            else:
                points[at, end] = (box.x + box.width * share, box.y + box.height * (side == "bottom"))
    return points


Span = tuple[int | None, float, float]  # the lane, if any, and from where to where in it


def _down_its_lane(line: Line, way: Way, cells: dict[int, Cell]) -> Span:
    end = cells[line.target].row if way.over is None else way.over - 0.5
    low, high = sorted((cells[line.source].row, end))
    return way.between, low, high


def _along_its_lane(line: Line, way: Way, cells: dict[int, Cell]) -> Span:
    low, high = sorted((cells[line.source].column, cells[line.target].column))
    return way.over, low, high


def _tracks(spans: Sequence[Span]) -> list[float]:
    """Where in its lane each line runs, as a share of the lane's width: short ones near, none upon another."""
    found = [0.0] * len(spans)
    lanes: dict[int, list[tuple[float, float, float, int]]] = {}
    for at, (lane, low, high) in enumerate(spans):
        if lane is not None:
            lanes.setdefault(lane, []).append((high - low, low, high, at))
    for wanting in lanes.values():
        tracks: list[list[tuple[float, float]]] = []
        taken = []
        for _length_of_it, low, high, at in sorted(wanting):
            free = next((n for n, used in enumerate(tracks) if all(high < a or b < low for a, b in used)), len(tracks))
            if free == len(tracks):
                tracks.append([])
            tracks[free].append((low, high))
            taken.append((at, free))
        for at, track in taken:
            found[at] = (track + 1) / (len(tracks) + 1)
    return found


def _across(sheet: Sheet, lane: int, share: float) -> float:
    begins = sheet.left + (lane + 1) * sheet.width + lane * sheet.across
    return begins + share * (sheet.across if lane < sheet.columns - 1 else sheet.right)


def _down(sheet: Sheet, lane: int, share: float) -> float:
    return sheet.top + lane * (sheet.height + sheet.down) - sheet.down * (1 - share)


def _without_repeats(points: list[Point]) -> tuple[Point, ...]:
    return tuple(
        point
        for at, point in enumerate(points)
        if not at or hypot(point[0] - points[at - 1][0], point[1] - points[at - 1][1]) > 0.01
    )
