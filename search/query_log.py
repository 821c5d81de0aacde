"""What readers search for, as counts by day: for editors to see what is missing. Nothing leads to who asked.

A search is counted in memory after its page is made, and each process writes its counts some seconds after the first
one, on a thread of its own: a search never waits for a write. A process that is killed loses the counts of at most
`QUERY_REPORT_SECONDS` (10), nothing else. What looks like personal data does not even get into that memory.

Nobody's searches are counted who may read more than everybody: how many results they had would tell editors of pages
that are closed to them.
"""

import datetime
import logging
import re
import threading
from collections import Counter
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone

from portal import guard
from portal.querysets import closed_paths
from portal.words.analysis import clean

from .documents import Results
from .models import QueryCount

LONGEST = 80  # characters; what is longer was pasted
MOST_WAITING = 2000  # different searches in memory; a flood of invented ones is not worth more
KEPT = datetime.timedelta(days=90)
SHOWN_FROM = 3  # times a week: what fewer asked may be about one of them
YEARS = re.compile(r"(?<![\d.,/–-])(?:19|20)\d\d[-–/](?:19|20)\d\d(?![\d.,/–-])")  # 2016-2019 is none of these
LEADS_TO_A_PERSON = frozenset({guard.Kind.EMAIL, guard.Kind.IBAN, guard.Kind.PHONE})
# Seven digits, however they are parted: numbers of telephones, accounts, files, people.
LONG_NUMBER = re.compile(r"\d(?:[\s().,\-–/_]{0,3}\d){6}")

log = logging.getLogger(__name__)


class Asked(NamedTuple):
    day: datetime.date
    language: str
    query: str
    bucket: int
    filtered: bool


_lock = threading.Lock()
_waiting: Counter[Asked] = Counter()
_timer: list[threading.Timer] = []  # at most one


def note(results: Results) -> None:
    """Count one search. Pages after the first are the same search, which the caller knows."""
    query = results.query
    text = normalised(query.text)
    if not text or not may_be_kept(text) or closed_paths(query.user) != closed_paths(None):
        return
    asked = Asked(timezone.localdate(), query.language, text, int(bucket(results.total)), bool(query.filters))
    with _lock:
        if asked in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[asked] += 1
        if not _timer and settings.QUERY_REPORT_SECONDS:
            _timer.append(threading.Timer(settings.QUERY_REPORT_SECONDS, _write_in_a_thread))
            _timer[0].daemon = True
            _timer[0].start()


def normalised(text: str) -> str:
    return clean(text).lower()


def may_be_kept(text: str) -> bool:
    """Not where it looks like an address, a number of a telephone, account or person, or something pasted."""
    if len(text) > LONGEST or "@" in text or LONG_NUMBER.search(YEARS.sub("", text)):
        return False
    return not guard.inspect(text, kinds=LEADS_TO_A_PERSON)


def bucket(total: int) -> int:
    limits = ((0, QueryCount.Bucket.NONE), (3, QueryCount.Bucket.FEW), (20, QueryCount.Bucket.SOME))
    return next((each for most, each in limits if total <= most), QueryCount.Bucket.MANY)


def _write_in_a_thread() -> None:
    try:
        write()
    finally:
        connection.close()


def write() -> None:
    """Add what waits to the counts; it goes on waiting when the database cannot take it now."""
    with _lock:
        counts = dict(_waiting)
        _waiting.clear()
        _timer.clear()
    try:
        if counts:
            with transaction.atomic():
                _add(counts)
    except Error as error:
        log.warning("Searches were not counted yet: %s", type(error).__name__)
        with _lock:
            for asked, count in counts.items():
                if len(_waiting) < MOST_WAITING:
                    _waiting[asked] += count


def _add(counts: dict[Asked, int]) -> None:
    names = ", ".join(Asked._fields)
    rows = [
        [connection.ops.adapt_datefield_value(asked.day), *asked[1:], count]
        for asked, count in sorted(counts.items())  # in one order: two writers cannot block each other crosswise
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO search_querycount ({names}, count) VALUES (%s, %s, %s, %s, %s, %s) "
            f"ON CONFLICT ({names}) DO UPDATE SET count = search_querycount.count + excluded.count",
            rows,
        )


def forget_old(today: datetime.date | None = None) -> Any:
    return QueryCount.objects.filter(day__lt=(today or timezone.localdate()) - KEPT).delete()[0]
