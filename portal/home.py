"""The bands of the home page. Each feature registers its own, so the home page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import HomePage
    from .reading import Reading

Provider = Callable[["HomePage", "Reading"], dict[str, Any]]


COVER = 0  # the order of the picture beside the title


@dataclass(frozen=True)
class Band:
    """`provide` gives the context of `template`, there called `band`; an empty one leaves the band out."""

    order: int
    template: str
    provide: Provider


_bands: list[Band] = []


def register(band: Band) -> None:
    if band not in _bands:
        _bands.append(band)


def bands(page: "HomePage", reading: "Reading") -> list[tuple[Band, dict[str, Any]]]:
    """The bands in their order, each with the context of its template."""
    found = [(band, band.provide(page, reading)) for band in sorted(_bands, key=lambda band: band.order)]
    return [(band, context) for band, context in found if context]
