"""Version stamps: what a process may keep in memory, and when it must forget it.

A change bumps its stamp in its own transaction; a reader compares stamps with one small query. So what is published
or approved shows at the next request in every process, on every database, without a message bus.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F

SITE = "site"  # anything readers see: pages, navigation, settings
TERMS = "terms"  # the editable vocabularies


def subject(translation_key: object) -> str:
    """The stamp of one page and its discussion, over all its languages."""
    return f"subject:{translation_key}"


def touch(*keys: str) -> None:
    from .models import Stamp

    with transaction.atomic():
        for key in sorted(set(keys)):
            if not Stamp.objects.filter(key=key).update(version=F("version") + 1):
                # Two first writers may meet: whoever comes second counts up.
                Stamp.objects.get_or_create(key=key, defaults={"version": 0})
                Stamp.objects.filter(key=key).update(version=F("version") + 1)


def read(keys: Iterable[str]) -> dict[str, int]:
    """The versions of `keys`; a stamp that was never touched is 0."""
    keys = list(keys)
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:  # plain SQL: this runs on every request, cached ones too
        cursor.execute(f"SELECT key, version FROM portal_stamp WHERE key IN ({marks})", keys)  # noqa: S608
        found = dict(cursor.fetchall())
    return {key: found.get(key, 0) for key in keys}
