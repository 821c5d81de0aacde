"""Where the marks stand: off their places on leader lines, so that none covers another.

The same places always give the same drawing. Marks stand in the order of the list, each as near to its place as
what stands already lets it: first with its name, where that finds no room without, in the end wherever there is room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, hypot, pi, sin

from .outlines import meet
from .projection import Box, Point

WIDTH, HEIGHT = 600, 640
RADIUS = 21  # the room of a disc; drawn smaller where the screen is wide enough for names
LETTER = 9.4  # width of a letter of a name, on average
GAP = 7  # between disc and name
EDGE = 4
LONGEST_NAME = 20
DISTANCES = (46, 62, 82, 106, 136, 172, 214)
DIRECTIONS = 16
FURTHER = 2  # rings beyond the nearest free one
DOT = 8  # how near a line may pass another place
CROWDED = 90  # how far off another place still disturbs
KEY: Box = (0, 0, 196, 100)  # the corner with the meaning of the signs


@dataclass(frozen=True)
class Spot:
    """A place with the numbers of the practices there, before it has found where to stand."""

    point: Point
    name: str
    signs: int = 1


@dataclass(frozen=True)
class Stand:
    """The middle of the first sign, the side of the name (-1 left, 1 right, 0 none) and the room it takes."""

    middle: Point
    side: int
    room: list[Box] = field(default_factory=list)


def short_name(name: str) -> str:
    """A name that fits beside a mark; the list has it in full."""
    if len(name) <= LONGEST_NAME:
        return name
    first = name.split(",")[0].strip()
    return first if len(first) <= LONGEST_NAME else f"{first[: LONGEST_NAME - 1].rstrip()}…"


@lru_cache(maxsize=256)
def stand_off(spots: tuple[Spot, ...]) -> list[Stand]:
    placed: list[Stand] = []
    for spot in spots:
        rooms = [room for stand in placed for room in stand.room]
        leads = [(other.point, stand.middle) for other, stand in zip(spots, placed, strict=False)]
        placed.append(_nearest(spot, spots, [KEY, *rooms], leads))
    return placed


Lead = tuple[Point, Point]


def _nearest(spot: Spot, spots: Sequence[Spot], taken: list[Box], leads: list[Lead]) -> Stand:
    for named in (True, False):
        free: list[Stand] = []
        rings = 0  # since the first with a free place: a little further off there may be a better one
        for ring in _rings(spot, named):
            free += [stand for stand in ring if _is_free(stand, taken)]
            rings += bool(free)
            if rings > FURTHER:
                break
        if free:
            return min(free, key=lambda stand: _cost(stand, spot, spots, taken, leads))
    anywhere = [stand for stand in _anywhere(spot) if _is_free(stand, taken)]
    return min(anywhere or [_stand(spot, spot.point, 0)], key=lambda stand: _distance(stand.middle, spot.point))


def _rings(spot: Spot, named: bool) -> Iterator[list[Stand]]:
    """The stands round the place, the nearest first."""
    for distance in DISTANCES:
        ring = []
        for step in range(DIRECTIONS):
            angle = 2 * pi * (step + 0.5) / DIRECTIONS
            middle = (spot.point[0] + distance * cos(angle), spot.point[1] + distance * sin(angle))
            side = (1 if cos(angle) > 0 else -1) if named else 0
            ring.append(_stand(spot, middle, side))
        yield ring


def _anywhere(spot: Spot) -> Iterator[Stand]:
    step = 2 * RADIUS + 2
    for y in range(EDGE + RADIUS, HEIGHT - RADIUS, step):
        for x in range(EDGE + RADIUS, WIDTH - RADIUS, step):
            yield _stand(spot, (float(x), float(y)), 0)


def _stand(spot: Spot, middle: Point, side: int) -> Stand:
    """A row of signs, from its first one away from the place, and the name after the last."""
    x, y = middle = (round(middle[0]), round(middle[1]))
    row = (spot.signs - 1) * 2 * RADIUS * (side or 1)
    left, right = min(x, x + row) - RADIUS, max(x, x + row) + RADIUS
    room: list[Box] = [(left, y - RADIUS, right, y + RADIUS)]
    if side:
        length = GAP + LETTER * len(spot.name)
        room.append((right, y - 11, right + length, y + 11) if side > 0 else (left - length, y - 11, left, y + 11))
    return Stand(middle, side, room)


def _is_free(stand: Stand, taken: list[Box]) -> bool:
    for box in stand.room:
        if box[0] < EDGE or box[1] < EDGE or box[2] > WIDTH - EDGE or box[3] > HEIGHT - EDGE:
            return False
        if any(meet(box, other) for other in taken):
            return False
    return True


def _cost(stand: Stand, spot: Spot, spots: Sequence[Spot], taken: list[Box], leads: list[Lead]) -> float:
    """Better over no other place and across no line; then near, away from other places and towards the edge."""
    lead = (spot.point, stand.middle)
    length = _distance(*lead)
    cost = length / 100 - _distance(stand.middle, (WIDTH / 2, HEIGHT / 2)) / WIDTH
    for other in spots:
        if other is not spot:
            away = _distance(stand.middle, other.point)
            hidden = _is_in(other.point, stand.room) or (away < length + DOT and _off(other.point, lead) < DOT)
            cost += 6 * hidden + max(0.0, 1 - away / CROWDED)
    for theirs in leads:
        cost += 2 * _cross(lead, theirs) + any(_is_in(point, stand.room) for point in _along(theirs))
    return cost + sum(_is_in(point, taken) for point in _along(lead))


def _along(lead: Lead) -> list[Point]:
    (ax, ay), (bx, by) = lead
    return [(ax + part * (bx - ax), ay + part * (by - ay)) for part in (0.2, 0.4, 0.6, 0.8)]


def _off(point: Point, lead: Lead) -> float:
    """How far a point is from a line between two others."""
    (ax, ay), (bx, by) = lead
    x, y = bx - ax, by - ay
    part = max(0.0, min(1.0, ((point[0] - ax) * x + (point[1] - ay) * y) / ((x * x + y * y) or 1)))
    return _distance(point, (ax + part * x, ay + part * y))


def _is_in(point: Point, boxes: Sequence[Box]) -> bool:
    return any(box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3] for box in boxes)


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _cross(a: Lead, b: Lead) -> bool:
    return _turn(*a, b[0]) * _turn(*a, b[1]) < 0 and _turn(*b, a[0]) * _turn(*b, a[1]) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
