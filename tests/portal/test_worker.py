"""Workers as processes of their own: killed, stopped, several at once, and what they do by the clock."""

import datetime
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from portal import outbox, periodic
from portal.models import HomePage, OutboxRow
from tests.factories import make_home
from tests.services.test_processes import database

ROOT = Path(__file__).resolve().parent.parent.parent
TOPIC = "test.work"
WORKER = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from portal import outbox
@outbox.handler("test.work", batch=5)
def work(tasks):
    print(*(task.key for task in tasks), flush=True)
    if sys.argv[1] == "slow":
        time.sleep(600 if sys.argv[2:] == ["never"] else 1)
call_command("worker")
"""


@pytest.fixture
def start():
    """Starts workers, and ends those that are left."""
    processes = []

    def start(*words):
        env = {**os.environ, **database(), "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", WORKER, *words]
        process = subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def topic():
    outbox.handler(TOPIC)(lambda tasks: None)
    yield TOPIC
    del outbox._handlers[TOPIC]


def wait_until(fact, seconds=60):
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def is_done():
    return not outbox.pending(TOPIC).exists()


@pytest.mark.django_db(transaction=True)
def test_the_row_of_a_killed_worker_is_taken_up_by_another_one(start, topic):
    outbox.put(topic, "a")
    killed = start("slow", "never")
    assert killed.stdout.readline() == "a\n"
    killed.kill()
    killed.wait()
    row = outbox.pending(topic).get()
    assert row.leased_until > timezone.now()

    OutboxRow.objects.filter(topic=topic).update(leased_until=timezone.now())
    other = start("quick")
    assert other.stdout.readline() == "a\n"
    wait_until(is_done)
    other.send_signal(signal.SIGTERM)
    assert other.wait(10) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_wakes_quickly_and_finishes_its_batch_before_it_stops(start, topic, number):
    worker = start("slow")
    wait_until(
        lambda: OutboxRow.objects.filter(topic=periodic.TOPIC, done_at__isnull=False).count() == len(periodic.JOBS)
    )
    began = time.monotonic()
    outbox.put(topic, "a")
    assert worker.stdout.readline() == "a\n"
    assert time.monotonic() - began < 3
    worker.send_signal(number)
    outbox.put(topic, "b")
    assert worker.wait(10) == 0
    assert outbox.pending(topic).get().key == "b"


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_the_rows_and_none_is_worked_on_twice(start, topic):
    workers = [start("quick") for _worker in range(3)]
    keys = [f"key-{number:03}" for number in range(300)]
    with transaction.atomic():
        outbox.put(topic, *keys)
    wait_until(is_done)
    for worker in workers:
        worker.terminate()
    seen = [key for worker in workers for key in worker.communicate(timeout=10)[0].split()]
    assert sorted(seen) == keys


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_row_that_an_open_transaction_puts_again_holds_nobody_up(topic):
    outbox.put(topic, "a", "b")
    rows = outbox._claim(topic, 10)
    is_put, may_commit = threading.Event(), threading.Event()

    def put_slowly():
        with transaction.atomic():
            outbox.put(topic, "a")
            is_put.set()
            may_commit.wait(30)
        connection.close()

    writer = threading.Thread(target=put_slowly)
    writer.start()
    try:
        assert is_put.wait(30)
        threading.Timer(0.3, may_commit.set).start()
        assert outbox._settle(rows, {}) == 1
    finally:
        may_commit.set()
        writer.join()
    assert outbox.drain(topic) == 1
    assert is_done()


# By the clock


@pytest.mark.django_db
def test_scheduled_publishing_needs_no_cron():
    home = make_home()
    home.unpublish()
    home.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    home.save_revision().publish()
    call_command("worker", "--once")
    assert not HomePage.objects.get(pk=home.pk).live

    past = timezone.now() - datetime.timedelta(minutes=1)
    revision = home.revisions.get(approved_go_live_at__isnull=False)  # as if an hour had gone by
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()
    OutboxRow.objects.filter(key="publish_scheduled").update(done_at=past)
    call_command("worker", "--once")
    assert HomePage.objects.get(pk=home.pk).live


@pytest.mark.django_db
def test_a_job_is_put_when_its_time_has_come_and_not_while_it_waits_or_is_parked():
    def minute_job(**changes):
        OutboxRow.objects.filter(key="publish_scheduled").update(**changes)
        before = OutboxRow.objects.get(key="publish_scheduled").version
        periodic.put_due()
        return OutboxRow.objects.get(key="publish_scheduled").version > before

    now = timezone.now()
    periodic.put_due()
    assert {row.key for row in outbox.pending(periodic.TOPIC)} == set(periodic.JOBS)
    assert not minute_job()
    assert not minute_job(parked_at=now)
    assert not minute_job(parked_at=None, done_at=now - datetime.timedelta(seconds=30))
    assert minute_job(done_at=now - datetime.timedelta(seconds=61))


@pytest.mark.django_db
def test_a_job_that_no_longer_exists_is_dropped():
    outbox.put(periodic.TOPIC, "of an earlier version")
    assert outbox.drain(periodic.TOPIC) == 1
