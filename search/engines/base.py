"""What every engine can do. Engines match, rank and count; the service shows, so that all look and guard alike."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from ..documents import Found, Query, SearchDocument
from ..models import DocumentQuerySet

Progress = Callable[[int], None]


class Engine(Protocol):
    name: str

    def search(self, query: Query, shown: DocumentQuerySet) -> Found:
        """One page of subjects that match, best first, among the documents `shown` and in every language.

        Subjects named exactly come first. What is found in the reader's language counts more than what is not.
        """

    def spellings_like(
        self, terms: Iterable[str], language: str, shown: DocumentQuerySet, *, loosely: bool = False
    ) -> dict[str, str]:
        """For each word a known one that is spelt almost alike and finds something among `shown`.

        Loosely: one that shares many of its letters in their order.
        """

    def upsert(self, documents: Iterable[SearchDocument]) -> None:
        """Write the documents, and drop what else their owners had."""

    def delete(self, owners: Iterable[str]) -> None:
        """Drop all documents of these owners."""

    def rebuild(self, documents: Iterator[SearchDocument], progress: Progress) -> int:
        """Replace the whole index; readers see the old one until the new one is complete. Returns its size."""
