"""Filters without words: everything that passes them. The catalogue answers, whichever engine searches."""

from django.db.models import F, Value

from .documents import Found, Query
from .engines.embedded import ranking
from .engines.embedded.store import Matched, fetched
from .shown import Shown


def browse(query: Query, shown: Shown) -> Found:
    """One page of all subjects that pass the filters, and counts as for a search."""
    documents = shown.documents.filter(is_part=False).annotate(score=F("rank"), is_exact=Value(0))
    rows = fetched(documents, dated=query.sort == "newest")
    kept, counts = ranking.count_and_filter(Matched(ranking.fold_subjects(rows, query)), query)
    return Found(matches=ranking.matches(ranking.in_order(kept, query)), total=kept.total, facets=counts)
