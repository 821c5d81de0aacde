"""The client, and the names of the indices."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import BulkIndexError

from portal.addresses import LANGUAGE_CODES

_scratch: ContextVar[str] = ContextVar("scratch", default="")
# Writing may take its time: no reader waits for it.
WRITING_SECONDS = 60
REFUSED = 400  # the status of a question that it will not answer, such as one of too many words


class Unavailable(Exception):
    """No answer that can be shown. `is_failure` says whether the service is at fault or merely behind."""

    def __init__(self, reason: str, is_failure: bool = True) -> None:
        super().__init__(reason)
        self.is_failure = is_failure


def reading() -> Elasticsearch:
    """For questions that a reader waits for: one try within the time set for it."""
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_TIMEOUT)


def writing() -> Elasticsearch:
    return reading().options(request_timeout=WRITING_SECONDS)


@lru_cache(maxsize=4)
def _client(addresses: str, api_key: str, timeout: float) -> Elasticsearch:
    hosts = [part.strip() for part in addresses.split(",")]
    return Elasticsearch(hosts, api_key=api_key or None, request_timeout=timeout, max_retries=0, retry_on_timeout=False)


@contextmanager
def answering() -> Iterator[None]:
    """Any way in which the service can fail becomes `Unavailable`; to refuse one question is no failure."""
    try:
        yield
    except (ApiError, TransportError, BulkIndexError) as error:
        is_failure = not (isinstance(error, ApiError) and _status(error) == REFUSED)
        raise Unavailable(f"{type(error).__name__}: {str(error)[:300]}", is_failure) from error


def _status(error: ApiError) -> int:
    """Of the one answer: of several in a response the response tells nothing."""
    told = error.body.get("status") if isinstance(error.body, dict) else None
    return int(told or error.meta.status)


def prefix() -> str:
    return _scratch.get() or settings.ELASTICSEARCH_PREFIX


def alias(language: str) -> str:
    return f"{prefix()}-{language.lower()}"


def concrete(language: str, stamp: str) -> str:
    """`stamp` holds digits alone, so that no site takes the indices of another, whose prefix is longer, for its own."""
    return f"{alias(language)}-{stamp}"


def indices(client: Elasticsearch) -> dict[str, list[str]]:
    """Every index of the site by its alias: the one that answers and, during a rebuild, the one that will."""
    found: dict[str, list[str]] = {}
    for name in sorted(client.indices.get_alias(index=f"{prefix()}-*")):
        its_alias, _dash, stamp = name.rpartition("-")
        if stamp.isdecimal() and its_alias in {alias(code) for code in LANGUAGE_CODES}:
            found.setdefault(its_alias, []).append(name)
    return found


@contextmanager
def scratch_indices() -> Iterator[None]:
    """In here all is written to, and found in, indices that are gone afterwards."""
    token = _scratch.set(f"{prefix()}-scratch{uuid.uuid4().hex[:12]}")
    try:
        yield
    finally:
        try:
            if names := [name for several in indices(writing()).values() for name in several]:
                writing().indices.delete(index=names)
        finally:
            _scratch.reset(token)
