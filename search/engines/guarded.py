"""Elasticsearch with the embedded engine behind it: whoever asks gets an answer from one of the two.

The embedded index is written in the page's own transaction, and so is the note for Elasticsearch to follow. So when
that does not answer, or is far behind, the embedded engine knows all that it would have said.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from django.db import transaction

from ..breaker import Breaker
from ..documents import Found, Query, SearchDocument
from ..shown import Shown
from .base import Engine, Progress
from .elasticsearch import notes
from .elasticsearch.connection import Unavailable
from .elasticsearch.engine import ElasticsearchEngine
from .elasticsearch.rebuild import rebuild

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class GuardedEngine:
    name = "elasticsearch"

    def __init__(self, first: ElasticsearchEngine, behind: Engine, breaker: Breaker | None = None) -> None:
        self.first, self.behind = first, behind
        self.breaker = breaker or Breaker()

    def search(self, query: Query, shown: Shown) -> Found:
        found = self._ask(lambda: self.first.search(query, shown))
        if found is None:
            return replace(self.behind.search(query, shown), engine=self.behind.name, degraded=True)
        return replace(found, engine=self.first.name)

    def spellings_like(
        self, terms: Iterable[str], language: str, shown: Shown, *, loosely: bool = False
    ) -> dict[str, str]:
        terms = list(terms)
        found = self._ask(lambda: self.first.spellings_like(terms, language, shown, loosely=loosely))
        return self.behind.spellings_like(terms, language, shown, loosely=loosely) if found is None else found

    def similar(self, pages: Mapping[str, int], shown: Shown, *, without: Collection[str], limit: int) -> list[str]:
        found = self._ask(lambda: self.first.similar(pages, shown, without=without, limit=limit))
        return self.behind.similar(pages, shown, without=without, limit=limit) if found is None else found

    @transaction.atomic
    def upsert(self, documents: Iterable[SearchDocument]) -> None:
        documents = list(documents)
        self.behind.upsert(documents)
        notes.put({document.owner for document in documents})

    @transaction.atomic
    def delete(self, owners: Iterable[str]) -> None:
        owners = list(owners)
        self.behind.delete(owners)
        notes.put(owners)

    def rebuild(self, pieces: Iterable[list[SearchDocument]], progress: Progress) -> int:
        """First the embedded index, then the other one from it; each answers meanwhile."""
        self.behind.rebuild(pieces, progress)
        return rebuild(progress)

    def _ask(self, question: Callable[[], Answer]) -> Answer | None:
        if not self.breaker.allows():
            return None
        try:
            answer = question()
        except Unavailable as reason:
            log.warning("Elasticsearch did not answer, the embedded engine did: %s", reason)
            if reason.is_failure:
                self.breaker.failed()
            return None
        self.breaker.succeeded()
        return answer
