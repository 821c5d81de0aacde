"""Version stamps: what a process may keep in memory, and when it must forget it.

A change bumps its stamp in its own transaction; a reader compares stamps with one small query. So what is published
or approved shows at the next request in every process, on every database, without a message bus.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F

SITE = "site"  # anything readers see: pages, navigation, settings
TERMS = "terms"  # the editable vocabularies
ANY = "any"  # counts every touch, so that a reader knows whether anything happened while it worked


def subject(translation_key: object) -> str:
    """The stamp of one page and its discussion, over all its languages."""
    return f"subject:{translation_key}"


def touch(*keys: str) -> None:
    with transaction.atomic():
        # One row first, alone: writers queue there and cannot block each other crosswise.
        _count_up([ANY])
        _count_up(sorted(set(keys)))


def _count_up(keys: list[str]) -> None:
    from .models import Stamp

    rows = Stamp.objects.filter(key__in=keys)
    if rows.update(version=F("version") + 1) < len(keys):
        # Two first writers may meet: the row is there afterwards, whoever made it. Counting twice does no harm.
        Stamp.objects.bulk_create([Stamp(key=key, version=0) for key in keys], ignore_conflicts=True)
        rows.update(version=F("version") + 1)


def read(keys: Iterable[str]) -> dict[str, int]:
    """The versions of `keys`; a stamp that was never touched is 0."""
    keys = list(keys)
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:  # plain SQL: this runs on every request, cached ones too
        cursor.execute(f"SELECT key, version FROM portal_stamp WHERE key IN ({marks})", keys)  # noqa: S608
        found = dict(cursor.fetchall())
    return {key: found.get(key, 0) for key in keys}
