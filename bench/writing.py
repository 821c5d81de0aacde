"""What it costs to post a comment of 500 characters: the form sent through the view, with every check on.

Each comment has other words, from the texts of the first content, and a member who is trusted writes it, as most do.
All is taken back afterwards.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from community import names, services, tokens
from community.models import CommentState
from community.screening import Draft
from patterns.models import PatternPage
from portal import guard

from . import articles

CHARACTERS = 500
MEMBERS = 40
EACH = 3
WARMING = 10
Visit = tuple[Client, str, dict[str, str]]


def cost() -> dict[str, float]:
    """The median of CPU milliseconds of this process for one post, and how many queries one takes."""
    with taken_back():
        visits = prepared()
        for visit in visits[:WARMING]:
            post(*visit)
        with CaptureQueriesContext(connection) as queries:
            post(*visits[WARMING])
            number = len(queries)
        times = [timed(*visit) for visit in visits[WARMING + 1 :]]
    return {"queries": number, "cpu_ms": statistics.median(times), "most_ms": max(times)}


def prepared() -> list[Visit]:
    """Who posts where, and what: no member more than he may in ten minutes."""
    pages = list(Page.objects.filter(slug__startswith=articles.MADE).order_by("pk")[:MEMBERS])
    clients = [member(number, pages[-1]) for number in range(MEMBERS)]
    for client in clients:
        client.handler = clients[0].handler  # one server for all
    return [
        filled_in(clients[number % MEMBERS], pages[number % len(pages)], words)
        for number, words in enumerate(texts(MEMBERS * EACH))
    ]


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def texts(number: int) -> list[str]:
    """Texts in which the guard finds nothing, since those are asked for once more."""
    patterns = PatternPage.objects.filter(locale__language_code="en", live=True).exclude(slug__startswith=articles.MADE)
    writer = articles.Writer(list(patterns))
    found: list[str] = []
    while len(found) < number:
        words = writer.text(CHARACTERS // 4)[:CHARACTERS].strip()
        if not guard.inspect(words, "en"):
            found.append(words)
    return found


def member(number: int, page: Page) -> Client:
    """With some comments of long ago, which were kept: so the account is trusted."""
    long_ago = timezone.now() - timedelta(days=30)
    user = User.objects.create(username=f"bench-{number}", date_joined=long_ago)
    name = f"Writer {number} of the bench"
    names.give_name(user=user, name=name, language="en")
    for count in range(settings.COMMUNITY_FIRST_COMMENTS_HELD):
        words = f"Words {count} of {number}."
        known = {"page": page.specific, "thread": None, "language": "en", "nonce": f"bench-{number}-{count}"}
        row = services.post_comment(draft=Draft(user=user, name=name, text=words, **known), findings=[])
        CommentState.objects.filter(pk=row.pk).update(posted_at=long_ago)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def filled_in(client: Client, page: Page, words: str) -> Visit:
    with translation.override("en"):
        url = reverse("community:write", args=[page.translation_key])
    token = tokens.make(f"write {page.translation_key}", shown_at=tokens.a_while_ago())
    return client, url, {"text": words, "language": "en", "token": token, "website": "", "do": "send"}


def post(client: Client, url: str, data: dict[str, str]) -> None:
    response = client.post(url, urlencode(data), content_type="application/x-www-form-urlencoded")  # as browsers do
    if response.status_code != 302 or "/held/" in response.headers["Location"]:
        raise SystemExit(f"{url} answered {response.status_code}: the comment was not published.")


def timed(*visit: Any) -> float:
    start = time.process_time()
    post(*visit)
    return (time.process_time() - start) * 1000
