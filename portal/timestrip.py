"""The strip above the timeline: one lane for each kind of event, a mark for each event, years along the edge.

What is known to the year only is a line through the year, to the month a shorter one. No mark claims more
than a source.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .fields import PartialDate

if TYPE_CHECKING:
    from .timeline import Event

WIDTH = 1200
LEFT, RIGHT = 190, 24  # the names of the lanes; room after the last mark
TOP, ROW = 34, 30
MOST_ROWS = 8  # in one lane; what has no room is in the list alone
SIGN = 28  # a mark and the room round it
LABEL = 56  # a year written out, and the room round it


@dataclass(frozen=True)
class Mark:
    number: int
    title: str
    language: str
    x: int
    y: int
    first: int  # from where to where its date may be
    last: int
    is_open: bool  # drawn as a ring: the end of something


@dataclass(frozen=True)
class StripLane:
    label: str
    y: int
    marks: list[Mark]


@dataclass(frozen=True)
class Strip:
    height: int
    lanes: list[StripLane]
    years: list[tuple[int, int]]  # the year and where it begins
    left_out: int

    width = WIDTH


def strip(events: "Sequence[tuple[int, Event]]", labels: Mapping[str, str]) -> Strip | None:
    """The drawing of dated events with their numbers; nothing where there are none."""
    if not events:
        return None
    starts = [event.start for _number, event in events if event.start]
    ends = [event.end for _number, event in events if event.end]
    scale = Scale(min(start.year for start in starts), max(date.year for date in [*starts, *ends]) + 1)
    lanes, y, left_out = [], TOP, 0
    for code, label in labels.items():
        mine = [(number, event) for number, event in events if event.lane == code]
        if mine:
            marks, rows = _marks(mine, scale, y)
            lanes.append(StripLane(label, y + ROW // 2, marks))
            left_out += len(mine) - len(marks)
            y += rows * ROW + 8
    return Strip(y + 6, lanes, scale.labels, left_out)


class Scale:
    """Years from left to right, all of one width."""

    def __init__(self, first: int, end: int) -> None:
        self.first, self.end = first, end
        self.step = (WIDTH - LEFT - RIGHT) / (end - first)

    def begin(self, date: PartialDate) -> float:
        day = date.first_day
        return self.at(day.year, day.timetuple().tm_yday - 1)

    def finish(self, date: PartialDate) -> float:
        """Where the last day that the date may mean ends."""
        day = date.last_day
        return self.at(day.year, day.timetuple().tm_yday)

    def at(self, year: int, days: int) -> float:
        return LEFT + (year - self.first + days / (366 if calendar.isleap(year) else 365)) * self.step

    @property
    def labels(self) -> list[tuple[int, int]]:
        """So many years that their numbers do not touch."""
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if n * self.step >= LABEL)
        return [(year, round(self.at(year, 0))) for year in range(self.first, self.end) if year % every == 0]


def _marks(events: "Sequence[tuple[int, Event]]", scale: Scale, top: int) -> tuple[list[Mark], int]:
    """Each in the first row in which it meets no other; in how many rows they stand."""
    ends: list[float] = []  # of the last mark in each row
    marks = []
    for number, event in events:
        if event.start is None:
            continue
        first, last = scale.begin(event.start), scale.finish(event.end or event.start)
        middle = first + min(last - first, scale.step) / 2 if not event.end else first
        room = min(first, middle - SIGN / 2)
        row = next((row for row, end in enumerate(ends) if end <= room), len(ends))
        if row >= MOST_ROWS:
            continue
        ends[row : row + 1] = [max(last, middle + SIGN / 2)]
        y = top + row * ROW + ROW // 2
        marks.append(
            Mark(
                number,
                f"{event.when}: {event.title}",
                event.language,
                round(middle),
                y,
                round(first),
                round(last),
                event.is_end,
            )
        )
    return marks, len(ends)
