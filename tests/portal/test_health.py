import pytest
from django.db import connection
from django.test import Client

from portal import health

pytestmark = pytest.mark.django_db


def test_process_is_up_whatever_host_the_probe_names(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client(headers={"host": "10.0.0.7"}).get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_database_cache_and_migrations_are(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "cache": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


def test_not_ready_while_a_migration_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'portal'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "failing", "cache": "ok"}


def test_not_ready_without_a_cache_and_says_no_more_than_that(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://:secret@127.0.0.1:1/0",
        },
        "pages": settings.CACHES["pages"],
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "failing"
    assert b"secret" not in response.content


def test_names_of_migrations_are_those_django_would_apply():
    from django.db.migrations.loader import MigrationLoader

    on_disk = {(app, name) for app, names in health._migrations().items() for name in names}
    assert on_disk == set(MigrationLoader(None).disk_migrations)
