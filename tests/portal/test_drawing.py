"""Bodies and lists that are drawn once: for whom, and until when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import PageViewRestriction

from patterns.models import PatternRelation
from tests.factories import make_pattern

pytestmark = pytest.mark.django_db

WATCH, LIST = "/en/patterns/watch/", "/en/patterns/"


@pytest.fixture
def watch():
    watch = make_pattern(title="Watch")
    closed = make_pattern(title="For members", number=44)
    PatternRelation.objects.create(page=watch, target=closed, type="complements", reason="They help each other.")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    return watch


@pytest.mark.parametrize("address", [WATCH, LIST])
def test_what_was_drawn_for_a_member_is_not_shown_to_others(client, watch, address):
    member = User.objects.create_user("member")
    for _time in range(2):
        client.force_login(member)
        assert "For members" in client.get(address).text
        client.logout()
        assert "For members" not in client.get(address).text


@pytest.mark.parametrize("address", [WATCH, LIST])
def test_the_next_answer_shows_what_was_published(client, watch, address):
    assert "Renamed" not in client.get(address).text
    watch.title = "Renamed"
    watch.save_revision().publish()
    assert "Renamed" in client.get(address).text


def test_a_body_is_drawn_again_on_the_next_day(client, watch, monkeypatch):
    """Consents end with the day."""
    today = client.get(WATCH).context["reading"].drawn_for
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *arguments: tomorrow)
    assert client.get(WATCH).context["reading"].drawn_for != today


def test_a_list_in_which_something_is_chosen_is_drawn_each_time(client, watch):
    assert "Watch" in client.get(LIST).text
    assert "Nothing fits" in client.get(f"{LIST}?confidence=2&group=tell").text


def test_the_body_takes_no_query_the_second_time(client, watch, django_assert_max_num_queries):
    client.get(WATCH)
    with django_assert_max_num_queries(9):
        client.get(WATCH)
