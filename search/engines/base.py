"""What every engine can do. Engines match, rank and count; the service shows, so that all look and guard alike."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from ..documents import Found, Query, SearchDocument
from ..shown import Shown

Progress = Callable[[int], None]


class Engine(Protocol):
    name: str

    def search(self, query: Query, shown: Shown) -> Found:
        """One page of subjects that match, best first, among what is `shown` and in every language.

        Subjects named exactly come first. What is found in the reader's language counts more than what is not.
        """

    def spellings_like(
        self, terms: Iterable[str], language: str, shown: Shown, *, loosely: bool = False
    ) -> dict[str, str]:
        """For each word a known one that is spelt almost alike and finds something among `shown`.

        Loosely: one that shares many of its letters in their order.
        """

    def similar(self, pages: Mapping[str, int], shown: Shown, *, without: Collection[str], limit: int) -> list[str]:
        """Subjects of pages that are like those of `pages` (by their languages), the most alike first.

        Of kinds that offer such pages, among what is `shown`, and none of the subjects `without`.
        """

    def upsert(self, documents: Iterable[SearchDocument]) -> None:
        """Write the documents, and drop what else their owners had."""

    def delete(self, owners: Iterable[str]) -> None:
        """Drop all documents of these owners."""

    def rebuild(self, pieces: Iterable[list[SearchDocument]], progress: Progress) -> int:
        """Replace the whole index while readers search and editors publish. Returns how much was written.

        A piece is read and written in one turn, and holds all documents of its owners.
        """
