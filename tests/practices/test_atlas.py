import json
import re
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.atlas.drawing import CLOSEST, EUROPE, section
from practices.atlas.marks import HEIGHT, KEY, WIDTH, Spot, short_name, stand_off
from practices.atlas.outlines import SOURCE, meet, outlines
from practices.atlas.projection import DRAWN, project
from tests.factories import make_practice, translate

FAENZA = {"place_name": "Faenza", "country": "IT", "latitude": "44.29007", "longitude": "11.87948"}
TERRASSA = {"place_name": "Terrassa", "country": "ES", "latitude": "41.56667", "longitude": "2.01667"}
BARCELONA = {"place_name": "Barcelona", "country": "ES", "latitude": "41.38506", "longitude": "2.1734"}


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [(44.29, 11.88, (424, 564)), (41.56, 2.01, (295, 606)), (52.52, 13.405, (436, 420)), (52.0, 10.0, (400, 430))],
    ids=["Faenza", "Terrassa", "Berlin", "centre"],
)
def test_places_stand_where_the_projection_says(latitude, longitude, expected):
    x, y = project(latitude, longitude)
    assert (round(x), round(y)) == expected


def test_the_other_side_of_the_earth_is_only_far_away():
    x, y = project(-52.0, -170.0)
    assert not (DRAWN[0] <= x <= DRAWN[2] and DRAWN[1] <= y <= DRAWN[3])


# The outlines


@pytest.mark.parametrize("level", ["overview", "detail"])
def test_every_country_of_the_union_has_its_outline(level):
    members = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    members |= {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
    assert members | {"CH", "GB", "NO", "UA"} <= outlines(level).by_code.keys()


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"), [("IT", 44.29, 11.88), ("ES", 41.56, 2.01), ("DE", 52.52, 13.405)]
)
def test_outlines_and_points_share_one_frame(code, latitude, longitude):
    left, top, right, bottom = outlines().by_code[code].main
    x, y = project(latitude, longitude)
    assert left < x < right
    assert top < y < bottom
    others = [c.code for c in outlines("detail").countries if c.code in {"IT", "ES", "DE"} and _holds(c, (x, y))]
    assert others == [code]


