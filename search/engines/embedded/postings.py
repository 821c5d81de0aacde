"""Where frequent words occur, kept in the process until the index changes: FTS5 takes a microsecond for each text, and
PostgreSQL has to look at each how close it is to the word.

Never what a transaction sees that may be rolled back: the stamp of the index would go back with it.
"""

from array import array
from collections.abc import Mapping, Sequence

from django.db import connection

from portal import stamps

FREQUENT = 100  # texts; rarer words are found soon enough
MOST_KEPT = 2_000_000  # texts of words, 16 bytes each

Places = tuple[Sequence[int], Sequence[float]]  # ids of texts, and what a word is worth in each

_kept: tuple[int, dict[str, Places]] = (-1, {})


def current() -> dict[str, Places]:
    """What is kept, by token, of the index as it is now."""
    global _kept
    if connection.in_atomic_block:
        return {}
    version = stamps.current(stamps.SEARCH)
    if _kept[0] != version:
        _kept = (version, {})
    return _kept[1]


def keep(kept: dict[str, Places], scanned: Mapping[str, Places]) -> None:
    frequent = {token: found for token, found in scanned.items() if len(found[0]) >= FREQUENT}
    for token, (ids, values) in frequent.items():
        kept[token] = array("q", ids), array("d", values)
    while frequent and sum(len(ids) for ids, _values in list(kept.values())) > MOST_KEPT:
        kept.pop(next(iter(kept)), None)  # the oldest


def forget() -> None:
    """For tests, where the stamps begin anew."""
    global _kept
    _kept = (-1, {})
