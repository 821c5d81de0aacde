"""Pages that are started for editors with what is known already. A feature registers how its pages begin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page


@dataclass(frozen=True)
class Facts:
    """Codes and dates as everywhere: ISO countries and regions, partial dates. What is not known is empty."""

    title: str
    note: str = ""  # in one sentence, by the editor
    language: str = ""
    country: str = ""
    region: str = ""
    began: str = ""
    ended: str = ""
    shows: Page | None = None  # the page that it is an example of


Start = Callable[[Facts, Any], Page | None]
_starts: dict[str, Start] = {}


def register(kind: str, start: Start) -> None:
    """`start(facts, user)` makes a draft that readers do not see; None where this person may not."""
    _starts[kind] = start


def start(kind: str, facts: Facts, user: Any) -> Page | None:
    return _starts[kind](facts, user) if kind in _starts else None


def may_be_started(kind: str) -> bool:
    return kind in _starts
