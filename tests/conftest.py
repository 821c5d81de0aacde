from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import translation

from portal import navigation, terms
from search.asked import likeness
from search.engines.embedded import memory

pytest_plugins = ["tests.services.plugin"]


@pytest.fixture(autouse=True)
def _english():
    """A test that activates a language leaves no trace."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """A test's transaction is rolled back, and with it the stamps by which a process knows that it is out of date."""
    _forget()


def _forget() -> None:
    cache.clear()
    navigation.forget()
    memory.forget()
    terms._labels.clear()
    likeness._kept.clear()


@pytest.fixture(scope="module")
def loaded_site(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database with the whole first content in all languages, for every test of the module.

    Tests still need the mark `django_db`. What they change is undone; with `live_server` the content is there too.
    """
    from tests.services.plugin import database_key  # imported by pytest itself before

    database = request.config.stash[database_key]
    with django_db_blocker.unblock():
        database.prepare_content()
        ContentType.objects.clear_cache()
    yield
    with django_db_blocker.unblock():
        database.leave_content()
