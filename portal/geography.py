"""Names of countries and regions, and rough frames of countries: enough to notice swapped coordinates, nothing more.

South, west, north, east in whole degrees round the main territory, from general knowledge, generous at the borders.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_countries import countries

from .languages import alphabetical

WIDER = {"general": _("General"), "EU": _("European Union")}
FRAMES: dict[str, tuple[int, int, int, int]] = {
    "AT": (46, 9, 50, 18),
    "BE": (49, 2, 52, 7),
    "BG": (41, 22, 45, 29),
    "CH": (45, 5, 48, 11),
    "CY": (34, 32, 36, 35),
    "CZ": (48, 12, 52, 19),
    "DE": (47, 5, 56, 16),
    "DK": (54, 7, 58, 16),
    "EE": (57, 21, 60, 29),
    "ES": (27, -19, 44, 5),
    "FI": (59, 19, 71, 32),
    "FR": (41, -6, 52, 10),
    "GB": (49, -9, 61, 2),
    "GR": (34, 19, 42, 30),
    "HR": (42, 13, 47, 20),
    "HU": (45, 16, 49, 23),
    "IE": (51, -11, 56, -5),
    "IS": (63, -25, 67, -13),
    "IT": (35, 6, 48, 19),
    "LT": (53, 20, 57, 27),
    "LU": (49, 5, 51, 7),
    "LV": (55, 20, 59, 29),
    "MT": (35, 14, 37, 15),
    "NL": (50, 3, 54, 8),
    "NO": (57, 4, 72, 32),
    "PL": (48, 14, 55, 25),
    "PT": (32, -32, 43, -6),
    "RO": (43, 20, 49, 30),
    "SE": (55, 10, 70, 25),
    "SI": (45, 13, 47, 17),
    "SK": (47, 16, 50, 23),
}


def outside_country(latitude: float, longitude: float, country: str) -> bool:
    """True if the point cannot lie in the country; False also where the country's frame is not known."""
    frame = FRAMES.get(country)
    if frame is None:
        return False
    south, west, north, east = frame
    return not (south <= latitude <= north and west <= longitude <= east)


def country_name(code: str) -> str:
    """A country, or the wider place for which a legal note holds, in the active language."""
    if code in WIDER:
        return str(WIDER[code])
    return str(countries.name(code)) or code


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """Countries by code, in the order of their names."""
    names = {code: country_name(code) for code in codes}
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1])))


def regions_of(country: str) -> Mapping[str, str]:
    """The regions right below a country, by ISO code, as they are called there; none where it has no large ones."""
    return _regions().get(country, {})


def region_name(code: str) -> str:
    return regions_of(code[:2]).get(code, code)


@cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    """Written by `bin/regions.py`."""
    found: Mapping[str, Mapping[str, str]] = json.loads(Path(__file__).with_name("regions.json").read_text())
    return found
