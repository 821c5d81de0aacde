"""Whether the indices hold what the catalogue holds: counts and content, by language and kind."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Count
from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import A, Search

from ...models import Document
from .contents import contents

BATCH = 500
MOST = 1000  # languages, kinds

Sums = dict[tuple[str, str], tuple[int, str]]  # by language and kind: how many, and what they hold


def differences(client: Elasticsearch, names: Iterable[str]) -> list[str]:
    """Each language and kind in which the two differ in number or content. Reads everything."""
    return _described(_sums(_catalogue()), _sums(_indices(client, names)))


def different_counts(client: Elasticsearch, names: Iterable[str], without: Collection[str] = ()) -> list[str]:
    """Each language and kind of which the two have different numbers, but for the owners `without`."""
    rows = Document.objects.filter(page__live=True).exclude(owner__in=without)
    counted = rows.order_by().values_list("language", "kind").annotate(Count("pk"))
    wanted = {(language, kind): (count, "") for language, kind, count in counted}
    search = Search(using=client, index=list(names)).exclude("terms", owner=list(without)).extra(size=0)
    search.aggs.bucket("languages", A("terms", field="language", size=MOST)).bucket(
        "kinds", A("terms", field="kind", size=MOST)
    )
    found = {
        (language.key, kind.key): (kind.doc_count, "")
        for language in search.execute().aggregations.languages.buckets
        for kind in language.kinds.buckets
    }
    return _described(wanted, found)


def _described(wanted: Sums, found: Sums) -> list[str]:
    described = []
    for language, kind in sorted({*wanted, *found}):
        ours, theirs = wanted.get((language, kind), (0, "")), found.get((language, kind), (0, ""))
        if ours != theirs:
            counts = f"{ours[0]} and {theirs[0]}" if ours[0] != theirs[0] else "different texts"
            described.append(f"{kind} in {language}: {counts}")
    return described


def _sums(entries: Iterable[tuple[str, dict[str, Any]]]) -> Sums:
    """The sum does not depend on the order, and takes one pass."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    mixed: dict[tuple[str, str], int] = defaultdict(int)
    for key, body in entries:
        place = (body["language"], body["kind"])
        text = json.dumps([key, body], sort_keys=True, ensure_ascii=False)
        counts[place] += 1
        mixed[place] += int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:12], "big")
    return {place: (count, f"{mixed[place] % (1 << 96):024x}") for place, count in counts.items()}


def _catalogue() -> Iterator[tuple[str, dict[str, Any]]]:
    last = 0
    while ids := list(Document.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for content in contents(Document.objects.filter(pk__in=ids)):
            yield content.key, content.body
        last = ids[-1]


def _indices(client: Elasticsearch, names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for hit in helpers.scan(client, index=",".join(names), size=BATCH):
        yield hit["_id"], hit["_source"]
