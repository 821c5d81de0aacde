"""Whether the indices hold what the catalogue holds: counts and content, by language and kind."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, helpers

from ...models import Document
from .contents import contents

BATCH = 500

Sums = dict[tuple[str, str], tuple[int, str]]  # by language and kind: how many, and what they hold


def of_catalogue(without: Collection[str] = ()) -> Sums:
    return _sums(entry for entry in _catalogue() if entry[1]["owner"] not in without)


def of_indices(client: Elasticsearch, names: Iterable[str], without: Collection[str] = ()) -> Sums:
    return _sums(entry for entry in _indices(client, names) if entry[1]["owner"] not in without)


def differences(client: Elasticsearch, names: Iterable[str], without: Collection[str] = ()) -> list[str]:
    """Each language and kind in which the two differ, but for the owners `without`, who are being changed."""
    wanted, found = of_catalogue(without), of_indices(client, names, without)
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
