"""Dates in readers' calendars, as a calendar program reads them."""

import datetime

import icalendar
import pytest

from tests.factories import make_workshop
from tests.factories.sections import make_call

pytestmark = pytest.mark.django_db


def events(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return response, icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_a_workshop_of_two_days_ends_after_the_second(client):
    make_workshop(title="Berlin", date_start="2017-01-10", date_end="2017-01-11", place_name="Berlin", venue="Hall 1")
    _response, (event,) = events(client, "/en/workshops/berlin/calendar/")
    assert event.decoded("dtstart") == datetime.date(2017, 1, 10)
    assert event.decoded("dtend") == datetime.date(2017, 1, 12)
    assert str(event["location"]) == "Hall 1, Berlin, Germany"
    assert str(event["url"]) == "http://testserver/en/workshops/berlin/"
    assert "VALUE=DATE" in event.to_ical().decode()


@pytest.mark.parametrize(
    ("known", "first", "after"),
    [
        ("2017-02", "2017-02-01", "2017-03-01"),
        ("2016-12", "2016-12-01", "2017-01-01"),
        ("2017", "2017-01-01", "2018-01-01"),
    ],
)
def test_a_date_known_in_part_is_all_of_it_and_says_so(client, known, first, after):
    make_workshop(title="Some time", date_start=known)
    _response, (event,) = events(client, "/en/workshops/some-time/calendar/")
    assert event.decoded("dtstart").isoformat() == first
    assert event.decoded("dtend").isoformat() == after
    assert "The day is not known." in str(event["description"])
    assert str(event["transp"]) == "TRANSPARENT"


def test_text_is_escaped_and_folded(client):
    title = "Ateliers; l’été, et \\ la suite: " + "très longue " * 12
    make_workshop(title=title, slug="long", code="long", summary="One.\nATTENDEE:mailto:x@example.org\nTwo")
    response, (event,) = events(client, "/en/workshops/long/calendar/")
    assert str(event["summary"]) == title
    assert "attendee" not in event
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in response.content.replace(b"\r\n", b"")


@pytest.mark.parametrize("last", ["9999", "9999-12-31"])
def test_an_end_as_far_as_calendars_go_stops_no_calendar(client, last):
    make_workshop(title="Without end", date_start="2020-05-04", date_end=last)
    for url in ("/en/calendar/", "/en/workshops/calendar/", "/en/workshops/without-end/calendar/"):
        _response, (event,) = events(client, url)
        assert event.decoded("dtend") == datetime.date(9999, 12, 31)


def test_the_name_of_a_calendar_is_one_line_of_text(client):
    make_workshop(title="One, two;\nATTENDEE:mailto:x@example.org\rThree", slug="named", code="named")
    response, (_event,) = events(client, "/en/workshops/named/calendar/")
    assert response.content.count(b"\r") == response.content.count(b"\n") == len(response.content.splitlines())
    assert b"X-WR-CALNAME:One\\, two\\;" in response.content


def test_the_calendar_of_the_list_follows_its_filters(client):
    make_workshop(title="Here", country="DE")
    make_workshop(title="There", country="FR")
    make_workshop(title="Undated", date_start="")
    _response, found = events(client, "/en/workshops/calendar/?country=FR")
    assert [str(event["summary"]) for event in found] == ["There"]
    assert len(events(client, "/en/workshops/calendar/")[1]) == 2
    assert client.get("/en/workshops/undated/calendar/").status_code == 404
    assert b"calendar/" not in client.get("/en/workshops/undated/").content.split(b"<main")[1].split(b"</main")[0]


def test_calls_stand_on_the_day_they_close_and_all_dates_in_one_calendar(client):
    make_call(title="Join", opens="2016-06", closes="2016-07-31")
    make_call(title="Write", opens="2016-06-01")
    make_workshop(title="Berlin")
    _response, found = events(client, "/en/calendar/")
    assert {str(event["summary"]) for event in found} == {"Call closes: Join", "Call opens: Write", "Berlin"}
    assert len({str(event["uid"]) for event in found}) == 3
    assert len(events(client, "/en/news/calendar/")[1]) == 2


def test_a_page_with_a_date_offers_it(client):
    make_workshop(title="Berlin")
    assert b'href="/en/workshops/berlin/calendar/"' in client.get("/en/workshops/berlin/").content
    assert b'href="/en/workshops/calendar/"' in client.get("/en/workshops/").content
