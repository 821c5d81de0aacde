"""The outbox: what is put is done once its transaction has committed, in spite of failures and killed workers."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal import outbox
from portal.models import OutboxRow

pytestmark = pytest.mark.django_db

TOPIC = "test.work"


@pytest.fixture
def work():
    """Takes the place of a feature's handler: keeps what it was given, and does as the test says."""

    class Work:
        def __init__(self):
            self.batches = []
            self.then = lambda tasks: None

        def __call__(self, tasks):
            self.batches.append(list(tasks))
            return self.then(tasks)

        @property
        def keys(self):
            return [task.key for tasks in self.batches for task in tasks]

    handle = Work()
    outbox.handler(TOPIC, batch=10)(handle)
    yield handle
    del outbox._handlers[TOPIC]


def row(key="a"):
    return OutboxRow.objects.get(topic=TOPIC, key=key)


def make_due(**changes):
    OutboxRow.objects.filter(topic=TOPIC).update(next_try=timezone.now(), leased_until=None, **changes)


def seconds_until_next_try(key="a"):
    return round((row(key).next_try - timezone.now()).total_seconds())


# Putting


def test_nothing_is_put_when_the_transaction_is_rolled_back(work):
    with transaction.atomic():
        outbox.put(TOPIC, "a")
        transaction.set_rollback(True)
    assert outbox.drain() == 0
    assert work.keys == []


def test_a_key_put_several_times_is_worked_on_once_with_its_newest_version(work):
    outbox.put(TOPIC, "a", "b", "a")
    first = row().version
    outbox.put(TOPIC, "a")
    assert outbox.pending(TOPIC).count() == 2
    assert outbox.drain() == 2
    assert sorted(work.keys) == ["a", "b"]
    assert {task.key: task.version for task in work.batches[0]}["a"] > first


def test_the_version_grows_after_the_work_was_done_too_and_when_the_clock_goes_back(work):
    outbox.put(TOPIC, "a")
    OutboxRow.objects.update(version=row().version + 10**12)  # as if put by a clock that is days ahead
    ahead = row().version
    outbox.drain()
    outbox.put(TOPIC, "a")
    assert row().version == ahead + 1


def test_equal_keys_of_other_topics_are_other_work(work):
    others = []
    outbox.handler("test.other")(lambda tasks: others.extend(tasks))
    try:
        outbox.put(TOPIC, "a")
        outbox.put("test.other", "a")
        assert outbox.drain(TOPIC) == 1
        assert others == []
        assert outbox.pending("test.other").count() == 1
        assert outbox.drain() == 1
    finally:
        del outbox._handlers["test.other"]


def test_a_topic_that_nobody_works_on_and_a_key_that_does_not_fit_are_refused(work):
    with pytest.raises(LookupError):
        outbox.put("test.unknown", "a")
    with pytest.raises(LookupError):
        outbox.drain("test.unknown")
    with pytest.raises(ValueError, match="500"):
        outbox.put(TOPIC, "x" * 501)
    with pytest.raises(ValueError, match="already"):
        outbox.handler(TOPIC)(lambda tasks: None)


def test_a_put_and_a_drain_take_as_many_queries_for_many_keys_as_for_one(work, django_assert_num_queries):
    with django_assert_num_queries(1):
        outbox.put(TOPIC, "a")
    with django_assert_num_queries(1):
        outbox.put(TOPIC, *(f"key {number}" for number in range(9)))
    outbox.drain()
    counts = []
    for size in (1, 9):
        outbox.put(TOPIC, *(f"key {number}" for number in range(size)))
        with CaptureQueriesContext(connection) as queries:
            assert outbox.drain() == size
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


# Working


def test_rows_go_in_batches_and_no_more_than_asked_for(work):
    outbox.put(TOPIC, *(f"{number:02}" for number in range(25)))
    assert outbox.drain(limit=12) == 12
    assert [len(tasks) for tasks in work.batches] == [10, 2]
    assert outbox.drain() == 13
    assert outbox.pending(TOPIC).count() == 0


def test_a_row_put_again_while_it_is_worked_on_is_worked_on_again(work):
    def put_again(tasks):
        if len(work.batches) == 1:
            outbox.put(TOPIC, "a")

    work.then = put_again
    outbox.put(TOPIC, "a", "b")
    assert outbox.drain() == 2
    assert sorted(work.keys) == ["a", "a", "b"]
    versions = [task.version for tasks in work.batches for task in tasks if task.key == "a"]
    assert versions[0] < versions[1]


def test_a_row_put_again_while_its_work_fails_is_tried_at_once_and_from_the_start(work):
    def fail(tasks):
        outbox.put(TOPIC, "a")
        work.then = lambda tasks: None
        raise ConnectionError("not there")

    work.then = fail
    outbox.put(TOPIC, "a")
    assert outbox.drain() == 1
    assert len(work.batches) == 2


