import csv
import io
import re

import pytest
from wagtail.models import PageViewRestriction

from patterns.models import PatternIndexPage
from tests.factories import make_index, make_pattern, translate

from .test_map import queries, text

pytestmark = pytest.mark.django_db


def use(half, name, strength, tools=()):
    return {"type": half, "value": {"use": name, "strength": strength, "tools": list(tools), "note": ""}}


@pytest.fixture
def watch():
    uses = [use("institutional", "engagement", "core"), use("citizen", "watchdogs", "tension")]
    return make_pattern(number=8, title="Watch", group="prevent", uses=uses, platforms=["forum", "sms"])


@pytest.fixture
def justice():
    return make_pattern(number=2, title="Justice", uses=[use("institutional", "enforcement", "supporting")])


def page_of(client, address="/en/patterns/matrix/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cells(html):
    """The class of each cell by pattern and use."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return {
        re.search(r"</span><span[^>]*>([^<]+)</span></a></th>", row)[1]: {
            label: kind.split()[0] for kind, label in re.findall(r'<td class="([^"]+)" data-h="([^"]+)"', row)
        }
        for row in body.split("<tr ")[1:]
    }


def test_each_cell_says_how_the_pattern_belongs_to_the_use(client, watch, justice):
    found = cells(page_of(client))
    assert list(found) == ["Justice", "Watch"]
    assert len(found["Watch"]) == 8
    assert found["Watch"]["Communicate and engage"] == "core"
    assert found["Watch"]["Watch the authorities"] == "tension"
    assert found["Watch"]["Enforce the law"] == "nil"
    assert found["Justice"]["Enforce the law"] == "supporting"


def test_cells_and_heads_lead_to_the_list_of_their_use(client, watch):
    html = page_of(client)
    assert html.count('<a href="/en/patterns/?use=engagement">') == 3  # head, cell, what it covers
    assert "core use" in text(html.split("<tbody>")[1])
    assert client.get("/en/patterns/?use=engagement").context["listing"].total == 1


def test_the_foot_counts_core_uses(client, watch, justice):
    foot = page_of(client).split("<tfoot>")[1].split("</tfoot>")[0]
    assert re.findall(r">(\d+)</td>", foot) == ["0", "1", "0", "0", "0", "0", "0", "0"]


def test_channels_name_their_patterns(client, watch, justice):
    table = text(page_of(client).split('class="channels"')[1])
    assert "Text messages (SMS) 08 Watch 1" in table
    assert "Website" not in table


def test_what_is_not_for_all_readers_is_in_no_matrix(client, watch):
    make_pattern(number=20, title="Hidden draft", live=False, platforms=["website"])
    closed = make_pattern(number=21, title="Closed away", platforms=["website"])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for address in ("matrix/", "matrix/csv/"):
        shown = client.get(f"/en/patterns/{address}").content.decode()
        assert "Watch" in shown
        assert not re.search("Hidden draft|Closed away", shown)


def test_each_pattern_stands_once_in_the_readers_language(client, watch, justice):
    translate(watch, "fr", title="Veille")
    html = page_of(client, "/fr/patterns/matrix/")
    assert list(cells(html)) == ["Justice", "Veille"]
    assert '<span lang="en">Justice</span>' in html
    assert 'data-h="Communiquer et mobiliser"' in html


def test_the_filters_of_the_list_hold_for_the_matrix_and_its_file(client, watch, justice):
    html = page_of(client, "/en/patterns/matrix/?group=act&group=nonsense")
    assert list(cells(html)) == ["Justice"]
    assert "matrix/csv/?group=act&amp;group=nonsense" in html
    rows = list(csv.reader(io.StringIO(client.get("/en/patterns/matrix/csv/?group=act").content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows] == [["Number", "Pattern"], ["DIY-02", "Justice"]]
    assert rows[1][rows[0].index("By institutions: Enforce the law")] == "supporting"


def test_nothing_to_show_is_said(client, watch):
    assert "Nothing fits all of these filters." in page_of(client, "/en/patterns/matrix/?group=find")


def test_an_empty_site_has_an_empty_matrix(client):
    make_index(PatternIndexPage, "patterns")
    assert "0 patterns, 8 uses" in page_of(client)


@pytest.mark.parametrize("address", ["matrix/", "matrix/csv/"])
def test_twice_as_many_patterns_take_as_many_queries(client, watch, address):
    before = queries(client, f"/en/patterns/{address}")
    for number in range(40, 44):
        make_pattern(number=number, uses=watch.uses, platforms=["forum"])
    assert queries(client, f"/en/patterns/{address}") == before
