import pytest
from django.db import transaction
from wagtail.models import Locale

from portal import stamps, terms
from portal.models import Term

pytestmark = pytest.mark.django_db


def test_a_stamp_that_was_never_touched_is_zero():
    assert stamps.read(["nobody"]) == {"nobody": 0}


def test_each_touch_moves_what_it_names_alone():
    stamps.touch("a", "b")
    before = stamps.read(["a", "b", "c"])
    stamps.touch("a")
    after = stamps.read(["a", "b", "c"])
    assert (after["a"] != before["a"], after["b"] == before["b"] != 0, after["c"]) == (True, True, 0)


def test_reading_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        stamps.read(["a", "b", stamps.SITE])


def test_a_touch_that_is_rolled_back_never_was():
    with transaction.atomic():
        stamps.touch(stamps.SITE)
        transaction.set_rollback(True)
    assert stamps.read([stamps.SITE, stamps.ANY]) == {stamps.SITE: 0, stamps.ANY: 0}


def test_what_was_kept_in_a_transaction_that_is_rolled_back_is_not_taken_for_what_comes_after_it():
    one, two = (
        Term.objects.create(scheme="platform", code=code, label=code, locale=Locale.objects.first())
        for code in ("one", "two")
    )
    with transaction.atomic():
        one.label = "Never committed"
        one.save()
        assert terms.labels("en")["platform", "one"] == "Never committed"
        transaction.set_rollback(True)
    two.label = "New"
    two.save()
    assert (terms.label("platform", "one"), terms.label("platform", "two")) == ("one", "New")


def test_every_touch_is_counted_as_something_that_happened():
    before = stamps.read([stamps.ANY])
    stamps.touch("a")
    assert stamps.read([stamps.ANY]) != before
