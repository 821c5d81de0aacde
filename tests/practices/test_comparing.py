import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.models import Organisation, Person
from practices.models import PracticeContact, PracticePattern
from tests.factories import locale, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return [
        make_practice(
            title="One app",
            code="faenza",
            place_name="Faenza",
            country="IT",
            extent="full",
            status="running",
            started="2015",
            ended="2018-06",
            initiative=["co_produced"],
            aims=[("item", "Talk to each other.")],
            outcomes=[("result", {"text": "More groups."}), ("cost", {"item": "training", "text": "Not counted."})],
            criteria=[
                ("criterion", {"criterion": "problem_described", "verdict": "yes", "text": "People felt unsafe."})
            ],
        ),
        make_practice(
            title="Channels",
            code="terrassa",
            place_name="Terrassa",
            country="ES",
            extent="full",
            status="running",
            started_note="No start date in the source.",
            initiative=["top_down"],
            outcomes=[("side_effect", {"text": "False news."})],
        ),
    ]


def compared(client, query="p=faenza&p=terrassa", language="en"):
    response = client.get(f"/{language}/practices/compare/?{query}")
    assert response.status_code == 200
    return response.context["comparison"]


def said(comparison):
    return {
        row.label: tuple("|".join(cell.plain) if not cell.is_silent else f"[{cell.gap}]" for cell in row.cells)
        for section in comparison.sections
        for row in section.rows
    }


def test_rows_come_in_the_order_of_the_good_practice_check(client, two):
    parts = [section.label for section in compared(client).sections]
    assert parts == ["Place and people", "Problem", "How it works", "What came of it", "Before you copy it", "Patterns"]
    first = [section.rows[0].label for section in compared(client).sections[1:5]]
    assert first[0] == "The problem is described"
    assert first[3] == "Others could repeat it from this page"


def test_each_row_has_what_each_side_says_and_where_it_is_silent(client, two):
    rows = said(compared(client))
    assert rows["Country"] == ("Italy", "Spain")
    assert rows["Started"] == ("2015 to June 2018", "[No start date in the source.]")
    assert rows["Aims"] == ("Talk to each other.", "[not reported]")
    assert rows["Side effects"] == ("[not reported]", "False news.")
    assert rows["Costs"] == ("Training: Not counted.", "[not reported]")
    assert rows["The problem is described"] == ("Yes|People felt unsafe.", "[not checked]")
    assert rows["Good-practice check"] == ("1 of 4", "[not checked]")


def test_gaps_and_who_is_silent_are_printed(client, two):
    html = client.get("/en/practices/compare/?p=faenza&p=terrassa").content.decode()
    assert '<span class="gap">No start date in the source.</span>' in html
    assert '<span class="why">one side silent</span>' in html
    assert '<span class="why">both silent</span>' in html


def test_what_is_alike_is_folded_and_counted(client, two):
    comparison = compared(client)
    assert [row.label for row in comparison.alike] == ["Status"]
    html = client.get("/en/practices/compare/?p=faenza&p=terrassa").content.decode()
    assert 'href="#alike"' in html


def test_sides_are_called_by_place_unless_two_share_one(client, two):
    assert [side.title for side in compared(client).sides] == ["Faenza", "Terrassa"]
    make_practice(title="Second", code="second", place_name="Faenza")
    assert [side.title for side in compared(client, "p=faenza&p=second").sides] == ["One app", "Second"]


def test_three_fit_and_a_fourth_is_left_out_by_name(client, two):
    for code in ("third", "fourth"):
        make_practice(title=code.title(), code=code, place_name=code.title())
    comparison = compared(client, "p=faenza&p=terrassa&p=third&p=fourth")
    assert [side.title for side in comparison.sides] == ["Faenza", "Terrassa", "Third"]
    html = client.get("/en/practices/compare/?p=faenza&p=terrassa&p=third&p=fourth").content.decode()
    assert "Left out: Fourth." in html


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("p=faenza&p=nowhere", "There is no “nowhere” to compare."),
        ("p=faenza&p=faenza", "This one is chosen already."),
        ("p=faenza&p=", "Choose one here too"),
        ("p=faenza&p=%00%3Cscript%3E", "There is no “"),
        (f"p=faenza&p={'x' * 3000}", "There is no “xxx"),
        ("&".join(f"p=n{n}" for n in range(60)), "Only 3 can be compared at once."),
    ],
    ids=["unknown", "same", "one", "hostile", "endless", "many"],
)
def test_a_choice_that_cannot_be_compared_says_why(client, two, query, message):
    response = client.get(f"/en/practices/compare/?{query}")
    assert response.status_code == 200
    assert response.context["comparison"] is None
    html = response.content.decode()
    assert message in html
    assert "<script>" not in html


