"""From data to PDF with Typst, which runs in the process and needs nothing from the system.

Everything that is said goes in as JSON, so no text can become code. Templates, fonts and nothing else can be read; no
package is ever asked for. The files are tagged and checked against PDF/UA-1 as they are written. The same data give the
same bytes: the only date in a file is that of the newest publication in it.
"""

import datetime
import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

Standard = Literal["ua-1"]
TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parent / "fonts"
NOWHERE = TEMPLATES / "packages"  # is not there, so that no package can be found
STANDARD: Standard = "ua-1"
REMEMBERED = 10  # compilations
EPOCH = datetime.datetime(2017, 1, 1, tzinfo=datetime.UTC)  # for what was never published, such as blank cards

log = logging.getLogger(__name__)


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf(template: str, data: Mapping[str, Any], published: datetime.datetime | None) -> bytes:
    """`template` filled with `data`.

    A letter that no font holds fails the check; such a file is made without it, since most of it can be read.
    """
    try:
        return _compiled(template, data, published, STANDARD)
    except typst.TypstError as error:
        log.warning("%s does not meet %s: %s", template, STANDARD, error.message)
        return _compiled(template, data, published, None)
    finally:
        _forget()


def _forget() -> None:
    """Give memory back: Typst remembers what it worked out for the last ten compilations, some 20 MB for a deck.

    It counts them, so it forgets after as many of nothing at all, which take a few milliseconds together.
    """
    for _ in range(REMEMBERED + 1):
        typst.compile(b"", format="svg", font_paths=fonts())


def _compiled(
    template: str, data: Mapping[str, Any], published: datetime.datetime | None, standard: Standard | None
) -> bytes:
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=standard,
        package_path=str(NOWHERE),
        package_cache_path=str(NOWHERE),
        timestamp=int((published or EPOCH).timestamp()),
    )
