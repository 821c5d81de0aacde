"""From the reason to write to the outbox."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from portal import outbox
from portal.models import OutboxRow

from . import letters

TOPIC = "community.mail"  # who delivers; rows of running sites are called so
# Numbers, public ids, UUIDs, dates and codes. An address or a text does not pass.
ID = re.compile(r"[\w.-]{1,60}")


def queue(name: str, *ids: object, again: bool = False) -> None:
    """Have a letter written and sent once this transaction has committed.

    What was queued before, in the last days, is not sent a second time, unless somebody asks for it `again`.
    """
    key = _key(name, ids)
    if again or not _known([key]):
        outbox.put(TOPIC, key)


def queue_all(name: str, wanted: Iterable[Sequence[object]]) -> None:
    """The same for many letters of one name."""
    keys = [_key(name, ids) for ids in wanted]
    for start in range(0, len(keys), outbox.ROWS_PER_STATEMENT):
        some = keys[start : start + outbox.ROWS_PER_STATEMENT]
        outbox.put(TOPIC, *(set(some) - _known(some)))


def queue_missed(name: str, wanted: Iterable[Sequence[object]], start: datetime, end: datetime) -> None:
    """Once more those whose turn came in that time, when there was nothing to say."""
    keys = [_key(name, ids) for ids in wanted]
    for first in range(0, len(keys), outbox.ROWS_PER_STATEMENT):
        some = OutboxRow.objects.filter(topic=TOPIC, key__in=keys[first : first + outbox.ROWS_PER_STATEMENT])
        outbox.put(TOPIC, *some.filter(done_at__range=(start, end)).values_list("key", flat=True))


def _key(name: str, ids: Sequence[object]) -> str:
    if not letters.is_known(name):
        raise LookupError(f"There is no message {name}.")
    given = [str(one) for one in ids]
    if wrong := [one for one in given if not ID.fullmatch(one)]:
        raise ValueError(f"The outbox keeps ids alone, not {len(wrong)} of what was given for {name}.")
    return ":".join([name, *given])


def _known(keys: list[str]) -> set[str]:
    return set(OutboxRow.objects.filter(topic=TOPIC, key__in=keys).values_list("key", flat=True))
