"""The same cases for every engine: embedded (on the database of the run) and a real Elasticsearch.

What the engines may answer differently stands in `test_agreement.py`, with the reason.
"""

import os

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from elasticsearch import Elasticsearch

from search import service
from search.engines.elasticsearch.connection import writing
from search.engines.elasticsearch.rebuild import rebuild

# What the node adds to the settings of an index; the rest makes another one like it.
OF_THE_NODE = {"uuid", "creation_date", "provided_name", "version"}


@pytest.fixture
def people(django_user_model):
    group = Group.objects.create(name="Working group")
    member, stranger = (django_user_model.objects.create_user(name) for name in ("member", "stranger"))
    member.groups.add(group)
    return {"member": member, "stranger": stranger, "nobody": AnonymousUser(), "group": group}


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
    _make_anew(client, f"{prefix}-*")


def _make_anew(client: Elasticsearch, index: str) -> None:
    """Deleted texts go on weighing words for minutes, whatever one asks of the node: only a new index is empty."""
    written = {
        name
        for name, found in client.indices.stats(index=index, metric="indexing")["indices"].items()
        if found["primaries"]["indexing"]["index_total"] or found["primaries"]["indexing"]["delete_total"]
    }
    if not written:
        return
    old = client.indices.get(index=sorted(written)).body
    client.indices.delete(index=sorted(written))
    for name, made in old.items():
        settings = {key: value for key, value in made["settings"]["index"].items() if key not in OF_THE_NODE}
        client.indices.create(index=name, aliases=made["aliases"], mappings=made["mappings"], settings=settings)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_name(request, db):
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return request.param


@pytest.fixture
def put(engine_name, put):
    """The same for each engine."""
    return put
