from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.fields import PartialDate, span
from portal.timeline import Event
from portal.timestrip import LEFT, RIGHT, WIDTH, strip
from practices.models import PracticeIndexPage
from tests.factories import make_index, make_practice, make_resource, make_workshop, translate
from tests.factories.sections import make_call

ADDRESS = "/en/practices/timeline/"


def lines(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return [(one.event.when, one.label, one.event.title) for one in response.context["timeline"].events]


@pytest.fixture
def some(db):
    return {
        "workshop": make_workshop(title="Berlin", date_start="2017-01-10", country="DE", place_name="Berlin"),
        "call": make_call(title="Join in", opens="2016-06", closes="2016-07"),
        "practice": make_practice(title="One app", started="2015", ended="2018", country="IT", place_name="Faenza"),
        "undated": make_practice(title="Channels", country="ES", started_note="No date in the source."),
        "report": make_resource(title="A report", csl_type="report", year=2018),
        "article": make_resource(title="An article", csl_type="article", year=2016),
    }


def test_events_of_all_sections_come_in_one_order_and_the_undated_last(client, some):
    assert lines(client) == [
        ("2015", "Practice", "One app"),
        ("June 2016 to July 2016", "Call", "Join in"),
        ("10 January 2017", "Workshop", "Berlin"),
        ("2018", "Report", "A report"),
        ("2018", "Practice", "One app"),
        ("", "Practice", "Channels"),
    ]


def test_events_are_grouped_by_year_and_the_undated_are_named(client, some):
    response = client.get(ADDRESS)
    assert [year for year, _events in response.context["timeline"].years] == [2015, 2016, 2017, 2018]
    html = response.content.decode()
    assert html.count('<h3 class="num">') == 4
    assert "<h3>No date in the source</h3>" in html
    assert "No date in the source." in html


def test_start_and_end_of_a_practice_are_told_apart(client, some):
    html = client.get(ADDRESS).content.decode()
    assert "Practice, started" in html
    assert "Practice, ended" in html
    assert html.count('class="dot open"') == 1


def test_marks_lead_to_their_entries(client, some):
    response = client.get(ADDRESS)
    html = response.content.decode()
    for one in response.context["timeline"].events:
        assert f'id="e{one.number}"' in html
        assert (f'href="#e{one.number}"' in html) == bool(one.event.start)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=workshop", ["Berlin"]),
        ("kind=call&kind=report", ["Join in", "A report"]),
        ("country=IT", ["One app", "One app"]),
        ("country=IT&country=DE&kind=workshop", ["Berlin"]),
        ("country=IT&kind=call", []),
    ],
)
def test_country_and_kind_choose(client, some, query, titles):
    assert [title for _when, _label, title in lines(client, f"{ADDRESS}?{query}")] == titles


def test_counts_of_a_filter_leave_out_its_own_choice(client, some):
    kinds, countries = client.get(f"{ADDRESS}?country=IT&kind=workshop").context["timeline"].groups
    assert {option.value: option.count for option in kinds.options} == {"practice": 2, "workshop": 0}
    assert {option.value: option.count for option in countries.options} == {"DE": 1, "IT": 0}


def test_hostile_values_are_no_error(client, some):
    everything = len(lines(client))
    for query in ("kind=%00", "kind=<script>", "country=ZZ", "country=%F0%9F%92%A5", "page=x"):
        assert len(lines(client, f"{ADDRESS}?{query}")) == everything


def test_what_is_not_for_readers_is_not_on_the_timeline(client, some):
    gone = timezone.now() - timedelta(hours=1)
    for make, fields in [
        (make_workshop, {"date_start": "2014"}),
        (make_practice, {"started": "2014"}),
        (make_call, {"opens": "2014"}),
        (make_resource, {"csl_type": "report", "year": 2014}),
    ]:
        make(title="Draft", live=False, **fields)
        make(title="Gone", expire_at=gone, **fields)
        closed = make(title="Closed", **fields)
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert not {title for _when, _label, title in lines(client)} & {"Draft", "Gone", "Closed"}
    html = client.get(ADDRESS).content.decode()
    assert "2014" not in html


def test_each_subject_is_there_once_in_the_readers_language(client, some):
    translate(some["workshop"], "fr", title="Berlin en français")
    html = client.get("/fr/practices/timeline/").content.decode()
    assert html.count("Berlin en français") == 2  # strip and list
    assert 'lang="en">One app</a>' in html
    assert "Italie" in html


def test_without_events_the_page_says_so(client, db):
    make_index(PracticeIndexPage, "practices")
    html = client.get(ADDRESS).content.decode()
    assert "Nothing with a date is published yet." in html
    assert "timestrip" not in html


def test_the_number_of_queries_does_not_grow_with_the_events(client, some):
    def queries():
        client.get(f"{ADDRESS}?page=1")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}?page=1")
        return len(captured)

    before = queries()
    for year in range(2010, 2015):
        make_workshop(date_start=str(year))
        make_practice(started=str(year))
        make_call(opens=str(year))
        make_resource(csl_type="report", year=year)
    assert queries() == before


# The strip


def event(start, end=None, title="Event", lane="a"):
    return Event(lane, title, "/", "en", PartialDate(start), PartialDate(end) if end else None)


def drawn(*events):
    return strip(list(enumerate(events, 1)), {"a": "A", "b": "B"})


def test_a_line_is_as_long_as_the_date_is_unknown():
    marks = drawn(event("2015"), event("2016-06"), event("2017-01-10")).lanes[0].marks
    lengths = [mark.last - mark.first for mark in marks]
    year = (WIDTH - LEFT - RIGHT) / 3
    assert lengths[0] == pytest.approx(year, abs=1)
    assert lengths[1] == pytest.approx(year / 12, abs=2)
    assert lengths[2] <= 1


def test_a_span_goes_from_its_first_to_its_last_day():
    (mark,) = drawn(event("2018", "2020")).lanes[0].marks
    assert (mark.first, mark.last) == (LEFT, WIDTH - RIGHT)


def test_marks_of_one_time_stand_under_each_other():
    marks = drawn(*[event("2016-06", title=str(n)) for n in range(4)]).lanes[0].marks
    assert len({mark.y for mark in marks}) == 4


def test_lanes_do_not_meet_and_what_has_no_room_is_counted():
    found = drawn(*[event("2016", title=str(n)) for n in range(20)], event("2016", lane="b"))
    assert found.left_out == 12
    assert max(mark.y for mark in found.lanes[0].marks) < min(mark.y for mark in found.lanes[1].marks)
    assert max(mark.y for mark in found.lanes[1].marks) < found.height


@pytest.mark.parametrize("years", [("0001", "9999"), ("2016", "2016"), ("1900", "2026-12-31")])
def test_any_length_of_time_fits(years):
    found = drawn(event(years[0]), event(years[1]))
    assert all(LEFT <= mark.x <= WIDTH for mark in found.lanes[0].marks)
    places = [x for _year, x in found.years]
    assert all(b - a >= 50 for a, b in pairwise(places))


def test_an_end_before_its_start_is_no_error():
    assert drawn(event("2018", "2015")).lanes[0].marks


def test_spans_are_said_in_words():
    assert span(PartialDate("2018"), PartialDate("2020")) == "2018 to 2020"
    assert span(PartialDate("2018"), PartialDate("2018")) == "2018"
    assert span(PartialDate("2018"), None) == "2018"
