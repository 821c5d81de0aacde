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

FEW = 20  # texts, of all tests since the indices were made
_deleted: dict[str, int] = {}


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
        _deleted[prefix] = 0
    guarded = service.engine_named("elasticsearch")
    guarded.breaker.succeeded()
    yield client
    # Deleted texts go on weighing words as long as the node keeps them, which it may do after merging, too.
    deleted = client.delete_by_query(index=f"{prefix}-*", query={"match_all": {}}, refresh=True, conflicts="proceed")
    _deleted[prefix] += deleted["deleted"]
    if _deleted[prefix] > FEW:
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
        del made[prefix]
    else:
        client.indices.forcemerge(index=f"{prefix}-*", max_num_segments=1)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_name(request, db):
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return request.param


@pytest.fixture
def put(engine_name, put):
    """The same for each engine."""
    return put
