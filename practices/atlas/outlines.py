"""The bundled outlines: Natural Earth, borders as they are held. Made by bin/outlines.py, read once in a process."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from .projection import Box, Point

SOURCE = Path(__file__).with_name("europe.json")


@dataclass(frozen=True)
class Shape:
    box: Box
    path: str


@dataclass(frozen=True)
class Country(Shape):
    code: str  # empty for what has none
    at: Point  # where the sign of the whole country stands
    main: Box  # its mainland and larger islands


class Outlines:
    """One level of detail. The paths are in units of their own, `scale` of them to one of the frame."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.scale: int = stored["scale"]
        self.countries = [
            Country(self._box(one["box"]), one["path"], one["code"], self._point(one["at"]), self._box(one["main"]))
            for one in stored["countries"]
        ]
        self.borders = [Shape(self._box(one["box"]), one["path"]) for one in stored["borders"]]

    @cached_property
    def by_code(self) -> dict[str, Country]:
        return {country.code: country for country in self.countries if country.code}

    def _box(self, stored: list[int]) -> Box:
        left, top, right, bottom = (value / self.scale for value in stored)
        return left, top, right, bottom

    def _point(self, stored: list[int]) -> Point:
        return stored[0] / self.scale, stored[1] / self.scale


@lru_cache(maxsize=2)
def outlines(level: str = "overview") -> Outlines:
    """`overview` for the whole of Europe, `detail` for a look at a few countries."""
    return Outlines(json.loads(SOURCE.read_text())[level])


def meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
