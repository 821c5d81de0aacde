"""The outbox: what must happen after a transaction, and only if it commits.

`put` writes a row in the caller's transaction, one per topic and key. A worker leases rows, hands them to the topic's
handler and marks them done; a row put again meanwhile has a newer version and stays. Rows of a worker that was killed
are taken up again when their lease ends, so a handler may meet the same task twice: it looks up what is true now and
must do no harm when it comes late, again or out of order.
"""

import datetime
import logging
import re
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation

from .models.outbox import KEY_LENGTH, OutboxQuerySet, OutboxRow

LEASE = datetime.timedelta(minutes=2)  # longer than any batch takes that does not renew it
LONGEST_WAIT = datetime.timedelta(hours=1)
ATTEMPTS = 36  # about a day, then the row is parked
ALONE_FROM = 5  # from this attempt on a row goes alone: one that always fails takes no others along
KEPT = datetime.timedelta(days=7)
ROWS_PER_STATEMENT = 500
ERROR_LENGTH = 1000
# A transaction that puts a row again holds it for a moment; waiting for it in a queue could block both for good.
PAUSES = (0.0, 0.05, 0.2, 0.5, 1.0)

log = logging.getLogger(__name__)


class Task(NamedTuple):
    key: str
    version: int  # grows with each put of the same topic and key


class Failed(NamedTuple):
    """What a handler returns for one task that must be tried again; `for_good`: not before somebody has looked."""

    key: str
    error: str
    for_good: bool = False


class Batch(NamedTuple):
    taken: int
    done: int


Handle = Callable[[Sequence[Task]], Iterable[Failed] | None]


@dataclass(frozen=True)
class Handler:
    handle: Handle
    batch: int
    label: Any  # text for the admin, may be lazy
    quiet: bool


_handlers: dict[str, Handler] = {}


def handler(topic: str, *, batch: int = 100, label: Any = "", quiet: bool = False) -> Callable[[Handle], Handle]:
    """Register what works on `topic`; `label` names that work in the admin. If `quiet`, only failures are logged.

    When the function raises, all tasks of the batch are tried again. It runs outside any transaction.
    """

    def register(handle: Handle) -> Handle:
        if topic in _handlers:
            raise ValueError(f"The topic {topic} has a handler already.")
        _handlers[topic] = Handler(handle, batch, label or topic, quiet)
        return handle

    return register


def label(topic: str) -> str:
    return str(_handlers[topic].label) if topic in _handlers else topic


# Writing

# Versions are microseconds, so that they go on growing after a row was forgotten or a backup was restored, and count
# up by one where the clock does not move on.
_PUT = """
INSERT INTO portal_outboxrow (topic, key, version, put_at, next_try, attempts, error) VALUES {rows}
ON CONFLICT (topic, key) DO UPDATE SET
    version = CASE WHEN excluded.version > portal_outboxrow.version
              THEN excluded.version ELSE portal_outboxrow.version + 1 END,
    put_at = excluded.put_at, next_try = excluded.next_try, attempts = 0, error = '', parked_at = NULL, done_at = NULL
"""


def put(topic: str, *keys: str) -> None:
    """Have `keys` worked on once this transaction has committed; a key that waits already is worked on once."""
    if topic not in _handlers:
        raise LookupError(f"No handler is registered for the topic {topic}.")
    if too_long := [key for key in keys if len(key) > KEY_LENGTH]:
        raise ValueError(f"A key may have {KEY_LENGTH} characters: {too_long[0][:80]}...")
    wanted = sorted(set(keys))  # in one order: two writers cannot block each other crosswise
    for start in range(0, len(wanted), ROWS_PER_STATEMENT):
        _put(topic, wanted[start : start + ROWS_PER_STATEMENT])


