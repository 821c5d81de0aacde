"""The same cases for every engine: embedded (on the database of the run) and a real Elasticsearch.

What the engines may answer differently stands in `test_agreement.py`, with the reason.
"""

import itertools
import os
import uuid

import pytest
from elasticsearch import Elasticsearch

from search import service
from search.documents import SearchDocument
from search.engines.elasticsearch.connection import writing
from search.engines.elasticsearch.rebuild import rebuild
from tests.factories import make_home


@pytest.fixture(scope="session")
def _indices_made():
    """By prefix: the indices of this run, made once."""
    made: dict[str, Elasticsearch] = {}
    yield made
    for prefix, client in made.items():
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))


@pytest.fixture
def elasticsearch(request, settings, db):
    """The site on Elasticsearch, with empty indices."""
    settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    made = request.getfixturevalue("_indices_made")  # after the node, so that it is cleared before the node stops
    settings.ELASTICSEARCH_PREFIX = prefix = f"contract-{os.getpid()}"
    settings.ELASTICSEARCH_TIMEOUT = 10.0  # a busy machine is no outage
    client = writing()
    if prefix not in made:
        rebuild(lambda written: None)
        made[prefix] = client
    guarded = service.engine_named("elasticsearch")
    guarded.breaker.succeeded()
    yield client
    client.delete_by_query(index=f"{prefix}-*", query={"match_all": {}}, refresh=True, conflicts="proceed")
    client.indices.forcemerge(index=f"{prefix}-*", max_num_segments=1)  # deleted texts would go on weighing words


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_name(request, db):
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return request.param


@pytest.fixture
def put(engine_name):
    """Puts texts into the index without a page type around them: `put("fr", "Sécurité", body="…")`."""
    home = make_home()
    numbers = itertools.count(1)

    def write(language="en", title="", *, page=None, **fields):
        key = fields.pop("key", f"test:{next(numbers)}")
        fields = {"subject": str(uuid.uuid4()), "kind": "page", "url": f"/{language}/{key}/", "owner": key, **fields}
        document = SearchDocument(key=key, page_id=(page or home).pk, language=language, title=title, **fields)
        service.engine().upsert([document])
        return document

    return write
