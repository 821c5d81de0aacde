"""Counts subjects, not texts, over all that matches; the counts of each filter leave out its own choice.

In one language a subject is one text, unless it has parts, which stand beside it. To count texts is much faster than to
tell subjects apart, so that is done only for those of which several may match.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query as Clause

from ...documents import FILTERS, Query
from . import queries
from .contents import SEPARATOR

MOST_VALUES = 300  # of one facet
# Up to about this many subjects are told apart exactly.
EXACT_COUNT = 3000


def ask(search: Search, query: Query, *, alone: bool) -> None:
    """Adds the counts to a search, which looks in one language `alone` or in several.

    All filters without a choice have the same counts, so they are counted together: each aggregation takes as long.
    """
    counted: Any = search.aggs
    if query.filters:
        counted = counted.bucket("kept", _passing(queries.filter_clauses(query)))
    tally(counted, alone, "values", MOST_VALUES * len(FILTERS))
    for name in query.filters:
        passing = search.aggs.bucket(f"but:{name}", _passing(queries.filter_clauses(query, but=name)))
        tally(passing, alone, queries.field_of(name), MOST_VALUES)


def subjects(search: Search, *, alone: bool) -> None:
    """Adds what `number_of_subjects` reckons with."""
    parts = [Q("exists", field="subject_of_several")] if alone else []
    several = search.aggs.bucket("several", _passing(parts))
    several.metric("subjects", _subjects("subject_of_several" if alone else "subject_number"))


def number_of_subjects(response: Any) -> int:
    """Of a search whose texts are all counted."""
    several = response.aggregations.several
    return int(response.hits.total.value - several.doc_count + several.subjects.value)


def tally(counted: Any, alone: bool, field: str, most: int) -> None:
    """How many subjects there are, and how many with each value of a field."""
    parts = Q("exists", field="subject_of_several")
    number = "subject_of_several" if alone else "subject_number"
    divided = counted.bucket("several", _passing([parts] if alone else []))
    divided.metric("subjects", _subjects(number))
    single = counted.bucket("single", A("filter", filter=Q("bool", must_not=[parts]))) if alone else None
    values = divided.bucket("values", A("terms", field=field, size=most))
    values.metric("subjects", _subjects(number))
    if single:
        single.bucket("values", A("terms", field=field, size=most))


def _subjects(field: str) -> Any:
    return A("cardinality", field=field, precision_threshold=EXACT_COUNT)


def _passing(clauses: Iterable[Clause]) -> Any:
    return A("filter", filter=Q("bool", filter=list(clauses)))


def total(counted: Mapping[str, Any]) -> int:
    return _number(counted.get("kept", counted))


def facets(counted: Mapping[str, Any], query: Query) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for value, count in _values(counted.get("kept", counted)).items():
        name, _separator, value = value.partition(SEPARATOR)
        found[name][value] = count
    return found | {name: dict(_values(counted[f"but:{name}"])) for name in query.filters}


def _number(tally: Mapping[str, Any]) -> int:
    single: int = tally["single"]["doc_count"] if "single" in tally else 0
    return single + int(tally["several"]["subjects"]["value"])


def _values(tally: Mapping[str, Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for bucket in tally["several"]["values"]["buckets"]:
        found[bucket["key"]] += bucket["subjects"]["value"]
    for bucket in tally["single"]["values"]["buckets"] if "single" in tally else ():
        found[bucket["key"]] += bucket["doc_count"]
    return found