def test_a_handler_works_in_the_main_language_and_leaves_no_language_behind(work):
    seen = []

    def speak(tasks):
        seen.append(translation.get_language())
        translation.activate("it")

    work.then = speak
    with translation.override("fr"):
        outbox.put(TOPIC, "a")
        outbox.drain()
        assert translation.get_language() == "fr"
    assert seen == ["en"]


# Failing


def test_a_handler_that_raises_has_its_whole_batch_tried_again_later(work):
    def fail(tasks):
        raise ConnectionError("not there")

    work.then = fail
    outbox.put(TOPIC, "a", "b")
    assert outbox.drain() == 0
    assert len(work.batches) == 1
    assert outbox.pending(TOPIC).count() == 2
    assert row().error.startswith("ConnectionError: not there (test_outbox.py:")
    work.then = lambda tasks: None
    assert outbox.drain() == 0
    make_due()
    assert outbox.drain() == 2
    assert row().error == ""


def test_only_the_tasks_named_as_failed_are_tried_again(work):
    work.then = lambda tasks: [outbox.Failed("b", "no room")]
    outbox.put(TOPIC, "a", "b", "c")
    assert outbox.drain() == 2
    assert outbox.pending(TOPIC).get().key == "b"
    assert row("b").error == "no room"


def test_the_wait_doubles_up_to_an_hour(work):
    def fail(tasks):
        raise ConnectionError

    work.then = fail
    outbox.put(TOPIC, "a")
    waits = []
    for _time in range(14):
        outbox.drain()
        waits.append(seconds_until_next_try())
        make_due()
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[10:] == [2048, 3600, 3600, 3600]


def test_one_row_that_always_fails_does_not_take_others_along(work):
    def fail(tasks):
        if "bad" in [task.key for task in tasks]:
            raise ValueError("bad")

    work.then = fail
    outbox.put(TOPIC, "a", "bad", "c")
    for _time in range(outbox.ALONE_FROM):
        outbox.drain()
        make_due()
    assert outbox.pending(TOPIC).get().key == "bad"


def test_a_row_is_parked_after_many_attempts_until_somebody_asks_or_it_is_put_again(work):
    def fail(tasks):
        raise ConnectionError("not there")

    work.then = fail
    outbox.put(TOPIC, "a", "b")
    make_due(attempts=outbox.ATTEMPTS - 1)
    outbox.drain()
    make_due()
    work.batches.clear()
    work.then = lambda tasks: None
    assert outbox.drain() == 0
    assert work.batches == []
    assert outbox.pending(TOPIC).parked().count() == 2

    outbox.put(TOPIC, "a")
    assert outbox.drain() == 1
    assert outbox.retry(OutboxRow.objects.filter(key="b")) == 1
    assert outbox.drain() == 1


def test_errors_are_kept_without_mail_addresses(work):
    work.then = lambda tasks: [outbox.Failed("a", "refused: {'Anna.Rossi@example.org': (550, b'<anna@example.org>')}")]
    outbox.put(TOPIC, "a")
    outbox.drain()
    assert "example.org" not in row().error
    assert "550" in row().error


# Leases


def test_a_leased_row_is_left_alone_until_its_lease_ends(work):
    outbox.put(TOPIC, "a")
    assert len(outbox._claim(TOPIC, 10)) == 1  # and then its worker dies
    assert outbox.drain() == 0
    OutboxRow.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    assert outbox.drain() == 1


def test_a_row_put_again_while_leased_keeps_its_lease(work):
    outbox.put(TOPIC, "a")
    outbox._claim(TOPIC, 10)
    outbox.put(TOPIC, "a")
    assert outbox.drain() == 0


def test_a_row_that_always_kills_its_worker_is_parked(work):
    outbox.put(TOPIC, "a")
    make_due(attempts=outbox.ATTEMPTS)
    assert outbox.drain() == 0
    assert work.batches == []
    assert row().parked_at
    assert "stopped" in row().error


def test_work_that_outlived_its_lease_does_not_disturb_the_worker_that_has_it_now(work):
    outbox.put(TOPIC, "a")
    [late] = outbox._claim(TOPIC, 10)
    OutboxRow.objects.update(leased_until=timezone.now())
    [current] = outbox._claim(TOPIC, 10)
    assert outbox._settle([late], {"a": "too late"}) == 0
    assert row().leased_until == current.leased_until
    assert outbox._settle([current], {}) == 1


def test_rows_done_long_ago_are_forgotten(work):
    outbox.put(TOPIC, "a", "b", "c")
    outbox.drain()
    OutboxRow.objects.filter(key="a").update(done_at=timezone.now() - outbox.KEPT - datetime.timedelta(hours=1))
    OutboxRow.objects.filter(key="c").update(done_at=None, put_at=timezone.now() - 2 * outbox.KEPT)
    assert outbox.forget_done() == 1
    assert set(OutboxRow.objects.values_list("key", flat=True)) == {"b", "c"}
