"""Where a phone has no room for so many lines, each pattern says beside it where they would lead.

A row stands for a relation, drawn as in the key: it points from the box or to it, and the numbers of the others follow.
"""

from collections.abc import Callable
from itertools import groupby

from portal.vocabulary import INVERSE_RELATION

from .graph import RELATIONS_TURNED, Graph
from .grid import Box, Cell, Point, Sheet
from .layout import Layout

MOST_ROWS = 5  # beside a box; the list under the map has all
IN_A_ROW = 3
ROW = 19
MARK = 34
SIZE = 15
APART = 9  # box, mark and numbers
BETWEEN = 14  # two patterns

Mark = Callable[[str, tuple[Point, Point]], str]
Row = tuple[str, str]  # the relation, or nothing where the row goes on with the one above, and the numbers


def arrange(graph: Graph, sheet: Sheet) -> Layout:
    """One below the other by number, each with the room that its signpost needs."""
    boxes, y = {}, sheet.top
    for number in graph.nodes:
        room = max(sheet.height, len(rows(graph, number)) * ROW)
        boxes[number] = Box(sheet.left, y + (room - sheet.height) / 2, sheet.width, sheet.height)
        y += room + BETWEEN
    cells = {number: Cell(row, 0) for row, number in enumerate(graph.nodes)}
    return Layout(cells, boxes, (), sheet.total_width, y)


def rows(graph: Graph, number: int) -> list[Row]:
    found: list[Row] = []
    for kind, said in groupby(graph.neighbours[number], key=lambda one: one[0]):
        others = [graph.nodes[other].label for _kind, other, _link in said]
        for at in range(0, len(others), IN_A_ROW):
            found.append(("" if at else kind, " ".join(others[at : at + IN_A_ROW])))
    if len(found) > MOST_ROWS:
        kind, numbers = found[MOST_ROWS - 1]
        return [*found[: MOST_ROWS - 1], (kind, f"{numbers} …")]
    return found


def draw(graph: Graph, layout: Layout, mark: Mark) -> str:
    """`mark` draws a relation along a line, as the key has it."""
    parts = []
    for number, box in layout.boxes.items():
        said = rows(graph, number)
        left, top = box.x + box.width + APART, box.y + box.height / 2 - ROW * (len(said) - 1) / 2
        for at, (kind, numbers) in enumerate(said):
            y = round(top + at * ROW, 1)
            if kind:
                near, far = (left, y), (left + MARK, y)
                is_turned = kind in RELATIONS_TURNED
                parts.append(
                    mark(INVERSE_RELATION[kind] if is_turned else kind, (far, near) if is_turned else (near, far))
                )
            parts.append(f'<text x="{left + MARK + APART:g}" y="{y + 5:g}" font-size="{SIZE}">{numbers}</text>')
    return f'<g class="signs">{"".join(parts)}</g>'
