"""The engine that lives in the site's own database: nothing to install, never out of step with the pages."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.db import connection, transaction

from ...documents import Found, Query, SearchDocument, Term
from ...models import Document, DocumentQuerySet
from ..base import Progress
from . import ranking, spelling, writing
from .plan import Plan, make_plan
from .postgres import PostgresStore
from .sqlite import SQLiteStore
from .store import Row, Store, documents_by_language, picked_rows


class EmbeddedEngine:
    name = "embedded"

    @cached_property
    def store(self) -> Store:
        return PostgresStore() if connection.vendor == "postgresql" else SQLiteStore()

    def search(self, query: Query, shown: DocumentQuerySet) -> Found:
        plan = make_plan(query, documents_by_language())
        rows = self.store.match(plan, shown, dated=query.sort == "newest")
        rows += picked_rows(shown, plan, rows, dated=query.sort == "newest")
        best = ranking.without_stragglers(ranking.fold_subjects(rows, query))
        kept, counts = ranking.count_and_filter(best, query)
        ordered = ranking.order(kept, query)[query.offset : query.offset + query.limit]
        return Found(
            matches=ranking.matches(ordered),
            total=len(kept),
            facets=counts,
            spellings=plan.spellings,
            unknown=_unknown(rows, query, plan),
        )

    def spellings_like(
        self, terms: Iterable[str], language: str, shown: DocumentQuerySet, *, loosely: bool = False
    ) -> dict[str, str]:
        return spelling.better_words(terms, language, shown, self.store, loosely=loosely)

    @transaction.atomic
    def upsert(self, documents: Iterable[SearchDocument]) -> None:
        documents = list(documents)
        self.delete({document.owner for document in documents})
        writing.write(documents, self.store)

    def delete(self, owners: Iterable[str]) -> None:
        Document.objects.filter(owner__in=list(owners)).delete()

    @transaction.atomic
    def rebuild(self, documents: Iterator[SearchDocument], progress: Progress) -> int:
        return writing.rebuild(documents, progress, self.store)


def _unknown(rows: list[Row], query: Query, plan: Plan) -> tuple[Term, ...]:
    """Terms that no document holds, or only by chance, since another language's stemmer made a known word of them.

    With phrases the rows do not tell, since they hold the phrases only.
    """
    if query.phrases or query.excluded or not plan.languages:
        return ()
    seen = 0
    for row in rows:
        seen |= row.terms
    own = plan.languages[0]
    return tuple(
        term
        for n, term in enumerate(query.terms)
        if own.terms[n] and not (seen >> n & 1 and (term.related or plan.known.intersection(term.forms)))
    )
