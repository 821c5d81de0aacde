"""The engine that lives in the site's own database: nothing to install, never out of step with the pages."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from django.db import connection, transaction
from django.db.models import QuerySet

from portal import searchable, stamps
from portal.prepared import Prepared

from ...documents import Found, Query, SearchDocument
from ...models import Document
from ...shown import Shown
from ..base import Progress
from . import likeness, ranking, rebuilding, spelling, writing
from .collecting import collected_later
from .plan import make_plan, unknown_terms
from .postgres import PostgresStore
from .sqlite import SQLiteStore
from .store import Matched, Store, documents_by_language, picked_rows


class EmbeddedEngine:
    name = "embedded"

    @cached_property
    def store(self) -> Store:
        return PostgresStore() if connection.vendor == "postgresql" else SQLiteStore()

    @collected_later()
    def search(self, query: Query, shown: Shown) -> Found:
        plan = make_plan(query, documents_by_language())
        rows, crowds = matched = self.store.match(plan, shown, dated=query.sort == "newest")
        rows += picked_rows(shown, plan, rows, dated=query.sort == "newest")
        best = ranking.fold_subjects(rows, query)
        ranking.join_languages(best, rows, query)
        answers = ranking.without_stragglers(Matched(best, crowds))
        ranking.favour_recent(answers.rows, query)
        kept, counts = ranking.count_and_filter(answers, query)
        return Found(
            matches=ranking.matches(ranking.in_order(kept, query)),
            total=kept.total,
            facets=counts,
            spellings=plan.spellings,
            unknown=unknown_terms(plan, query, seen=_seen(matched)),
        )

    @collected_later()
    def spellings_like(
        self, terms: Iterable[str], language: str, shown: Shown, *, loosely: bool = False
    ) -> dict[str, str]:
        return spelling.better_words(terms, language, shown, self.store, loosely=loosely)

    def similar(self, pages: Mapping[str, int], shown: Shown, *, without: Collection[str], limit: int) -> list[str]:
        return likeness.similar(pages, shown, without=without, limit=limit)

    @transaction.atomic
    def upsert(self, documents: Iterable[SearchDocument]) -> None:
        documents = list(documents)
        self.delete({document.owner for document in documents})
        writing.write(documents, self.store)

    def delete(self, owners: Iterable[str]) -> None:
        owners = list(owners)
        are_apart = all(searchable.is_apart(owner.partition(":")[0]) for owner in owners)
        # How many documents there are is remembered. First of all, since writers queue at the stamps: of two who write
        # the same document the second would not see that of the first to delete it.
        stamps.touch(*() if are_apart else (stamps.SEARCH,))
        if len(owners) != 1 or _stored(owners[0]):  # what is new has nothing to delete
            Document.objects.filter(owner__in=owners).delete()

    def rebuild(self, pieces: Iterable[list[SearchDocument]], progress: Progress) -> int:
        return rebuilding.rebuild(pieces, progress, self.store)


@Prepared.of(str)
def _stored(owner: str) -> QuerySet:
    return Document.objects.filter(owner=owner).order_by().values_list("pk")


def _seen(matched: Matched) -> set[int]:
    """The places of the terms that some document holds."""
    bits = 0
    for _language, terms in matched.alike():
        bits |= terms
    return {n for n in range(bits.bit_length()) if bits >> n & 1}
