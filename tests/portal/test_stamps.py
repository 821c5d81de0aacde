import pytest
from django.db import transaction

from portal import stamps

pytestmark = pytest.mark.django_db


def test_a_stamp_that_was_never_touched_is_zero():
    assert stamps.read(["nobody"]) == {"nobody": 0}


def test_each_touch_counts_up():
    stamps.touch("a", "b")
    stamps.touch("a")
    assert stamps.read(["a", "b", "c"]) == {"a": 2, "b": 1, "c": 0}


def test_reading_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        stamps.read(["a", "b", stamps.SITE])


def test_a_touch_that_is_rolled_back_never_was():
    with transaction.atomic():
        stamps.touch(stamps.SITE)
        transaction.set_rollback(True)
    assert stamps.read([stamps.SITE, stamps.ANY]) == {stamps.SITE: 0, stamps.ANY: 0}


def test_every_touch_is_counted_as_something_that_happened():
    before = stamps.read([stamps.ANY])
    stamps.touch("a")
    assert stamps.read([stamps.ANY]) != before
