"""Tours: a page read as a step of a path that leads through several, as `?tour=` and the path's code say.

What a path is, features know; they register how to find the one with a code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .items import CODE
from .links import PageLink

if TYPE_CHECKING:
    from .reading import Reading


@dataclass(frozen=True)
class Tour:
    """Where on the path the page stands. `previous` and `next` are addresses on the tour; empty at its ends."""

    path: PageLink
    code: str
    number: int
    total: int
    before: PageLink | None
    after: PageLink | None

    def on_tour(self, link: PageLink | None) -> str:
        return f"{link.url}?tour={self.code}" if link else ""

    @property
    def previous_url(self) -> str:
        return self.on_tour(self.before)

    @property
    def next_url(self) -> str:
        return self.on_tour(self.after)


# The path with a code and the pages on it, as this reader may see them.
Finder = Callable[[str, "Reading"], tuple[PageLink, list[PageLink]] | None]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def tour(reading: "Reading") -> Tour | None:
    """None where the address names no path that the reader may see, or one that does not lead here."""
    code = reading.request.GET.get("tour", "")
    if not CODE.fullmatch(code):
        return None
    for finder in _finders:
        if (found := finder(code, reading)) is not None:
            path, steps = found
            here = next((n for n, link in enumerate(steps) if link.key == reading.page.translation_key), None)
            if here is not None:
                before, after = (steps[n] if 0 <= n < len(steps) else None for n in (here - 1, here + 1))
                return Tour(path, code, here + 1, len(steps), before, after)
    return None
