"""What ages counts the more the nearer it is to today, and never much."""

import datetime

import pytest
from django.utils import timezone

from portal import stamps
from tests.factories import make_news, make_topic, make_workshop

from .asking import titles

pytestmark = pytest.mark.django_db


def before(days):
    return timezone.localdate() - datetime.timedelta(days=days)


@pytest.fixture
def plant(put):
    """Texts that weigh alike but for their days: words are weighed by how many texts have them."""

    def write(**days):
        for number in range(6):
            put(title=f"Filler {number}", body="of no interest")
        for title, day in days.items():
            put(title=title, body="quokka in the news", happened=day)
        stamps.touch(stamps.SEARCH)  # as publishing does

    return write


def test_of_two_that_say_as_much_the_newer_comes_first(plant):
    plant(Oldest=before(2000), Newest=before(1), Older=before(500))
    assert titles("quokka") == ["Newest", "Older", "Oldest"]


def test_what_is_to_come_soon_is_as_near_as_what_was(plant):
    plant(Later=before(-400), Soon=before(-10), Before=before(100))
    assert titles("quokka") == ["Soon", "Before", "Later"]


def test_what_does_not_age_stays_where_it_is(plant):
    plant(Timeless=None, Old=before(5000))
    assert titles("quokka") == ["Timeless", "Old"]
    plant(Now=before(0))
    assert titles("quokka")[0] == "Now"


def test_a_word_in_the_title_outweighs_any_day(put, plant):
    put(title="Quokka", body="A text about it", happened=before(9000))
    plant(Today=before(0))
    assert titles("quokka") == ["Quokka", "Today"]


def test_news_and_workshops_age_and_nothing_else(engine_name):
    for number in range(8):
        make_topic(title=f"Filler {number}")
    make_topic(title="Quokka topic")
    make_news(title="Quokka tidings", date=before(3000))
    make_news(title="Quokka bulletin", date=before(2))
    assert titles("quokka")[0] == "Quokka bulletin"
    make_workshop(title="Quokka meeting", date_start=str(before(0).year), country="")
    assert set(titles("quokka")[:2]) == {"Quokka bulletin", "Quokka meeting"}


def test_a_change_of_day_counts_at_once(engine_name):
    first = make_news(title="Quokka one", date=before(0))
    make_news(title="Quokka two", date=before(300))
    assert titles("quokka") == ["Quokka one", "Quokka two"]
    first.date = before(3000)
    first.save_revision().publish()
    assert titles("quokka") == ["Quokka two", "Quokka one"]
