"""Questions put to the node: an answer is whole, or there is none."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from elasticsearch.dsl import MultiSearch, Search

from portal.addresses import LANGUAGE_CODES

from .connection import Unavailable, alias, reading


def search_in(*codes: str) -> Search:
    names = [alias(code) for code in codes or LANGUAGE_CODES]
    search = Search(using=reading(), index=names).source(False)
    return search.params(allow_partial_search_results=False).extra(
        timeout=f"{int(settings.ELASTICSEARCH_TIMEOUT * 1000)}ms"
    )


def run(search: Search) -> Any:
    return _complete(search.execute())


def run_together(searches: Iterable[Search]) -> list[Any]:
    """One request, of which the node works on several parts at the same time."""
    together = MultiSearch(using=reading())
    for search in searches:
        together = together.add(search)
    return [_complete(response) for response in together.execute()]


def _complete(response: Any) -> Any:
    if response.timed_out:
        raise Unavailable("the answer was not complete in time")
    return response
