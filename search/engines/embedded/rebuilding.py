"""Writes the index anew piece by piece, each in a transaction of its own, while readers search and editors publish.

A piece is read after its transaction has queued with all others who write into the index, and each of its documents
takes the place of the old one at once. So nobody waits longer than for a piece, everything can be found at any time,
and what editors do meanwhile is neither overwritten nor lost. What is left of the old index at the end stands for
nothing any more.
"""

import time
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from portal import stamps
from portal.words.analysis import token

from ...documents import SearchDocument
from ...models import Document, Word
from ..base import Progress
from . import writing
from .store import Store

BATCH = 250  # a quarter of a second: with 100 the whole takes a third longer
# SQLite has no queue: who waits looks now and then, every tenth of a second in the end, and has to find it free.
LET_OTHERS_WRITE = 0.005  # seconds


def rebuild(pieces: Iterable[list[SearchDocument]], progress: Progress, store: Store) -> int:
    before = _newest()
    known: set[writing.Spelling] = set()
    written: set[int] = set()
    pieces = iter(pieces)
    while (ids := _write_next(pieces, store, known)) is not None:
        written.update(ids)
        progress(len(written))
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            time.sleep(LET_OTHERS_WRITE)
    _drop_the_old(before, written, known)
    return len(written)


def in_pieces(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    """Of documents that are each the only one of their owner."""
    documents = iter(documents)
    while piece := list(islice(documents, BATCH)):
        yield piece


@transaction.atomic
def _newest() -> int:
    """The last id of the index as it is: whatever is written from now on has a later one."""
    stamps.touch(stamps.SEARCH)
    return Document.objects.aggregate(newest=Max("pk"))["newest"] or 0


@transaction.atomic
def _write_next(pieces: Iterator[list[SearchDocument]], store: Store, known: set[writing.Spelling]) -> list[int] | None:
    """The ids of what was written; nothing at the end."""
    stamps.touch(stamps.SEARCH)
    piece = next(pieces, None)
    if piece is None:
        return None
    Document.objects.filter(owner__in={document.owner for document in piece}).delete()
    return writing.write(piece, store, known)


@transaction.atomic
def _drop_the_old(before: int, written: set[int], known: set[writing.Spelling]) -> None:
    stamps.touch(stamps.SEARCH)
    Document.objects.filter(pk__lte=before).delete()
    if written.issuperset(Document.objects.values_list("pk", flat=True)):  # else editors' words may be among the others
        words = Word.objects.values_list("pk", "language", "word").iterator(2000)
        unknown = [pk for pk, language, word in words if (language, word) not in known or not token(word, language)]
        for start in range(0, len(unknown), 500):
            Word.objects.filter(pk__in=unknown[start : start + 500]).delete()
