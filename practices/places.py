"""The points of a practice: of its first town, and of every further one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.streams import values

if TYPE_CHECKING:
    from .models import PracticePage


@dataclass(frozen=True)
class PracticePlace:
    """A town where a practice runs, in degrees."""

    name: str
    country: str
    latitude: float
    longitude: float


def places_of(page: "PracticePage") -> list[PracticePlace]:
    """The towns whose points are known. Reads the stream `further_places`."""
    country = str(page.country.code)
    further = values(page.further_places, "place")
    found = []
    if page.latitude is not None and page.longitude is not None:
        name = page.place_name.partition(",")[0] if further else page.place_name  # the line may name them all
        found.append(PracticePlace(name, country, float(page.latitude), float(page.longitude)))
    return found + [
        PracticePlace(row["name"], row.get("country") or country, float(row["latitude"]), float(row["longitude"]))
        for row in further
        if None not in (row["latitude"], row["longitude"])
    ]
