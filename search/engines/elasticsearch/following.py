"""Has the indices follow the catalogue, through the outbox.

A note names an owner and no more. Whoever works on it reads what the catalogue has of that owner now, writes that and
deletes the rest, so late, repeated and overtaken notes do no harm: Elasticsearch refuses a write whose version is not
above the one it has.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch, helpers

from portal import outbox

from ...models import Document
from .connection import alias as alias_of
from .connection import indices, writing
from .contents import Content, contents

CONFLICT, NOT_FOUND = 409, 404

Action = dict[str, Any]


def follow(tasks: Sequence[outbox.Task]) -> list[outbox.Failed]:
    client = writing()
    places = indices(client)  # those being built too
    versions = {task.key: task.version for task in tasks}
    found = contents(Document.objects.filter(owner__in=versions))
    actions = [*_writes(found, places, versions), *_deletions(client, found, places, versions)]
    return _failures(client, actions)


def _writes(found: list[Content], places: Mapping[str, list[str]], versions: Mapping[str, int]) -> Iterator[Action]:
    for content in found:
        for index in places.get(alias_of(content.language), ()):
            yield write(index, content, versions[content.body["owner"]])


def write(index: str, content: Content, version: int) -> Action:
    return {
        "_op_type": "index",
        "_index": index,
        "_id": content.key,
        "_source": content.body,
        "version": version,
        "version_type": "external",
        "_owner": content.body["owner"],
    }


def _deletions(
    client: Elasticsearch, found: list[Content], places: Mapping[str, list[str]], versions: Mapping[str, int]
) -> Iterator[Action]:
    """Whatever the indices have of these owners that the catalogue has not, for example in another language."""
    every_index = [index for several in places.values() for index in several]
    if not every_index:
        return
    kept = {(alias_of(content.language), content.key) for content in found}
    for index, key, owner in _held(client, every_index, list(versions)):
        if (index.rpartition("-")[0], key) not in kept:
            yield {
                "_op_type": "delete",
                "_index": index,
                "_id": key,
                "version": versions[owner],
                "version_type": "external",
                "_owner": owner,
            }


def _held(client: Elasticsearch, every_index: list[str], owners: list[str]) -> Iterator[tuple[str, str, str]]:
    """Index, key and owner of what the indices have. They are refreshed after each write, so this sees all."""
    client.indices.refresh(index=every_index)
    query = {"query": {"terms": {"owner": owners}}, "_source": ["owner"]}
    for hit in helpers.scan(client, index=",".join(every_index), query=query, size=1000):
        yield hit["_index"], hit["_id"], hit["_source"]["owner"]


def _failures(client: Elasticsearch, actions: list[Action]) -> list[outbox.Failed]:
    """Write in one go; readers see it when this returns, so that the note may be forgotten."""
    failed: dict[str, list[str]] = defaultdict(list)
    results = helpers.streaming_bulk(
        client, actions, refresh=True, raise_on_error=False, raise_on_exception=True, max_retries=0
    )
    for action, (is_done, result) in zip(actions, results, strict=True):
        (answer,) = result.values()
        if not is_done and answer["status"] not in (CONFLICT, NOT_FOUND):
            failed[action["_owner"]].append(str(answer.get("error", answer["status"])))
    return [outbox.Failed(owner, errors[0]) for owner, errors in failed.items()]
