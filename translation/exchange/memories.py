"""The memory of one pair of languages, out and in.

What comes in stands on no page: it is kept in the history under the name of its file, where the memory finds what was
translated before.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail_localize.models import String, StringTranslation

from translation import checks
from translation.archive import SHARED
from translation.models import TextEvent, Via
from translation.readable import readable

from . import tmx

NOWHERE = uuid.UUID(int=0)
FILES = uuid.UUID("b1f2a6a8-5f0e-4a5c-9c0e-3d6d4f1f6a10")
AT_ONCE = 500


def pairs(user: Any, source_locale: int, locale: int) -> Iterator[tmx.Pair]:
    """Of the translations that this person may open, those that somebody has read."""
    texts = StringTranslation.objects.filter(
        locale=locale,
        translation_of__locale=source_locale,
        context__isnull=False,
        has_error=False,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
    open_to_her = readable(texts, user, NOWHERE, locale).filter(is_open=True)
    rows = open_to_her.order_by("translation_of__data", "-updated_at", "pk")
    seen: tuple[str, str] | None = None
    for source, text, changed_at in rows.values_list("translation_of__data", "data", "updated_at").iterator(2000):
        if (source, text) != seen:
            yield tmx.Pair(source, text, changed_at)
        seen = source, text


@dataclass
class Outcome:
    added: int = 0
    known: int = 0
    refused: int = 0


def add(found: list[tmx.Pair], name: str, source_language: str, language: str, user: Any) -> Outcome:
    """What could break a page is left out, and what everybody has already."""
    outcome = Outcome()
    hashes = {String._get_data_hash(pair.source): pair for pair in found}
    known = set()
    for some in _batches(list(hashes)):
        rows = TextEvent.objects.filter(SHARED, source_hash__in=some)
        rows = rows.filter(language=language, source_language=source_language)
        known |= set(rows.values_list("source_hash", "new"))
    new = []
    for pair in found:
        hash_ = String._get_data_hash(pair.source)
        if (hash_, pair.text) in known:
            outcome.known += 1
        elif _has_errors(pair, source_language, language):
            outcome.refused += 1
        else:
            new.append(_event(pair, hash_, name, source_language, language, user))
    TextEvent.objects.bulk_create(new, batch_size=AT_ONCE)
    outcome.added = len(new)
    return outcome


def _batches(hashes: list[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    for start in range(0, len(hashes), AT_ONCE):
        yield hashes[start : start + AT_ONCE]


def _has_errors(pair: tmx.Pair, source_language: str, language: str) -> bool:
    found = checks.problems(pair.source, pair.text, source_language=source_language, language=language)
    return bool(checks.errors(found))


def _event(pair: tmx.Pair, hash_: uuid.UUID, name: str, source_language: str, language: str, user: Any) -> TextEvent:
    return TextEvent(
        translation_key=uuid.uuid5(FILES, name),
        path=f"{uuid.uuid5(FILES, name)}#{hash_}",  # files bear names of people
        source_language=source_language,
        language=language,
        source=pair.source,
        source_hash=hash_,
        new=pair.text,
        via=Via.TMX,
        user=user,
    )
