"""Asks the search as a reader does, once the worker has done its work."""

from django.conf import settings

from portal import outbox
from search import service
from search.engines.elasticsearch import notes


def follow() -> int:
    """Have the other index follow, as the worker does."""
    return outbox.drain(notes.TOPIC)


def search(text, **kwargs):
    if settings.ELASTICSEARCH_URL:
        follow()
    results = service.search(text, **kwargs)
    wanted = "elasticsearch" if settings.ELASTICSEARCH_URL else "embedded"
    assert (results.engine, results.degraded) == (wanted, False)
    return results


def titles(text, language="en", **kwargs):
    found = search(text, language=language, **kwargs)
    return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in found.hits]
