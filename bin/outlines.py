"""Draw the countries of the practice map anew: `python bin/outlines.py countries-50m.json`.

The file comes from the npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`): the data of Natural Earth, which
is in the public domain, packed as TopoJSON under the ISC licence. The site reads only what this writes,
practices/atlas/europe.json.
"""

import argparse
import hashlib
import heapq
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from django.conf import settings

settings.configure()

from django_countries import countries

from practices.atlas.projection import DRAWN, Point, project

SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
TARGET = ROOT / "practices/atlas/europe.json"
WITHOUT_NUMBER = {"Kosovo": "XK"}
# Units of the file to one of the frame, the smallest bend and the smallest island, in square units of the frame.
LEVELS = {"overview": (1, 1.3, 7.0), "detail": (10, 0.07, 0.2)}
DUST = 0.01
MAINLAND = 0.04  # of the largest island of a country: what a look at the country need not show

Line = list[Point]
Ring = list[int]  # arcs; ~n is the arc n backwards


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    text = parser.parse_args().source.read_bytes()
    if hashlib.sha256(text).hexdigest() != SHA256:
        parser.error(f"not the file this was written for: its SHA-256 is not {SHA256}")
    topology = json.loads(text)
    drawn = {
        "source": "Natural Earth (public domain), by world-atlas 2.0.2 (ISC), countries-50m.json",
        "sha256": SHA256,
        **{name: level(topology, *rules) for name, rules in LEVELS.items()},
    }
    TARGET.write_text(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1000:.0f} kB")


def level(topology: Any, scale: int, bend: float, island: float) -> dict[str, Any]:
    """The countries and the borders between them, in units of the file."""
    arcs = [simplified(line, bend) for line in lines(topology)]
    found = []
    shared: Counter[int] = Counter()
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings = [ring for polygon in polygons(geometry) for ring in polygon]
        shapes = sorted((clipped(outline(ring, arcs)) for ring in rings), key=area, reverse=True)
        shown = [shape for place, shape in enumerate(shapes) if area(shape) >= (island if place else DUST)]
        if shown:
            found.append({"code": code(geometry), **country(shown, scale)})
        shared.update({arc if arc >= 0 else ~arc for ring in rings for arc in ring})
    borders = [arcs[arc] for arc, users in sorted(shared.items()) if users > 1 and inside(arcs[arc])]
    return {
        "scale": scale,
        "countries": sorted(found, key=lambda country: country["code"]),
        "borders": [{"box": box([line], scale), "path": path([line], scale)} for line in borders],
    }


def country(shapes: list[Line], scale: int) -> dict[str, Any]:
    """Its shapes come by size. `main` frames what its name brings to mind, `at` is where its sign stands."""
    main = [shape for shape in shapes if area(shape) >= MAINLAND * area(shapes[0])]
    return {
        "at": [round(value * scale) for value in middle(shapes[0])],
        "main": box(main, scale),
        "box": box(shapes, scale),
        "path": path(shapes, scale, "z"),
    }


def code(geometry: Any) -> str:
    """The code of ISO 3166; empty for what has none."""
    number = geometry.get("id")
    return countries.alpha2(number) if number else WITHOUT_NUMBER.get(geometry["properties"]["name"], "")


def lines(topology: Any) -> Iterable[Line]:
    """The arcs of the TopoJSON in the frame of the map."""
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        steps = accumulate(arc, lambda point, step: (point[0] + step[0], point[1] + step[1]))
        yield [project(y * north + south, x * east + west) for x, y in steps]


def polygons(geometry: Any) -> list[list[Ring]]:
    arcs = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def outline(ring: Ring, arcs: list[Line]) -> Line:
    parts = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return [point for part in parts for point in part[:-1]]


def simplified(line: Line, bend: float) -> Line:
    """Visvalingam's way: the point that changes the line least goes first. Ends stay, so neighbours still meet."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    gone = set()
    queue = [(triangle(line, i - 1, i, i + 1), i) for i in range(1, len(line) - 1)]
    heapq.heapify(queue)
    while queue and queue[0][0] < bend:
        size, i = heapq.heappop(queue)
        if i in gone or size != triangle(line, before[i], i, after[i]):
            continue  # its neighbours went, and it was queued again
        gone.add(i)
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < len(line) - 1:
                heapq.heappush(queue, (triangle(line, before[j], j, after[j]), j))
    return [point for i, point in enumerate(line) if i not in gone]


def triangle(line: Line, a: int, b: int, c: int) -> float:
    return area([line[a], line[b], line[c]])


def area(shape: Line) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(shape, [*shape[1:], *shape[:1]], strict=True))) / 2


def middle(shape: Line) -> Point:
    """The centre of gravity."""
    x = y = twice = 0.0
    for a, b in zip(shape, [*shape[1:], *shape[:1]], strict=True):
        part = a[0] * b[1] - b[0] * a[1]
        x, y, twice = x + (a[0] + b[0]) * part, y + (a[1] + b[1]) * part, twice + part
    return x / (3 * twice), y / (3 * twice)


def clipped(shape: Line) -> Line:
    """The part of a shape within `DRAWN`, after Sutherland and Hodgman."""
    for axis in (0, 1):
        shape = cut(shape, axis, beyond(DRAWN[axis], 1))
        shape = cut(shape, axis, beyond(DRAWN[axis + 2], -1))
    return shape


def beyond(edge: float, sign: int) -> Callable[[float], float]:
    return lambda value: sign * (value - edge)


def cut(shape: Line, axis: int, depth: Callable[[float], float]) -> Line:
    kept: Line = []
    for a, b in zip([*shape[-1:], *shape[:-1]], shape, strict=True):
        before, here = depth(a[axis]), depth(b[axis])
        if (before < 0) != (here < 0):
            part = before / (before - here)
            kept.append((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
        if here >= 0:
            kept.append(b)
    return kept


def inside(line: Line) -> bool:
    return any(DRAWN[0] <= x <= DRAWN[2] and DRAWN[1] <= y <= DRAWN[3] for x, y in line)


def box(shapes: list[Line], scale: int) -> list[int]:
    points = [point for shape in shapes for point in shape]
    edges = [min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)]
    return [round(edge * scale) for edge in edges]


def path(shapes: list[Line], scale: int, end: str = "") -> str:
    """Steps from point to point in whole numbers: a third of the letters of places."""
    drawn = []
    for shape in shapes:
        points = [(round(x * scale), round(y * scale)) for x, y in shape]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
        if steps:
            drawn.append(f"M{points[0][0]},{points[0][1]}l{joined(steps)}{end}")
    return "".join(drawn)


def joined(steps: list[tuple[int, int]]) -> str:
    numbers = [str(number) for step in steps for number in step]
    return numbers[0] + "".join(number if number[0] == "-" else f" {number}" for number in numbers[1:])


if __name__ == "__main__":
    main()
