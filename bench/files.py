"""What files cost: the deck of eight patterns as PDF, made anew in each language, and 5,000 practices as CSV.

Measured in this process, since the server would keep the PDF. The practices are taken back afterwards.
"""

import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.models import PageFacet
from practices.models import PracticeIndexPage, PracticePage, PracticePattern

from . import articles
from .writing import taken_back

DECK = "/cards/pdf/?items=" + ",".join(f"DIY-{number:02}" for number in range(1, 9))
PRACTICES = 5000
TABLE = "/en/practices/csv/"
ROUNDS = 3


def costs() -> dict[str, dict[str, float]]:
    settings.PAGE_CACHE_SECONDS = 0
    with taken_back():
        build(PRACTICES)
        table = cost([TABLE] * ROUNDS, lambda body: body.count(b"\r\n") > PRACTICES)
    languages = [code for code, _name in settings.LANGUAGES]
    deck = cost([f"/{code}{DECK}" for code in languages], lambda body: body.startswith(b"%PDF"))
    return {"deck": deck, "csv": table}


def cost(paths: list[str], is_right: Callable[[bytes], bool]) -> dict[str, float]:
    """The median of CPU milliseconds for one of them, and how many queries the first one takes."""
    client = Client(SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as queries:
        timed(client, paths[0], is_right)
        number = len(queries)
    times = [timed(client, path, is_right) for path in paths]
    return {"queries": number, "cpu_ms": statistics.median(times), "most_ms": max(times)}


def timed(client: Client, path: str, is_right: Callable[[bytes], bool]) -> float:
    caches["files"].clear()
    start = time.process_time()
    response: Any = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    spent = (time.process_time() - start) * 1000
    if response.status_code != 200 or not is_right(body):
        raise SystemExit(f"{path} answered {response.status_code} with {len(body)} bytes that are not what was asked.")
    return spent


def build(size: int) -> None:
    """Copies of the practices of the first content, with what the table says of them."""
    models = list(PracticePage.objects.filter(locale__language_code="en", live=True).order_by("path"))
    pages = [practice(number, models[number % len(models)]) for number in range(1, size + 1)]
    articles.inserted(pages, PracticeIndexPage.objects.get(locale__language_code="en"))
    articles.copy_rows(pages, models[1:] + models[:1], {PracticePattern: "page_id", PageFacet: "page_id"})


def practice(number: int, model: PracticePage) -> PracticePage:
    page = PracticePage.objects.get(pk=model.pk)
    page.pk = page.id = None
    page.title = page.draft_title = f"{model.title} {number}"
    page.slug = page.code = f"{articles.MADE}practice-{number}"
    page.translation_key = uuid.uuid4()
    page.latest_revision = page.live_revision = page.alias_of = None
    return page
