"""Writes the indices anew beside those that answer, and swaps them in one step once they proved right."""

import datetime
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import Any

from django.utils import timezone
from elasticsearch import Elasticsearch, helpers

from portal import outbox
from portal.addresses import LANGUAGE_CODES
from portal.models.outbox import OutboxRow

from ...models import Document
from ..base import Progress
from . import agreement, definition, following, notes
from .connection import alias, answering, concrete, indices, writing
from .contents import contents

BATCH = 500
SENDERS = 2
PAUSES = (0.0, 1.0, 3.0)  # seconds
MOST_LEFT_OUT = 900  # owners that change during the comparison; SQLite takes no more parameters
CANARIES = 20
# Below the version of any note, so that whatever changes meanwhile wins over what was read before.
OLDEST = 1
# Clocks of several machines differ a little; working on a note twice does no harm.
EARLIER = datetime.timedelta(minutes=5)


class RebuildFailed(Exception):
    """The new indices did not prove right; the old ones answer on."""


def rebuild(progress: Progress) -> int:
    """Takes everything from the catalogue. When anything goes wrong, the new indices go and the old ones stay."""
    with answering():
        return _rebuild(progress)


def _rebuild(progress: Progress) -> int:
    client = writing()
    began = timezone.now() - EARLIER
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime()) + f"{time.time_ns() // 1000 % 1_000_000:06}"
    new = {language: concrete(language, stamp) for language in LANGUAGE_CODES}
    try:
        _create(client, new)
        written = _write(client, new, progress)
        _replay(began)
        _prove(client, new)
        old = _swap(client, new)
    except BaseException:  # Ctrl+C too
        with suppress(Exception):  # what went wrong first is what must be told
            client.options(ignore_status=404).indices.delete(index=list(new.values()))
        raise
    if old:
        client.options(ignore_status=404).indices.delete(index=old)
    return written


def is_current() -> bool:
    """Whether every language has an index of today's definition."""
    names = [alias(language) for language in LANGUAGE_CODES]
    with answering():
        found = writing().options(ignore_status=404).indices.get_mapping(index=names).body
    made = {
        name.rpartition("-")[0]: index["mappings"].get("_meta", {}).get("version")
        for name, index in found.items()
        if isinstance(index, dict) and "mappings" in index
    }
    return all(made.get(alias(language)) == definition.version(language) for language in LANGUAGE_CODES)


def _create(client: Elasticsearch, new: dict[str, str]) -> None:
    for language, name in new.items():
        body = definition.body(language)
        body["mappings"]["_meta"] = {"version": definition.version(language)}
        body["settings"]["refresh_interval"] = "-1"
        client.indices.create(index=name, **body)


def _write(client: Elasticsearch, new: dict[str, str], progress: Progress) -> int:
    """The next texts are read while the server takes in those before."""
    actions = _actions(new)
    under_way: deque[Future[int]] = deque()
    written = 0
    with ThreadPoolExecutor(SENDERS) as pool:
        while under_way or not written:
            while len(under_way) <= SENDERS and (batch := list(islice(actions, BATCH))):
                under_way.append(pool.submit(_send, client, batch))
            if not under_way:
                break
            written += under_way.popleft().result()
            progress(written)
    return written


def _send(client: Elasticsearch, batch: list[following.Action]) -> int:
    _done, errors = helpers.bulk(client, batch, chunk_size=BATCH, raise_on_error=False)
    for error in errors if isinstance(errors, list) else ():
        if error["index"]["status"] != following.CONFLICT:  # a newer one came before
            raise RebuildFailed(f"A document was refused: {error['index'].get('error')}")
    return len(batch)


def _actions(new: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The catalogue in pieces: what is written anew meanwhile comes again at its end, and nothing is locked."""
    last = 0
    while keys := list(Document.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for content in contents(Document.objects.filter(pk__in=keys)):
            if content.language in new:
                yield following.write(new[content.language], content, OLDEST)
        last = keys[-1]


def _replay(began: datetime.datetime) -> None:
    """What changed since the start, worked on or not: a deletion may have come before the text it deletes."""
    rows = OutboxRow.objects.filter(topic=notes.TOPIC, put_at__gte=began).order_by("version")
    tasks = (outbox.Task(*row) for row in rows.values_list("key", "version").iterator())
    while batch := list(islice(tasks, notes.BATCH)):
        if failed := following.follow(batch):
            raise RebuildFailed(f"What changed meanwhile could not be written: {failed[0].error}")


def _prove(client: Elasticsearch, new: dict[str, str]) -> None:
    """As many texts of each language and kind as the catalogue has, and some of them found by their titles."""
    for name in new.values():
        client.indices.put_settings(index=name, settings={"refresh_interval": None})
    for pause in PAUSES:  # editors go on: what was published between two counts is no difference
        time.sleep(pause)
        outbox.drain(notes.TOPIC)
        client.indices.refresh(index=list(new.values()))
        waiting = notes.waiting(MOST_LEFT_OUT)
        differences = agreement.different_counts(client, new.values(), without=waiting)
        if not differences:
            break
    else:
        raise RebuildFailed(f"The new indices differ from the catalogue: {', '.join(differences[:10])}")
    for document in Document.objects.filter(page__live=True).exclude(owner__in=waiting).order_by("?")[:CANARIES]:
        if document.language in new and not _finds(client, new[document.language], document):
            raise RebuildFailed(f"The new index does not find {document.key} by its title.")


def _finds(client: Elasticsearch, index: str, document: Document) -> bool:
    by_title = {"match": {"plain": {"query": document.title, "operator": "and"}}}
    query = {"bool": {"filter": [by_title, {"ids": {"values": [document.key]}}]}}
    return not document.title or client.count(index=index, query=query)["count"] == 1


def _swap(client: Elasticsearch, new: dict[str, str]) -> list[str]:
    """All languages in one step; returns what answered before, and whatever an interrupted rebuild left."""
    found = indices(client)
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias(code)}} for code, name in new.items()]
    old = []
    for code, name in new.items():
        others = [index for index in found.get(alias(code), []) if index != name]
        actions += [{"remove": {"index": index, "alias": alias(code), "must_exist": False}} for index in others]
        old += others
    client.indices.update_aliases(actions=actions)
    return old
