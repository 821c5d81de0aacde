"""Every address of wagtail-localize, asked by nobody in particular and in every way a client can ask."""

import pytest
from django.test import Client

from .walking import EVERYTHING, SECRETS, World, people, routes

pytestmark = pytest.mark.django_db

METHODS = ["get", "head", "options", "post", "put", "patch", "delete", "trace"]
ROUTES = sorted(route for route in routes() if "localize/" in route)


@pytest.fixture
def world(db):
    return World()


def asked(client, method, address):
    if method in ("post", "patch", "put"):
        data = EVERYTHING if method == "post" else "value=Changed"
        more = {} if method == "post" else {"content_type": "application/x-www-form-urlencoded"}
        return getattr(client, method)(address, data, **more)
    return getattr(client, method)(address)


def test_there_are_the_addresses_that_are_walked():
    assert len(ROUTES) >= 17


@pytest.mark.parametrize("method", METHODS)
def test_who_is_not_signed_in_reads_and_changes_nothing(world, method):
    before, wrong = world.fingerprint(), []
    for route in ROUTES:
        for address in world.addresses(route):
            answer = asked(Client(raise_request_exception=False), method, address)
            told = b"" if answer.streaming else answer.content
            if answer.status_code not in (302, 403, 404, 405) or any(one.encode() in told for one in SECRETS):
                wrong.append(f"{method} {address}: {answer.status_code}")
    assert not wrong
    assert world.fingerprint() == before


@pytest.mark.parametrize("method", ["get", "head", "options", "patch", "trace"])
def test_what_is_not_meant_to_change_anything_does_not_and_never_fails(world, method):
    """Asked by a translator of the language, who may do whatever there is to be done by POST, PUT and DELETE."""
    client, before, wrong = people()["D"], world.fingerprint(), []
    for route in ROUTES:
        for address in world.addresses(route):
            answer = asked(client, method, address)
            if answer.status_code >= 500 or (method == "patch" and answer.status_code == 200):
                wrong.append(f"{method} {address}: {answer.status_code}")
    assert not wrong
    assert world.fingerprint() == before
