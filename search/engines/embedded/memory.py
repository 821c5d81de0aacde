"""What matching has to know of each document, kept in the process, so that thousands of matches take no query.

A document is never changed: it is written anew under another id, and ids are not given twice. So what is kept cannot
grow old. Only a transaction that is rolled back gives its ids back, so nothing that one sees is kept. Who may see a
page is asked anew each time.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Final

from django.db import connection

from ...attachments import naming
from ...models import Document
from ...shown import Shown
from . import postings
from .plan import Plan
from .ranking import facets_of
from .store import Row

MOST_KEPT = 200_000  # some 400 bytes each
MOST_ASKED_ONE_BY_ONE = 500


# The owner only of the text of a file; else it is empty. A plain tuple: Python need not look at it again and again for
# cycles, as at objects.
COLUMNS = ("page_id", "subject", "language", "facets", "rank", "exact", "owner", "shown_until", "changed")
Told = tuple[str, str, str]  # language, facets, and the language in which it is read if that is another
Entry = tuple[int, str, Told, float, str, str, datetime.date | None, datetime.datetime | None, bool]
# Whoever may read its page may find what is plain.
PAGE: Final = 0
SUBJECT: Final = 1
TOLD: Final = 2
RANK: Final = 3
NAMES: Final = 4
OWNER: Final = 5
SHOWN_UNTIL: Final = 6
IS_PLAIN: Final = 8

_entries: dict[int, Entry] = {}
_told: dict[Told, Told] = {}  # a few languages, and a few thousand combinations of facets, over all documents


def forget() -> None:
    """For tests, where ids and stamps begin anew."""
    _entries.clear()
    postings.forget()


def entries(ids: Collection[int], shown: Shown) -> dict[int, Entry]:
    """Those of the documents that are among `shown`."""
    known, pages = _known(ids), shown.pages
    return {
        pk: entry
        for pk in ids
        if (entry := known.get(pk))
        and entry[PAGE] in pages
        and (entry[IS_PLAIN] or shown.allows(entry[PAGE], entry[OWNER], entry[SHOWN_UNTIL]))
    }


def named(found: Mapping[int, Entry], plan: Plan) -> dict[int, int]:
    """What `Row.exact` is, where it is not 0."""
    exact, picked = f"|{plan.exact}|", plan.picked
    named = {pk: 1 for pk, entry in found.items() if exact in entry[NAMES]}
    return named | {pk: 2 for pk, entry in found.items() if entry[SUBJECT] in picked} if picked else named


def row(pk: int, entry: Entry, exact: int) -> Row:
    page_id, subject, (language, facets, read_in), rank, _names, _owner, _shown_until, changed, _is_plain = entry
    return Row(0.0, pk, page_id, subject, language, facets, rank, exact, changed, read_in)


def rows(ids: Collection[int], plan: Plan, shown: Shown) -> list[Row]:
    """A row, without its score, for each of the documents that is among `shown`."""
    found = entries(ids, shown)
    exact = named(found, plan)
    return [row(pk, entry, exact.get(pk, 0)) for pk, entry in found.items()]


def _known(ids: Collection[int]) -> dict[int, Entry]:
    global _entries
    entries = {} if connection.in_atomic_block else _entries
    missing = [pk for pk in ids if pk not in entries]
    if not missing:
        return entries
    if len(entries) > MOST_KEPT:
        entries = _entries = {}  # another thread may be reading the old one
        missing = list(ids)
    documents = Document.objects.order_by()
    if len(missing) > MOST_ASKED_ONE_BY_ONE:
        documents = documents.filter(pk__gte=min(missing), pk__lte=max(missing))
    else:
        documents = documents.filter(pk__in=missing)
    beginning = naming.beginning_of_owners()
    for pk, *columns in documents.values_list("pk", *COLUMNS).iterator(2000):
        page_id, subject, language, facets, rank, exact, owner, shown_until, changed = columns
        owner = owner if owner.startswith(beginning) else ""
        told = language, facets, facets_of(facets).get("language", ("",))[0]
        told = _told.setdefault(told, told)
        is_plain = shown_until is None and not owner
        entries[pk] = page_id, subject, told, rank, exact, owner, shown_until, changed, is_plain
    return entries
