"""The world is built once for a module; what a test changes in it is undone."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from portal import navigation

from . import world as worlds


@pytest.fixture(scope="module")
def shared_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        cache.clear()
        navigation.forget()
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield shared_world
        transaction.set_rollback(True)