def _put(topic: str, keys: list[str]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    version = time.time_ns() // 1000
    rows = ", ".join(["(%s, %s, %s, %s, %s, 0, '')"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(_PUT.format(rows=rows), [value for key in keys for value in (topic, key, version, now, now)])


# Reading


def pending(topic: str) -> OutboxQuerySet:
    """Rows not done yet, parked ones included."""
    return OutboxRow.objects.pending().filter(topic=topic)


def due_topics() -> list[str]:
    rows = OutboxRow.objects.due(timezone.now()).filter(topic__in=_handlers)
    return sorted(rows.order_by().values_list("topic", flat=True).distinct())


# Working


def drain(topic: str | None = None, limit: int | None = None) -> int:
    """Work on what is due, one batch of each topic in turn, until nothing is; the number of rows done.

    `topic` keeps to one topic; `limit` is the number of rows taken at most.
    """
    if topic is not None and topic not in _handlers:
        raise LookupError(f"No handler is registered for the topic {topic}.")
    done = taken = 0
    while limit is None or taken < limit:
        taken_before = taken
        for name in [name for name in due_topics() if topic in (None, name)]:
            batch = work_batch(name, None if limit is None else limit - taken)
            taken, done = taken + batch.taken, done + batch.done
        if taken == taken_before:  # nothing is due, or other workers have it
            break
    return done


def work_batch(topic: str, most: int | None = None) -> Batch:
    """Work on the rows of `topic` that are due, as many as its handler takes at once."""
    size = _handlers[topic].batch
    rows = _claim(topic, size if most is None else min(size, most))
    return Batch(len(rows), _work(topic, rows)) if rows else Batch(0, 0)


def _claim(topic: str, size: int) -> list[OutboxRow]:
    """Lease due rows. The attempt counts from here, so that a row which kills its worker is parked too."""
    now = timezone.now()
    with transaction.atomic():
        found = OutboxRow.objects.due(now).filter(topic=topic).order_by("attempts", "next_try", "pk")
        rows = list(found.select_for_update(skip_locked=True)[:size])
        hopeless = [row.pk for row in rows if row.attempts >= ATTEMPTS]
        if hopeless:
            error = "The worker was stopped in the middle of it."
            OutboxRow.objects.filter(pk__in=hopeless).update(parked_at=now, leased_until=None, error=error)
        rows = _together([row for row in rows if row.pk not in hopeless])
        for row in rows:
            row.attempts += 1
            row.leased_until = now + LEASE
        if rows:
            claimed = OutboxRow.objects.filter(pk__in=[row.pk for row in rows])
            claimed.update(attempts=F("attempts") + 1, leased_until=now + LEASE)
    return rows


class LeaseLost(Exception):
    """Another worker has the row now: whoever still works on it must not go on."""


def renew(topic: str, task: Task, lease: datetime.timedelta = LEASE) -> None:
    """Called by a handler whose work may take longer than a lease, now and then while it goes on.

    A longer `lease` is for a step during which it cannot call.
    """
    held = _held.get((topic, task.key))
    if held is None:
        return  # called without a worker
    until = timezone.now() + lease
    rows = OutboxRow.objects.filter(pk=held.pk, leased_until=held.leased_until, done_at__isnull=True)
    if not rows.update(leased_until=until):
        raise LeaseLost(f"{topic} {task.key}")
    held.leased_until = until


_held: dict[tuple[str, str], OutboxRow] = {}  # what this process works on


def _together(rows: list[OutboxRow]) -> list[OutboxRow]:
    """The rows that go in one batch: those that keep failing go one by one, after the others."""
    fresh = [row for row in rows if row.attempts < ALONE_FROM - 1]
    return fresh or rows[:1]


def _work(topic: str, rows: list[OutboxRow]) -> int:
    began = time.monotonic()
    errors: dict[str, Failed] = {}
    _held.update({(topic, row.key): row for row in rows})
    try:
        with _as_at_the_start():
            failed = _handlers[topic].handle([Task(row.key, row.version) for row in rows])
        errors = {failure.key: failure for failure in failed or ()}
    except Exception as error:
        described = cleaned(describe(error))
        errors = {row.key: Failed(row.key, described) for row in rows}
        log.warning("%s: %s", topic, described)
    finally:
        for row in rows:
            _held.pop((topic, row.key), None)
    done = _settle(rows, errors)
    level = logging.DEBUG if _handlers[topic].quiet and not errors else logging.INFO
    log.log(level, "%s: %d done, %d failed, %.2f s", topic, done, len(errors), time.monotonic() - began)
    return done


@contextmanager
def _as_at_the_start() -> Iterator[None]:
    """A handler that activates a language leaves no trace."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def _settle(rows: list[OutboxRow], errors: dict[str, Failed]) -> int:
    """Write down what came of leased rows; a row still held by somebody at the end waits for the end of its lease."""
    waiting = {row.pk: row for row in rows}
    done = 0
    for pause in PAUSES:
        if waiting:
            time.sleep(pause)
            done += _settle_unlocked(waiting, errors)
    return done


@transaction.atomic
def _settle_unlocked(waiting: dict[int, OutboxRow], errors: dict[str, Failed]) -> int:
    now = timezone.now()
    done, again, failed = [], [], []
    for row in OutboxRow.objects.filter(pk__in=waiting).select_for_update(skip_locked=True):
        leased = waiting.pop(row.pk)
        if row.version == leased.version and row.key not in errors:
            done.append(row.pk)
        elif row.leased_until != leased.leased_until:
            continue  # the lease ended meanwhile, and another worker has the row
        elif row.version != leased.version:
            again.append(row.pk)
        else:
            failed.append(_after_failure(row, errors[row.key], now))
    if done:
        OutboxRow.objects.filter(pk__in=done).update(done_at=now, leased_until=None, parked_at=None, error="")
    if again:
        OutboxRow.objects.filter(pk__in=again).update(leased_until=None)
    OutboxRow.objects.bulk_update(failed, ["next_try", "leased_until", "parked_at", "error"])
    return len(done)


def _after_failure(row: OutboxRow, failure: Failed, now: datetime.datetime) -> OutboxRow:
    row.error, row.leased_until = cleaned(failure.error), None
    row.next_try = now + wait_after(row.attempts)
    row.parked_at = now if failure.for_good or row.attempts >= ATTEMPTS else None
    return row


def wait_after(attempts: int) -> datetime.timedelta:
    """2, 4, 8 ... seconds, an hour at most."""
    return min(datetime.timedelta(seconds=2 ** min(attempts, 12)), LONGEST_WAIT)


def retry(rows: OutboxQuerySet) -> int:
    """Try parked rows again from the start; how many there were."""
    return rows.parked().update(parked_at=None, attempts=0, leased_until=None, next_try=timezone.now())


def forget_done() -> int:
    """Delete rows done long ago."""
    return OutboxRow.objects.filter(done_at__lt=timezone.now() - KEPT).delete()[0]


# Errors, which the admin and the log show


def describe(error: Exception) -> str:
    """The error and the line it came from; a traceback would print more than anybody should read in a log."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def cleaned(error: str) -> str:
    """Without e-mail addresses, which mail servers quote."""
    return re.sub(r"[^\s<>'\"(){}\[\],:;]+@[^\s<>'\"(){}\[\],:;]+", "(address)", str(error))[:ERROR_LENGTH]
