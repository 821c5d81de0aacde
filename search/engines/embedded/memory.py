"""What matching has to know of each document, kept in the process, so that thousands of matches take no query.

A document is never changed: it is written anew under another id, and ids are not given twice. So what is kept cannot
grow old. Only a transaction that is rolled back gives its ids back, so nothing that one sees is kept. Who may see a
page is asked anew each time.
"""

import datetime
from collections.abc import Collection
from sys import intern

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
Entry = tuple[int, str, str, str, float, str, str, datetime.date | None, datetime.datetime | None, str]

_entries: dict[int, Entry] = {}


def forget() -> None:
    """For tests, where ids and stamps begin anew."""
    _entries.clear()
    postings.forget()


def rows(ids: Collection[int], plan: Plan, shown: Shown) -> list[Row]:
    """A row, without its score, for each of the documents that is among `shown`."""
    entries = _known(ids)
    exact = f"|{plan.exact}|"
    pages, picked = shown.pages, plan.picked
    found = []
    for pk in ids:
        entry = entries.get(pk)
        if entry is None:
            continue
        page_id, subject, language, facets, rank, names, owner, shown_until, changed, read_in = entry
        if page_id in pages and ((shown_until is None and not owner) or shown.allows(page_id, owner, shown_until)):
            named = 1 if exact in names else 0
            if picked and subject in picked:
                named = 2
            found.append(Row(0.0, pk, page_id, subject, language, facets, rank, named, changed, read_in))
    return found


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
    for pk, *row in documents.values_list("pk", *COLUMNS).iterator(2000):
        page_id, subject, language, facets, rank, exact, owner, *days = row
        owner = owner if owner.startswith(beginning) else ""
        # A few languages, and a few thousand combinations of facets, over all documents.
        read_in = facets_of(facets).get("language", ("",))[0]
        entries[pk] = page_id, subject, intern(language), intern(facets), rank, exact, owner, *days, intern(read_in)
    return entries
