"""The cache of production: a real Valkey or Redis server behind Django's cache framework."""

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory

from portal.page_cache import PageCacheMiddleware

pytestmark = [pytest.mark.valkey, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _on_valkey(settings, valkey_url):
    shared = {"BACKEND": "portal.shared_cache.SharedCache", "LOCATION": valkey_url}
    settings.CACHES = {"default": shared, "pages": {**shared, "KEY_PREFIX": "pages"}}
    settings.PAGE_CACHE_SECONDS = 3600
    caches["default"].clear()


def test_ready_with_its_cache(client):
    assert client.get("/readyz").json()["cache"] == "ok"


def test_finished_pages_can_be_shared_by_several_machines():
    calls = []
    middleware = PageCacheMiddleware(lambda _request: calls.append(1) or HttpResponse("page " * 500))
    request = RequestFactory().get("/en/", headers={"accept-encoding": "br"})
    first, second = middleware(request), middleware(request)
    assert len(calls) == 1
    assert (first.content, first["ETag"]) == (second.content, second["ETag"])
    assert second["Content-Encoding"] == "br"


def test_sessions_survive_an_emptied_cache(settings, client, django_user_model):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    client.force_login(django_user_model.objects.create_user("reader"))
    caches["default"].clear()
    assert client.session.load()["_auth_user_id"]
