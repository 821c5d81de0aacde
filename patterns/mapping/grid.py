"""Where the boxes of the map stand: the same for the same relations, with nothing stored.

They stand in a grid. Layers follow each other downwards: what is larger, comes before or may escalate stands above
what it leads to, and patterns without relations come last. Within its layer a box stands near its neighbours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

LEADS_ON = ("larger", "precedes", "may_escalate_to")  # a layer further down each; the first are the last to give way
PASSES = 6  # of moving boxes towards their neighbours; most maps are still after three

Point = tuple[float, float]


class Cell(NamedTuple):
    row: int
    column: int


class Line(NamedTuple):
    kind: str
    source: int
    target: int


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Sheet:
    """A grid of boxes with lanes between them, in units of the drawing."""

    columns: int
    width: float
    height: float
    across: float  # lane between two columns
    down: float  # lane between two rows
    left: float = 2
    right: float = 2
    top: float = 8

    def spread(self, columns: int) -> "Sheet":
        """The same width with so many columns: those that nobody needs make the lanes between the others wider."""
        if columns == self.columns:
            return self
        free = self.total_width - columns * self.width
        if columns == 1:
            return replace(self, columns=1, across=0, left=free / 2, right=free / 2)
        across = (free - self.left - self.right) / (columns - 1)
        return replace(self, columns=columns, across=across)

    def box(self, cell: Cell) -> Box:
        x = self.left + cell.column * (self.width + self.across)
        return Box(x, self.top + cell.row * (self.height + self.down), self.width, self.height)

    @property
    def total_width(self) -> float:
        return self.left + self.columns * (self.width + self.across) - self.across + self.right


def ranks(numbers: Sequence[int], lines: Iterable[Line]) -> dict[int, int]:
    """How many steps lead down to each; a line that would close a circle does not count."""
    below: dict[int, list[int]] = {number: [] for number in numbers}
    arrows = sorted(
        (line for line in lines if line.kind in LEADS_ON), key=lambda line: (LEADS_ON.index(line.kind), line)
    )
    for line in arrows:
        if not _leads(below, line.target, line.source):
            below[line.source].append(line.target)
    found = dict.fromkeys(numbers, 0)
    waiting = [number for number in numbers if below[number]]
    while waiting:
        number = waiting.pop()
        for other in below[number]:
            if found[other] <= found[number]:
                found[other] = found[number] + 1
                waiting.append(other)
    return found


def _leads(below: dict[int, list[int]], start: int, end: int) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        number = waiting.pop()
        if number == end:
            return True
        waiting += [other for other in below[number] if other not in seen]
        seen.update(below[number])
    return False


def place(numbers: Sequence[int], lines: Sequence[Line], columns: int) -> dict[int, Cell]:
    """Each in a cell: layer by layer in as many rows as it needs, near what it is joined to."""
    near: dict[int, list[int]] = {number: [] for number in numbers}
    for line in lines:
        near[line.source].append(line.target)
        near[line.target].append(line.source)
    rank = ranks(numbers, lines)
    last = max(rank.values(), default=0) + 1
    layers: dict[int, list[int]] = {}
    for number in numbers:
        layers.setdefault(rank[number] if near[number] else last, []).append(number)
    cells: dict[int, Cell] = {}
    blocks: list[tuple[list[int], range]] = []
    row = 0
    for _rank, layer in sorted(layers.items()):
        layer.sort(
            key=lambda number: (_mean([cells[other].column for other in near[number] if other in cells]), number)
        )
        rows = range(row, row + -(-len(layer) // columns))
        cells.update((number, Cell(row + at // columns, at % columns)) for at, number in enumerate(layer))
        blocks.append((layer, rows))
        row = rows.stop
    _move_nearer(cells, near, blocks, columns)
    used = sorted({cell.column for cell in cells.values()})
    cells = {number: Cell(cell.row, used.index(cell.column)) for number, cell in cells.items()}
    return dict(sorted(cells.items(), key=lambda item: item[1]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else -1


def _move_nearer(
    cells: dict[int, Cell], near: dict[int, list[int]], blocks: list[tuple[list[int], range]], columns: int
) -> None:
    """Let boxes change places within their layer as long as lines get shorter by it."""
    taken = {cell: number for number, cell in cells.items()}
    for _pass in range(PASSES):
        moved = False
        for layer, rows in blocks:
            for number in layer:
                if near[number]:
                    moved |= _move(number, _wanted(number, cells, near, rows, columns), cells, taken, near)
        if not moved:
            return


def _wanted(number: int, cells: dict[int, Cell], near: dict[int, list[int]], rows: range, columns: int) -> list[Cell]:
    """The cells of the layer round the middle of its neighbours."""
    others = [cells[other] for other in near[number]]
    row, column = (round(sum(cell[axis] for cell in others) / len(others)) for axis in (0, 1))
    row = min(max(row, rows.start), rows.stop - 1)
    return [
        Cell(at, across)
        for at in range(max(row - 1, rows.start), min(row + 2, rows.stop))
        for across in range(max(column - 1, 0), min(column + 2, columns))
    ]


def _move(
    number: int, wanted: list[Cell], cells: dict[int, Cell], taken: dict[Cell, int], near: dict[int, list[int]]
) -> bool:
    home = cells[number]
    best, gain = home, 0.01
    for cell in wanted:
        other = taken.get(cell)
        pair = [number] if other is None else [number, other]
        before = sum(_length(cells[one], cells[far]) for one in pair for far in near[one])
        cells[number] = cell
        if other is not None:
            cells[other] = home
        after = sum(_length(cells[one], cells[far]) for one in pair for far in near[one])
        cells[number] = home
        if other is not None:
            cells[other] = cell
        if before - after > gain and cell != home:
            best, gain = cell, before - after
    if best == home:
        return False
    other = taken.pop(best, None)
    cells[number], taken[best] = best, number
    taken.pop(home, None) if other is None else taken.update({home: other})
    if other is not None:
        cells[other] = home
    return True


def _length(one: Cell, other: Cell) -> float:
    """How hard a line between two cells is to follow."""
    rows, columns = abs(one.row - other.row), abs(one.column - other.column)
    around = 2 if (rows > 1 and columns != 1) or (columns > 1 and rows != 1) else 0
    return rows + columns + around
