"""The list as a file: exactly what the reader's filters choose, safe to open, whatever its length."""

import csv
import gc
import io
import json
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from library.models import GlossaryPage, ResourceIndexPage
from portal.datasets import CHUNK, datasets
from portal.listing import PER_PAGE
from portal.signals import write_facets
from practices.models import PracticeIndexPage, PracticePage, PracticePattern
from tests.factories import (
    add_source,
    locale,
    make_index,
    make_pattern,
    make_practice,
    make_resource,
    make_workshop,
    translate,
)
from tests.factories.sections import make_glossary, make_recommendation, make_term
from workshops.models import RecommendationIndexPage, RecommendationPractice, WorkshopIndexPage

pytestmark = pytest.mark.django_db


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def rows(client, url):
    text = body(client.get(url))
    assert text.startswith("\ufeff"), "spreadsheets take a file without the mark for another encoding"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_list_as_csv_holds_exactly_what_the_filters_choose(client):
    make_pattern(number=1, title="Quarrel", group="act")
    make_pattern(number=2, title="Rumour", group="tell")
    make_pattern(number=3, title="Shout", group="act")
    assert [row["label"] for row in rows(client, "/en/patterns/csv/")] == ["DIY-01", "DIY-02", "DIY-03"]
    assert [row["title"] for row in rows(client, "/en/patterns/csv/?group=act")] == ["Quarrel", "Shout"]
    assert [row["title"] for row in rows(client, "/en/patterns/csv/?sort=title&group=tell&group=act")] == [
        *("Quarrel", "Rumour", "Shout")
    ]
    assert len(rows(client, "/en/patterns/csv/?group=nonsense&sort=%00&page=99999")) == 3


def test_rows_beyond_the_first_page_of_the_list_are_there(client):
    for number in range(PER_PAGE + 1):
        make_practice(title=f"Place {number:02d}")
    assert len(rows(client, "/en/practices/csv/")) == PER_PAGE + 1


def test_codes_have_their_labels_beside_them_in_the_readers_language(client):
    page = make_pattern(number=8, title="Lantern", group="prevent", platforms=["sms", "forum"])
    translate(page, "fr", title="Lanterne")
    (row,) = rows(client, "/fr/patterns/csv/")
    assert (row["group"], row["group_label"]) == ("prevent", "Prévenir")
    assert row["channels"] == "sms; forum"
    assert row["title"] == "Lanterne"
    assert (row["language"], row["languages"]) == ("fr", "en; fr")
    (row,) = rows(client, "/en/patterns/csv/")
    assert (row["title"], row["group_label"]) == ("Lantern", "Prevent")


def test_a_subject_without_a_translation_comes_in_its_own_language_and_says_so(client):
    make_index(PracticeIndexPage, "practices", "fr")
    make_practice(title="Only English")
    (row,) = rows(client, "/fr/practices/csv/")
    assert (row["title"], row["language"]) == ("Only English", "en")
    assert row["address"] == "http://testserver/en/practices/only-english/"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(client, start):
    make_practice(title="Safe", place_name=f"{start}HYPERLINK(1)", aims=[("item", f"{start}1+1")])
    text = body(client.get("/en/practices/csv/"))
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row["place"].startswith("'")
    assert row["aims"].startswith("'")


def test_numbers_and_dates_are_for_machines(client):
    make_practice(title="South", latitude="-33.45000", longitude="-70.66000", started="2015-06", country="CL")
    (row,) = rows(client, "/es/practices/csv/") if make_index(PracticeIndexPage, "practices", "es") else ()
    assert (row["latitude"], row["longitude"], row["started"]) == ("-33.45", "-70.66", "2015-06")
    assert (row["country"], row["country_label"]) == ("CL", "Chile")
    assert len(row["last_changed"]) == len("2026-01-01")


