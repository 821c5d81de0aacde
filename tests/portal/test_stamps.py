import pytest

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