def test_without_a_choice_there_is_the_form_alone(client, two):
    response = client.get("/en/practices/compare/")
    html = response.content.decode()
    assert not response.context["picker"].has_errors
    assert '<option value="faenza">One app</option>' in html


def test_the_list_has_a_box_for_each_and_a_practice_leads_to_the_form(client, two):
    html = client.get("/en/practices/").content.decode()
    assert 'action="/en/practices/compare/"' in html
    assert '<input type="checkbox" name="p" value="faenza">' in html
    assert 'href="/en/practices/compare/?p=faenza"' in client.get("/en/practices/one-app/").content.decode()
    assert '<option value="faenza" selected>' in client.get("/en/practices/compare/?p=faenza").content.decode()


def test_what_is_compared_is_ticked_on_the_list(client, two):
    html = client.get("/en/practices/?p=faenza&p=%00").content.decode()
    assert '<input type="checkbox" name="p" value="faenza" checked>' in html
    assert '<input type="checkbox" name="p" value="terrassa">' in html


def test_what_readers_may_not_see_is_as_unknown_as_what_does_not_exist(client, two):
    make_practice(title="Draft", code="draft", live=False)
    PageViewRestriction.objects.create(page=two[1], restriction_type=PageViewRestriction.LOGIN)
    for code in ("draft", "terrassa"):
        response = client.get(f"/en/practices/compare/?p=faenza&p={code}")
        assert response.context["comparison"] is None
        html = response.content.decode()
        assert f"There is no “{code}”" in html
        assert "Channels" not in html
        assert "Draft" not in html


def test_contacts_are_in_no_comparison(client, two):
    person = Person.objects.create(name="Monica Contact")
    PracticeContact.objects.create(page=two[0], person=person)
    assert "Monica Contact" not in client.get("/en/practices/compare/?p=faenza&p=terrassa").content.decode()


def test_a_translation_is_compared_and_another_language_is_marked(client, two):
    translate(two[0], "fr", title="Une application", place_name="Faenza", target_groups="Voisins")
    html = client.get("/fr/practices/compare/?p=faenza&p=terrassa").content.decode()
    assert "Voisins" in html
    assert 'lang="en">False news.' in html
    assert "Italie" in html


def test_patterns_are_links_and_drafts_are_left_out(client, two):
    watch, hidden = make_pattern(number=8, title="Watch"), make_pattern(number=9, title="Hidden", live=False)
    for pattern in (watch, hidden):
        PracticePattern.objects.create(page=two[0], pattern=pattern, locale=locale("en"))
    html = client.get("/en/practices/compare/?p=faenza&p=terrassa").content.decode()
    assert '<a class="pn" href="/en/patterns/watch/"><span>Watch</span> (08)</a>' in html
    assert "Hidden" not in html


def test_the_table_can_be_taken_along_with_its_gaps(client, two):
    response = client.get("/en/practices/compare/csv/?p=faenza&p=terrassa")
    assert response["Content-Disposition"] == 'attachment; filename="diy-policing-faenza-terrassa-en.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][3:] == ["Faenza", "Terrassa"]
    started = next(row for row in rows if row[1] == "Started")
    assert started[2:] == ["one side silent", "2015 to June 2018", "[No start date in the source.]"]


def test_a_file_of_nothing_is_the_page_that_says_so(client, two):
    response = client.get("/en/practices/compare/csv/?p=faenza&p=nowhere")
    assert response["Content-Type"].startswith("text/html")
    assert "There is no “nowhere”" in response.content.decode()


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_what_is_said(client, two):
    address = "/en/practices/compare/?p=faenza&p=terrassa"
    two[0].lead_organisation = Organisation.objects.create(name="Union", code="union", kind="municipality")
    two[0].save()
    PracticePattern.objects.create(page=two[0], pattern=make_pattern(title="P0"), locale=locale("en"))
    before = queries(client, address)
    for n in range(1, 5):
        make_practice(title=f"More {n}")
        PracticePattern.objects.create(page=two[0], pattern=make_pattern(title=f"P{n}"), locale=locale("en"))
    two[0].outcomes = [("result", {"text": f"Result {n}"}) for n in range(6)]
    two[0].save()
    assert queries(client, address) == before
