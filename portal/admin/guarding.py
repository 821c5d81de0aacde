"""What the guard finds in a text that editors publish. They are told, and decide: nothing is kept from being saved."""

import logging
from collections.abc import Iterator

from django.utils.functional import Promise
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .. import guard
from ..guard import Kind, explained
from ..models import KnowledgePage

logger = logging.getLogger(__name__)
# Editors give the addresses of offices and projects on purpose: places on the map, and profiles, are no news to them.
LOOKED_FOR = frozenset(Kind) - {Kind.COORDINATES, Kind.PROFILE}
MOST = 5  # of one kind


def findings(page: KnowledgePage) -> list[tuple[str | Promise, list[str]]]:
    """What is said of each kind of thing, and the words."""
    found: dict[Kind, dict[str, None]] = {}
    try:
        for words in texts(page):
            for hit in guard.inspect(words, page.locale.language_code, kinds=LOOKED_FOR):
                found.setdefault(hit.kind, {})[words[hit.start : hit.end].strip()] = None
    except Exception:  # the page is saved all the same
        logger.exception("The guard broke on the text of a page.")
    return [(explained.MESSAGES[kind], list(words)[:MOST]) for kind, words in found.items()]


def texts(page: KnowledgePage) -> Iterator[str]:
    """Every text of the page in its own language, paragraph by paragraph."""
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            yield segment.render_text()[: guard.MAX_LENGTH]
