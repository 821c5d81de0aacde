"""Elasticsearch stops, editors go on, readers too, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal import outbox
from portal.models import OutboxRow
from search import service
from search.breaker import Breaker
from search.engines.elasticsearch import agreement, notes
from search.engines.elasticsearch.connection import indices, writing
from search.engines.elasticsearch.rebuild import rebuild
from search.models import Document
from tests.factories import make_home, make_index, make_news, make_pattern, make_practice
from tests.services.test_processes import database

from .asking import follow, search

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]
LONGEST_ANSWER = 3.0  # seconds; connections are refused at once, and the machine of the tests may be busy


@pytest.fixture
def node(elasticsearch_node, settings, transactional_db):
    """The site on a node that this test may stop, with new indices."""
    settings.ELASTICSEARCH_URL = elasticsearch_node.url
    settings.ELASTICSEARCH_PREFIX = f"outage-{os.getpid()}"
    guarded = service.engine_named("elasticsearch")
    usual, guarded.breaker = guarded.breaker, Breaker(pause=1.0)
    make_home()
    rebuild(lambda written: None)
    yield elasticsearch_node
    guarded.breaker = usual
    if elasticsearch_node.process is None:
        elasticsearch_node.start()
    writing().indices.delete(index=every_index())


def every_index():
    return [name for several in indices(writing()).values() for name in several]


def differences():
    """Counts and content of the two, by kind and language."""
    return agreement.differences(writing(), every_index())


def answer(text="quokka"):
    began = time.monotonic()
    found = service.search(text, language="en")
    assert time.monotonic() - began < LONGEST_ANSWER
    return found


def urls(text="quokka"):
    return sorted(hit.url for hit in answer(text).hits)


def drain_until_nothing_waits(seconds=30):
    deadline = time.monotonic() + seconds
    while outbox.pending(notes.TOPIC).exists():
        assert time.monotonic() < deadline, list(outbox.pending(notes.TOPIC).values_list("key", "error"))
        follow()
        time.sleep(0.2)


def ten_changes(pages):
    """What editors do on a day: publish, edit, unpublish, move, restrict, delete."""
    make_pattern(title="Quokka new")
    make_news(title="Quokka news")
    for page, title in zip(pages[:2], ("Quokka edited", "Wombat instead"), strict=True):
        page.title = title
        page.save_revision().publish()
    pages[2].unpublish()
    pages[3].unpublish()
    elsewhere = make_index(type(pages[4].get_parent().specific), "elsewhere")
    Page.objects.get(pk=pages[4].pk).move(elsewhere, pos="last-child")
    group = Group.objects.create(name="Working group")
    PageViewRestriction.objects.create(page=pages[5], restriction_type=PageViewRestriction.GROUPS).groups.add(group)
    pages[6].delete()
    Page.objects.get(pk=pages[7].pk).delete()


def wait_for_elasticsearch():
    """A server that has just started answers its first question late; the breaker tries again after its pause."""
    deadline = time.monotonic() + 60
    while answer().engine != "elasticsearch":
        assert time.monotonic() < deadline, "the breaker did not close again"
        time.sleep(0.3)
    assert not answer().degraded


def test_reading_goes_on_without_the_server_and_afterwards_both_indices_agree(node):
    pages = [make_pattern(title=f"Quokka {number}") for number in range(9)]
    make_practice(title="Quokka practice")
    drain_until_nothing_waits()
    assert differences() == []
    assert answer().engine == "elasticsearch"
    before = answer().total

    node.stop()
    ten_changes(pages)
    while_down = urls()
    assert (answer().engine, answer().degraded) == ("embedded", True)
    assert answer().total == len(while_down) == before + 2 - 2 - 1 - 2
    assert answer("wombat").total == 1
    assert follow() == 0  # the worker tries, and keeps what it could not write
    assert outbox.pending(notes.TOPIC).exists()

    node.start()
    drain_until_nothing_waits()
    assert differences() == []
    wait_for_elasticsearch()
    assert urls() == while_down
    assert answer("wombat").total == 1


def test_what_waits_is_neither_found_nor_counted(node):
    page, other = make_pattern(title="Quokka"), make_pattern(title="Quokka other")
    drain_until_nothing_waits()
    page.unpublish()
    other.title = "Quokka renamed"
    other.save_revision().publish()
    found = answer()
    assert (found.engine, found.total, found.hits) == ("elasticsearch", 0, [])
    drain_until_nothing_waits()
    assert [hit.title for hit in answer().hits] == ["<mark>Quokka</mark> renamed"]


def test_when_too_much_waits_the_embedded_engine_answers(node):
    make_pattern(title="Quokka")
    drain_until_nothing_waits()
    notes.put(f"page:{number}" for number in range(10_000, 10_600))
    assert (answer().engine, answer().degraded, answer().total) == ("embedded", True, 1)
    assert service.engine_named("elasticsearch").breaker.allows()  # the server is not at fault
    drain_until_nothing_waits()
    assert answer().engine == "elasticsearch"


def test_without_indices_the_embedded_engine_answers(node):
    make_pattern(title="Quokka")
    writing().indices.delete(index=every_index())
    assert (answer().engine, answer().degraded, answer().total) == ("embedded", True, 1)
    rebuild(lambda written: None)
    drain_until_nothing_waits()
    service.engine_named("elasticsearch").breaker.succeeded()
    assert answer().engine == "elasticsearch"


def test_a_note_that_comes_late_or_again_changes_nothing(node):
    page = make_pattern(title="Quokka old")
    early = list(OutboxRow.objects.filter(topic=notes.TOPIC).values_list("key", "version"))
    page.title = "Quokka newer"
    page.save_revision().publish()
    drain_until_nothing_waits()
    tasks = [outbox.Task(*row) for row in early]
    assert notes.work_on(tasks) == notes.work_on(tasks) == []
    assert differences() == []


WORKER = """
import django
django.setup()
from django.core.management import call_command
call_command("worker")
"""


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(node):
    page = make_pattern(title="Quokka")
    many = 900
    documents = [
        Document(
            key=f"test:{number}",
            owner=f"test:{number}",
            page=page.page_ptr,
            subject=f"subject-{number}",
            kind="news",
            language="en",
            length=3,
            analyser="",
            facets="{}",
            exact="|",
            url=f"/en/{number}/",
            title=f"Quokka {number}",
            summary="",
            labels="",
            body="Quokka " * 200,
        )
        for number in range(many)
    ]
    Document.objects.bulk_create(documents)
    notes.put(document.owner for document in documents)
    env = {
        **os.environ,
        **database(),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PORTAL_TEST_ELASTICSEARCH": node.url,
        "ELASTICSEARCH_PREFIX": f"outage-{os.getpid()}",
    }
    worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=env)
    connection.close()
    deadline = time.monotonic() + 120
    try:
        while not 0 < written() < many:
            assert time.monotonic() < deadline
            assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert outbox.pending(notes.TOPIC).exists()
    OutboxRow.objects.filter(topic=notes.TOPIC).update(leased_until=None, next_try=timezone.now())  # minutes later
    drain_until_nothing_waits()
    assert written() == many
    assert differences() == []
    service.engine_named("elasticsearch").breaker.succeeded()
    assert search("quokka", language="en").total == many + 1


def written():
    client = writing()
    client.indices.refresh(index=every_index())
    return client.count(index=every_index(), query={"term": {"kind": "news"}})["count"]
