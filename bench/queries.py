"""How many queries an answer takes, in a process that has answered before."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BROWSER = {"accept-encoding": "gzip"}


def captured(path: str) -> list[str]:
    settings.PAGE_CACHE_SECONDS = 0
    client = Client(headers=BROWSER, SERVER_NAME="127.0.0.1")
    client.get(path)
    with CaptureQueriesContext(connection) as context:
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return [query["sql"] for query in context.captured_queries]


def count(paths: list[str]) -> int:
    """The most that any of some addresses takes."""
    return max(len(captured(path)) for path in paths[:5])
