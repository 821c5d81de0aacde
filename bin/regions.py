#!/usr/bin/env python3
"""Writes `portal/regions.json`: the regions of each country that has a frame in `portal.geography`, by their ISO codes.

Run it as `uv run --no-project --with pycountry==26.2.16 python bin/regions.py`: the package weighs 23 MB, of which the
site needs some four hundred names. They come from ISO 3166-2 through Debian’s iso-codes. Only the level right below the
country is taken, and no municipalities: where a country has nothing larger, a reader may name the country alone.
"""

import json
import re
from pathlib import Path

import pycountry

GEOGRAPHY = Path(__file__).resolve().parent.parent / "portal" / "geography.py"
TOO_SMALL = re.compile(r"municipality|council|city with|state city|self-governed", re.IGNORECASE)
# Countries of a kingdom that have a code of their own.
ELSEWHERE = {"NL-AW", "NL-CW", "NL-SX"}


def regions(country: str) -> dict[str, str]:
    found = pycountry.subdivisions.get(country_code=country) or []
    taken = [each for each in found if not each.parent_code and not TOO_SMALL.search(each.type)]
    names = {each.code: plain(each.name) for each in taken if each.code not in ELSEWHERE}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def plain(name: str) -> str:
    """As people write it: “Madrid, Comunidad de” is the Comunidad de Madrid; codes and second names are left out."""
    name = re.sub(r" [\[(](?!stolitsa).*", "", name).replace("'", "’")
    return " ".join(reversed(name.split(", ")))


def main() -> None:
    codes = sorted(re.findall(r'^    "([A-Z]{2})": \(', GEOGRAPHY.read_text(), re.MULTILINE))
    found = {code: named for code in codes if (named := regions(code))}
    GEOGRAPHY.with_name("regions.json").write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n")


if __name__ == "__main__":
    main()