def _holds(country, point):
    """Whether the drawn shape, read back from its path, holds the point."""
    crossings = 0
    for ring in country.path.strip("M").split("M"):
        start, steps = ring.rstrip("z").split("l")
        x, y = (int(n) for n in start.split(","))
        numbers = [int(n) for n in steps.replace("-", " -").split()]
        points = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        points = [(a / 10, b / 10) for a, b in points]
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > point[1]) != (by > point[1]) and point[0] < ax + (point[1] - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


def test_the_file_of_outlines_names_its_source_and_stays_small():
    stored = json.loads(SOURCE.read_text())
    assert "Natural Earth" in stored["source"]
    assert stored["sha256"] in (Path(__file__).parents[2] / "bin/outlines.py").read_text()
    assert len(SOURCE.read_bytes()) < 200_000


# Where marks stand


def crowd(number):
    """Places as near to each other as the towns of one valley."""
    return tuple(Spot((300 + 7 * (n % 5), 320 + 6 * (n // 5)), f"Town {n}", 1 + n % 3) for n in range(number))


def are_inside(boxes):
    return all(box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT for box in boxes)


@pytest.mark.parametrize("number", [1, 7, 24])
def test_no_mark_covers_another_or_the_key(number):
    stands = stand_off(crowd(number))
    rooms = [stand.room for stand in stands]
    for one, other in combinations([*rooms, [KEY]], 2):
        assert not any(meet(a, b) for a in one for b in other)
    for room in rooms:
        assert are_inside(room)


def test_the_same_places_always_give_the_same_drawing():
    first = stand_off(crowd(12))
    stand_off.cache_clear()
    assert stand_off(crowd(12)) == first


def test_a_mark_at_the_edge_stays_within_the_map():
    for point in [(1, 1), (599, 1), (599, 639), (1, 639), (-50, 700)]:
        (stand,) = stand_off((Spot(point, "At the edge"),))
        assert are_inside(stand.room)


def test_long_names_are_cut_beside_the_mark():
    assert short_name("Barcelona, Helsinki, European Metropolis of Lille") == "Barcelona"
    assert short_name("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch").endswith("…")
    assert short_name("Faenza") == "Faenza"


# What is seen


def test_europe_is_seen_unless_something_lies_beyond():
    assert section([], [project(44.29, 11.88)]) == pytest.approx(EUROPE, abs=1)
    left, top, right, bottom = section([], [project(64.13, -21.9)])  # Reykjavik
    x, y = project(64.13, -21.9)
    assert left < x < right
    assert top < y < bottom


@pytest.mark.parametrize("code", ["IT", "LU", "MT", "NO", "FR", "RU"])
def test_a_chosen_country_fills_the_map(code):
    left, top, right, bottom = section([code], [])
    main = outlines().by_code[code].main
    assert left >= DRAWN[0]
    assert right <= DRAWN[2]
    assert right - left >= CLOSEST
    assert (bottom - top) / (right - left) == pytest.approx(640 / 600, rel=0.01)
    assert meet((left, top, right, bottom), main)


def test_countries_that_no_outline_knows_leave_the_map_as_it_is():
    assert section(["BR", "ZZ"], []) == section([], [])


# The map beside the list


@pytest.fixture
def three(db):
    return [
        make_practice(title="One app", extent="full", **FAENZA),
        make_practice(title="Channels", **TERRASSA),
        make_practice(title="Made together", place_name="Netherlands", country="NL", territory="country"),
    ]


def atlas(client, address="/en/practices/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.context["atlas"]


def numbers(found):
    return {sign.number: sign.title for mark in found.marks for sign in mark.signs}


def test_marks_carry_the_numbers_of_the_list(client, three):
    response = client.get("/en/practices/")
    listed = {row.number: row.page.title for row in response.context["listing"].pages}
    assert numbers(response.context["atlas"]) == listed
    html = response.content.decode()
    for number, title in listed.items():
        assert f'href="#n{number}"><title>{title}</title>' in html
        assert f'<li id="n{number}">' in html


def test_the_shape_tells_what_the_mark_is_without_colour(client, three):
    signs = {sign.title: sign for mark in atlas(client).marks for sign in mark.signs}
    assert signs["One app"].css == "full"
    assert signs["Channels"].css == "brief"
    assert signs["Made together"].is_square
    assert not signs["One app"].is_square


def test_a_form_beside_each_mark_tells_the_status_and_the_key_names_it(client, three):
    for practice, status in zip(three, ("ended", "pilot", "ended"), strict=True):
        type(practice).objects.filter(pk=practice.pk).update(status=status)
    html = client.get("/en/practices/?sort=title").content.decode()
    marks = dict(re.findall(r'<title>([^<]+)</title>(?:<rect|<circle).*?href="#st-(\w+)" x', html))
    assert marks == {"One app": "ended", "Channels": "pilot", "Made together": "ended"}
    key = re.findall(r'<svg class="st" aria-hidden="true"><use href="#st-(\w+)"/></svg> (\w+)</li>', html)
    assert key == [("pilot", "Pilot"), ("ended", "Ended")]
    forms = re.findall(r'<symbol id="st-(\w+)"[^>]*>(.*?)</symbol>', html)
    assert [code for code, _drawn in forms] == ["pilot", "ended"]
    assert len({drawn for _code, drawn in forms}) == 2


def test_practices_of_one_town_share_a_line_and_keep_a_sign_each(client, three):
    make_practice(title="Second in Faenza", **FAENZA)
    found = atlas(client)
    together = [mark for mark in found.marks if len(mark.signs) == 2]
    assert [{sign.title for sign in mark.signs} for mark in together] == [{"One app", "Second in Faenza"}]
    a, b = together[0].signs
    assert abs(a.x - b.x) >= 42


def test_what_has_no_point_is_named_as_not_on_the_map(client, three):
    make_practice(title="Several cities", country="ES", place_name="Several cities")
    found = atlas(client)
    assert [entry.page.title for entry in found.without_point] == ["Several cities"]
    html = client.get("/en/practices/").content.decode()
    assert "Not on the map, no point is recorded:" in html
    assert "Several cities" in html


def test_what_lies_outside_the_frame_is_named_too(client, three):
    make_practice(title="Far away", country="BR", place_name="São Paulo", latitude="-23.5", longitude="-46.6")
    found = atlas(client)
    assert [entry.page.title for entry in found.outside] == ["Far away"]
    assert "Far away" not in numbers(found).values()


def test_a_country_zooms_and_filters_and_leads_back(client, three):
    found = atlas(client, "/en/practices/?country=IT&extent=full")
    assert list(numbers(found).values()) == ["One app"]
    assert found.view_box != atlas(client).view_box
    assert found.everywhere == "?extent=full"
    assert [link.label for link in found.countries if link.is_chosen] == ["Italy"]


def test_the_filters_of_the_list_hold_for_the_map(client, three):
    assert list(numbers(atlas(client, "/en/practices/?extent=full")).values()) == ["One app"]


def test_countries_are_shaded_by_how_many_practices_they_have(client, three):
    for title in "abc":
        make_practice(title=title, **BARCELONA)
    html = client.get("/en/practices/").content.decode()
    assert html.count('class="land n1"') == 2
    assert html.count('class="land n2"') == 1
    assert {(link.label, link.count) for link in atlas(client).countries} == {
        ("Italy", 1),
        ("Spain", 4),
        ("Netherlands", 1),
    }


def test_what_is_not_for_readers_is_nowhere_on_the_map(client, three):
    make_practice(title="Draft", live=False, **BARCELONA)
    make_practice(title="Gone", expire_at=timezone.now() - timedelta(hours=1), **BARCELONA)
    closed = make_practice(title="Closed", country="FR", latitude="48.85", longitude="2.35")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    found = atlas(client)
    assert set(numbers(found).values()) == {"One app", "Channels", "Made together"}
    assert {link.label for link in found.countries} == {"Italy", "Spain", "Netherlands"}


def test_a_subject_stands_on_the_map_once_in_the_readers_language(client, three):
    translate(three[0], "fr", title="Une application", place_name="Faenza en français")
    found = atlas(client, "/fr/practices/")
    assert sorted(numbers(found).values()) == ["Channels", "Made together", "Une application"]
    html = client.get("/fr/practices/").content.decode()
    assert '<title lang="en">Channels</title>' in html


def test_a_long_list_numbers_on_and_shows_the_rest_as_points(client, three):
    for n in range(30):
        make_practice(title=f"P{n}", place_name=f"Z{n:02d}", country="DE", latitude=str(48 + n / 10), longitude="10")
    found = atlas(client)
    assert max(numbers(found)) == 24
    assert found.dots.count("M") == 9
    second = atlas(client, "/en/practices/?page=2")
    assert min(numbers(second)) == 25


def test_hostile_values_are_no_error(client, three):
    for query in (
        "country=%00",
        "country=IT&country=IT",
        "country=<script>",
        "page=99999",
        "page=-1",
        "sort=%F0%9F%92%A5",
    ):
        assert client.get(f"/en/practices/?{query}").status_code == 200


def test_an_empty_list_has_no_map(client, db):
    from practices.models import PracticeIndexPage
    from tests.factories import make_index

    make_index(PracticeIndexPage, "practices")
    html = client.get("/en/practices/").content.decode()
    assert "atlas-map" not in html
    assert "No practice is published yet." in html


def test_the_address_of_the_map_leads_to_the_list_with_it(client, three):
    response = client.get("/fr/practices/map/?country=IT")
    assert response.status_code == 301
    assert response["Location"] == "/fr/practices/?country=IT"


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_map(client, three):
    address = "/en/practices/?extent=brief"
    before = queries(client, address)
    for n in range(6):
        make_practice(title=f"More {n}", **BARCELONA)
    assert queries(client, address) == before


# A practice in several towns

SEVERAL = [
    ("place", {"name": "Helsinki", "country": "FI", "latitude": "60.16952", "longitude": "24.93545"}),
    ("place", {"name": "Lille", "country": "FR", "latitude": "50.63297", "longitude": "3.05858"}),
]


def signs(client, address="/en/practices/"):
    html = client.get(address).content.decode()
    return re.findall(r'<a class="\w+" href="#n(\d+)"><title[^>]*>([^<]+)</title>', html)


@pytest.mark.django_db
def test_a_practice_in_several_towns_has_a_point_in_each(client):
    make_practice(title="Three", **{**BARCELONA, "place_name": "Barcelona, Helsinki, Lille"}, further_places=SEVERAL)
    make_practice(title="One", **FAENZA)
    found = signs(client)
    assert {title for _number, title in found} == {"Three: Barcelona", "Three: Helsinki", "Three: Lille", "One"}
    assert len({number for number, title in found if title.startswith("Three")}) == 1


@pytest.mark.django_db
def test_further_towns_are_enough_for_the_map(client):
    make_practice(title="Two", place_name="Cities", further_places=SEVERAL)
    assert {title for _number, title in signs(client)} == {"Two: Helsinki", "Two: Lille"}


@pytest.mark.django_db
def test_two_towns_too_near_to_be_told_apart_have_one_sign(client):
    near = [("place", {"name": "Terrassa", "country": "ES", "latitude": "41.39", "longitude": "2.18"})]
    make_practice(title="Near", **BARCELONA, further_places=near)
    assert len(signs(client)) == 1


@pytest.mark.django_db
def test_files_for_maps_have_every_town(client):
    make_practice(title="Three", **BARCELONA, further_places=SEVERAL)
    make_practice(title="One", **FAENZA)
    make_practice(title="None")
    features = json.loads(b"".join(client.get("/en/practices/geojson/").streaming_content))["features"]
    found = {feature["id"]: feature["geometry"] for feature in features}
    assert found["three"]["type"] == "MultiPoint"
    assert [round(north) for _east, north in found["three"]["coordinates"]] == [41, 60, 51]
    assert found["one"]["type"] == "Point"
    assert found["none"] is None


@pytest.mark.django_db
def test_towns_take_no_further_query(client):
    make_practice(title="First", **FAENZA, further_places=SEVERAL)
    client.get("/en/practices/?sort=title")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/practices/?sort=title")
    for number in range(4):
        make_practice(title=f"More {number}", **FAENZA, further_places=SEVERAL)
    client.get("/en/practices/?sort=title")
    with CaptureQueriesContext(connection) as many:
        client.get("/en/practices/?sort=title")
    assert len(many) == len(few)
