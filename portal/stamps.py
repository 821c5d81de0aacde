"""Version stamps: what a process may keep in memory, and when it must forget it.

A change moves its stamp in its own transaction; a reader compares stamps with one small query. So what is published
or approved shows at the next request in every process, on every database, without a message bus.
"""

import time
from collections.abc import Iterable
from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db import connection
from django.dispatch import Signal, receiver

SITE = "site"  # anything readers see: pages, navigation, settings
TERMS = "terms"  # the editable vocabularies
SEARCH = "search"  # how many pages can be found, and what editors say of searches
ASKED = "asked"  # in which words readers ask for pages
ANY = "any"  # moves with every touch, so that a reader knows whether anything happened while it worked


def subject(translation_key: object) -> str:
    """The stamp of one page and its discussion, over all its languages."""
    return f"subject:{translation_key}"


def touch(*keys: str) -> None:
    # One row first, in the order of the statement: writers queue there and cannot block each other crosswise.
    wanted = [ANY, *sorted(set(keys) - {ANY})]
    # The time and no count: a count that is rolled back is the next one's too, and what a process kept under it wrong.
    now = time.time_ns()
    with connection.cursor() as cursor:
        rows = ", ".join(["(%s, %s)"] * len(wanted))
        cursor.execute(_TOUCH.format(rows=rows), [value for key in wanted for value in (key, now)])
    _asked.versions = None


_TOUCH = (
    "INSERT INTO portal_stamp (key, version) VALUES {rows} ON CONFLICT (key) DO UPDATE SET version = excluded.version"
)


def read(keys: Iterable[str]) -> dict[str, int]:
    """The versions of `keys`; a stamp that was never touched is 0."""
    keys = list(keys)
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:  # plain SQL: this runs on every request, cached ones too
        cursor.execute(f"SELECT key, version FROM portal_stamp WHERE key IN ({marks})", keys)
        found = dict(cursor.fetchall())
    return {key: found.get(key, 0) for key in keys}


_asked = Local()  # what this request has read, so that it reads it once


def current(key: str) -> int:
    """The version of one of the stamps of the whole site, as it was when this request first asked for any."""
    versions: dict[str, int] | None = getattr(_asked, "versions", None)
    if versions is None:
        versions = read([SITE, TERMS, SEARCH, ASKED])
        if getattr(_asked, "in_request", False):
            _asked.versions = versions
    return versions[key]


@receiver([request_started, request_finished])
def _a_request_starts_or_ends(signal: Signal, **kwargs: Any) -> None:
    _asked.in_request = signal is request_started
    _asked.versions = None
