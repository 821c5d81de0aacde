"""Where the text of a translated page comes from. A feature that knows says so; the portal shows it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Provenance:
    reviewed_on: datetime.datetime | None
    names: tuple[str, ...]  # of translators who agreed to be named
    has_machine_text: bool


_found_by: list[Callable[[Any], Provenance | None]] = []


def register(find: Callable[[Any], Provenance | None]) -> None:
    _found_by.append(find)


def of_page(page: Any) -> Provenance | None:
    return next((found for find in _found_by if (found := find(page))), None)
