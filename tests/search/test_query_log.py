"""Searches are counted by day without a trace of who asked."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal import outbox, periodic
from search import query_log
from search.models import QueryCount
from tests.factories import make_home, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waits():
    query_log._waiting.clear()


@pytest.fixture
def ask(client):
    make_home()

    def get(query, language="en", **parameters):
        assert client.get(f"/{language}/search/", {"q": query, **parameters}).status_code in (200, 302)

    return get


def counted():
    query_log.write()
    rows = QueryCount.objects.order_by("query", "bucket", "filtered")
    return [(row.query, row.bucket, row.filtered, row.count) for row in rows]


def test_searches_are_counted_by_how_much_they_found(ask):
    for number in range(4):
        make_topic(title=f"Quokka {number}")
    ask("Quokka")
    ask(" QUOKKA ")
    ask("zebra")
    assert counted() == [("quokka", 2, False, 2), ("zebra", 0, False, 1)]
    ask("quokka")
    assert counted()[0] == ("quokka", 2, False, 3)
    assert QueryCount.objects.first().day == timezone.localdate()
    assert {field.name for field in QueryCount._meta.fields} == {
        "id", "day", "language", "query", "bucket", "filtered", "count",
    }  # fmt: skip


def test_a_filter_without_results_is_kept_apart_from_a_gap(ask):
    make_topic(title="Quokka")
    ask("quokka", type="pattern")
    ask("quokka")
    assert counted() == [("quokka", 0, True, 1), ("quokka", 1, False, 1)]


def test_other_pages_of_the_same_search_and_feeds_and_empty_ones_do_not_count(ask, client):
    for number in range(25):
        make_topic(title=f"Quokka {number}")
    ask("quokka", page=2)
    ask("")
    client.head("/en/search/", {"q": "quokka"})
    client.get("/en/search/feed/", {"q": "quokka"})
    assert counted() == []


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org",
        "ada@intranet",
        "ada [at] example [dot] org",
        "06 12 34 56 78",
        "+31 20 123 4567",
        "call 020-1234567",
        "BE68 5390 0754 7034",
        "85.07.30-033.28",
        "case 2024/1234567",
        "x" * 81,
    ],
)
def test_what_looks_like_personal_data_is_not_kept_even_in_memory(ask, text):
    ask(text)
    assert not query_log._waiting
    assert counted() == []


@pytest.mark.parametrize("text", ["DIY-08", "2016-2019", "article 12.3", "wijk 1017"])
def test_ordinary_numbers_are_kept(ask, text):
    ask(text)
    assert [row[0] for row in counted()] == [text.lower()]


def test_searches_of_those_who_may_read_more_are_not_counted(ask, client):
    closed = make_topic(title="Quokka closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    ask("quokka")
    client.force_login(get_user_model().objects.create_user("member"))
    ask("quokka")
    assert counted() == [("quokka", 0, False, 1)]


def test_a_search_waits_for_no_write(ask):
    with CaptureQueriesContext(connection) as captured:
        ask("zebra")
    assert not [query for query in captured.captured_queries if "querycount" in query["sql"]]


def test_counts_wait_when_the_database_does_not_take_them(ask, monkeypatch):
    ask("zebra")

    def locked(counts):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    with monkeypatch.context() as patched:
        patched.setattr(query_log, "_add", locked)
        query_log.write()
    assert counted() == [("zebra", 0, False, 1)]


def test_a_flood_of_invented_searches_is_bounded(ask, monkeypatch):
    monkeypatch.setattr(query_log, "MOST_WAITING", 2)
    for text in ("a1", "a2", "a3", "a1"):
        ask(text)
    assert counted() == [("a1", 0, False, 2), ("a2", 0, False, 1)]


@pytest.mark.django_db(transaction=True)
def test_the_process_writes_by_itself(ask, settings):
    settings.QUERY_REPORT_SECONDS = 0.05
    ask("zebra")
    timer = query_log._timer[0]
    timer.join(10)
    assert QueryCount.objects.get().query == "zebra"
    assert not query_log._timer


def test_counts_are_forgotten_after_ninety_days_by_the_clock():
    today = timezone.localdate()
    for age in (1, 90, 91):
        day = today - datetime.timedelta(days=age)
        QueryCount.objects.create(day=day, language="en", query=str(age), bucket=0, count=5)
    outbox.put(periodic.TOPIC, "forget_old_searches")
    outbox.drain(periodic.TOPIC)
    assert set(QueryCount.objects.values_list("query", flat=True)) == {"1", "90"}
