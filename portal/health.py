"""Is the process up, and can it serve? For whoever watches the site.

Answered before everything else, so that a probe needs neither TLS nor the site's host name.
"""

import logging
import pkgutil
import secrets
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
        if request.path_info == "/readyz":
            return readiness()
        return self.get_response(request)


def readiness() -> JsonResponse:
    """503 until every part works. Names the part, never the reason: that is in the log."""
    checks = {"database": database_answers, "migrations": migrations_are_applied, "cache": cache_keeps}
    outcome = {name: _works(name, check) for name, check in checks.items()}
    state = {name: "ok" if works else "failing" for name, works in outcome.items()}
    return JsonResponse(state, status=200 if all(outcome.values()) else 503, headers={"Cache-Control": "no-store"})


def _works(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever a database or cache driver raises
        logger.exception("Not ready: %s", name)
        return False


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_applied() -> bool:
    """Compares names only: Django's own loader would import every migration at each probe."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT app, name FROM django_migrations")
        except DatabaseError:
            return False
        applied = set(cursor.fetchall())
    return all((app, name) in applied for app, names in _migrations().items() for name in names)


def _migrations() -> dict[str, list[str]]:
    found = {}
    for app in apps.get_app_configs():
        package = f"{app.name}.migrations"
        if find_spec(package):
            names = [module.name for module in pkgutil.iter_modules(import_module(package).__path__)]
            found[app.label] = [name for name in names if not name.startswith(("_", "~"))]
    return found


def cache_keeps() -> bool:
    word = secrets.token_hex(8)
    cache.set("portal.health", word, 30)
    return cache.get("portal.health") is not None
