"""Filters without words: everything that passes them. The catalogue answers, whichever engine searches."""

from django.db.models import F, Value

from .documents import Found, Query
from .engines.embedded import ranking
from .engines.embedded.store import fetched
from .models import DocumentQuerySet


def browse(query: Query, shown: DocumentQuerySet) -> Found:
    """One page of all subjects that pass the filters, and counts as for a search."""
    documents = shown.filter(is_part=False).annotate(score=F("rank"), is_exact=Value(0))
    rows = fetched(documents, dated=query.sort == "newest")
    kept, counts = ranking.count_and_filter(ranking.fold_subjects(rows, query), query)
    ordered = ranking.order(kept, query)[query.offset : query.offset + query.limit]
    return Found(matches=ranking.matches(ordered), total=len(kept), facets=counts)