def test_json_and_geojson_say_the_same(client):
    make_practice(title="With a point", latitude="44.29", longitude="11.88", technology=["sms"])
    make_practice(title="Without")
    data = json.loads(body(client.get("/en/practices/json/?sort=title")))
    assert data["licence"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert [row["title"] for row in data["rows"]] == ["With a point", "Without"]
    assert data["rows"][0]["technology_label"] == ["Text messages (SMS)"]
    assert data["rows"][1]["latitude"] is None
    places = json.loads(body(client.get("/en/practices/geojson/?sort=title")))
    first, second = places["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [11.88, 44.29]}
    assert second["geometry"] is None
    assert [feature["properties"] for feature in places["features"]] == data["rows"]


def test_an_empty_list_is_an_empty_table(client):
    make_index(PracticeIndexPage, "practices")
    assert rows(client, "/en/practices/csv/") == []
    assert json.loads(body(client.get("/en/practices/json/")))["rows"] == []
    assert json.loads(body(client.get("/en/practices/geojson/")))["features"] == []


def test_every_list_can_be_taken_along_and_says_how(client):
    make_pattern(number=8)
    make_practice()
    make_workshop()
    make_resource()
    make_recommendation()
    make_glossary()
    make_term("vigilance")
    for address in ("patterns", "practices", "workshops", "resources", "recommendations", "glossary"):
        html = client.get(f"/en/{address}/").content.decode()
        assert f'href="/en/{address}/csv/"' in html, address
        assert len(rows(client, f"/en/{address}/csv/")) == 1
        assert json.loads(body(client.get(f"/en/{address}/json/")))["rows"]
    assert 'href="/en/practices/csv/?country=IT"' in client.get("/en/practices/?country=IT&page=1").content.decode()


def test_what_has_no_place_is_no_map(client):
    make_pattern()
    assert client.get("/en/patterns/geojson/").status_code == 404
    assert client.get("/en/patterns/xlsx/").status_code == 404


def test_what_is_named_is_named_by_codes_that_the_reader_may_see(client):
    pattern, hidden = make_pattern(title="Seen"), make_pattern(title="Unseen", live=False)
    practice = make_practice(title="Place")
    for place, named in enumerate([hidden, pattern]):
        PracticePattern.objects.create(page=practice, pattern=named, sort_order=place, locale=locale("en"))
    add_source(practice, make_resource(title="Book"))
    add_source(practice, make_resource(title="Closed book", live=False))
    practice.tags.add("night")
    practice.save()
    (row,) = rows(client, "/en/practices/csv/")
    assert (row["patterns"], row["sources"], row["tags"]) == ("seen", "book", "night")
    assert rows(client, "/en/patterns/csv/")[0]["practices"] == "place"


def test_a_closed_list_is_nobodys_file(client):
    page = make_practice(title="Secret place")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    for form in ("csv", "json", "geojson"):
        assert client.get(f"/en/practices/{form}/").status_code == 302


def test_the_page_cache_keeps_no_file(client, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    make_practice(title="First")
    assert len(rows(client, "/en/practices/csv/")) == 1
    make_practice(title="Second")
    response = client.get("/en/practices/csv/")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "attachment" in response.headers["Content-Disposition"]
    assert "diy-policing-practices-en.csv" in response.headers["Content-Disposition"]
    assert b"".join(response.streaming_content).count(b"\r\n") == 3


def many_practices(number):
    """As many practices as wanted, made in bulk: saving each by itself would take minutes."""
    first = make_practice(title="Place 0", aims=[("item", "Walk about. " * 40)])
    make_pattern(number=1)
    below = first.get_parent()
    pages = []
    for place in range(1, number):
        page = Page(
            title=f"Place {place}",
            slug=f"place-{place}",
            url_path=f"{below.url_path}place-{place}/",
            path=Page._get_path(below.path, below.depth + 1, place + 1),
            depth=below.depth + 1,
            content_type_id=first.content_type_id,
            locale_id=first.locale_id,
            live=True,
            last_published_at=first.last_published_at,
            first_published_at=first.first_published_at,
        )
        pages.append(page)
    Page.objects.bulk_create(pages, batch_size=500)
    table, columns = PracticePage._meta.db_table, [field.column for field in PracticePage._meta.local_concrete_fields]
    own = ", ".join(f'"{column}"' for column in columns if column not in ("page_ptr_id", "code"))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table}" (page_ptr_id, code, {own}) '
            f'SELECT %s, %s, {own} FROM "{table}" WHERE page_ptr_id = %s',
            [(page.pk, f"place-{place}", first.pk) for place, page in enumerate(pages, 1)],
        )
    Page.objects.filter(pk=below.pk).update(numchild=number)


def test_many_rows_take_no_more_memory_than_a_few_chunks(client):
    chunks = 9
    many_practices(chunks * CHUNK)
    asked = []

    def count(execute, *args):
        asked.append(None)
        return execute(*args)

    with connection.execute_wrapper(count):
        parts = iter(client.get("/en/practices/csv/").streaming_content)
        next(parts)
        next(parts)
        tracemalloc.start()
        held, lines = [], 0
        for part in parts:
            lines += part.count(b"\r\n")
            gc.collect()  # pages and their streams point at each other
            held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    assert lines == (chunks - 1) * CHUNK
    assert len(asked) <= 12 + 4 * chunks
    assert max(held[3:]) < 1.2 * max(held[:3]), f"rows stay in memory: {held}"


def test_queries_do_not_grow_with_the_rows_of_a_chunk(client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            for address in addresses:
                body(client.get(address))
        return len(queries)

    addresses = [
        "/en/patterns/csv/",
        "/en/practices/csv/",
        "/en/workshops/csv/",
        "/en/resources/csv/",
        "/en/recommendations/csv/",
        "/en/open-data/relations/csv/",
        "/en/open-data/figures/csv/",
        "/en/open-data/findings/csv/",
    ]

    def make():
        pattern, practice = make_pattern(), make_practice(figures=[("figure", FIGURE)])
        PracticePattern.objects.create(page=practice, pattern=pattern, locale=locale("en"))
        workshop = make_workshop(findings=[("finding", FINDING)])
        for page in (pattern, practice, workshop, make_recommendation()):
            add_source(page)
            write_facets(page)

    make()
    make_resource()
    count()
    before = count()
    for _time in range(3):
        make()
    body(client.get("/en/patterns/csv/"))  # reads anew what is kept until something is published
    assert count() == before


FIGURE = {"label": "Groups", "value": "40", "unit": "groups", "as_of": "2016", "qualifier": "about"}
FINDING = {"code": "F1", "kind": "legal", "strength": "many", "text": "Found.", "patterns": [], "recommendations": []}


def test_figures_and_findings_are_tables_of_their_own(client):
    make_practice(title="Place", figures=[("figure", FIGURE)])
    workshop = make_workshop(
        title="Meeting", findings=[("finding", {**FINDING, "patterns": [make_pattern(title="Walk").pk]})]
    )
    (figure,) = rows(client, "/en/open-data/figures/csv/")
    assert (figure["practice"], figure["value"], figure["as_of"], figure["qualifier"]) == (
        "place",
        "40.0",
        "2016",
        "about",
    )
    (finding,) = rows(client, "/en/open-data/findings/csv/")
    assert (finding["workshop"], finding["kind_label"], finding["patterns"]) == (workshop.code, "Law", "walk")
    assert client.get("/en/open-data/practices/csv/").status_code == 404, "it has an address of its own"
    assert client.get("/en/open-data/figures/geojson/").status_code == 404


def test_every_dataset_explains_each_of_its_columns():
    for dataset in datasets():
        names = [column.code for column in dataset.columns]
        assert len(set(names)) == len(names)
        assert all(str(column.meaning).strip() for column in dataset.columns)
    indexes = {dataset.index for dataset in datasets()}
    assert {PracticeIndexPage, WorkshopIndexPage, ResourceIndexPage, RecommendationIndexPage, GlossaryPage} <= indexes


def test_recommendations_tell_how_far_each_practice_has_come(client):
    advice = make_recommendation()
    hidden = make_practice(title="Hidden", live=False)
    for practice, status in ((make_practice(title="Far"), "tried"), (hidden, "rejected"), (make_practice(), "in_use")):
        RecommendationPractice.objects.create(page=advice, practice=practice, status=status, locale=advice.locale)
    (row,) = rows(client, "/en/recommendations/csv/")
    assert row["practices"].startswith("far")
    assert "hidden" not in row["practices"]
    assert [code.strip() for code in row["practice_status"].replace("|", ";").split(";")] == ["tried", "in_use"]
