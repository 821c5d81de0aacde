import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from patterns.models import PatternIndexPage, PatternRelation
from tests.factories import make_index, make_pattern, translate
from tests.factories.editing import make_user

pytestmark = pytest.mark.django_db


DRAWN_ANEW = "/en/patterns/map/?sort=number"  # rows that a test makes by hand publish nothing


def relate(page, target, type="may_escalate_to", reason="Roles blur."):
    return PatternRelation.objects.create(page=page, target=target, type=type, reason=reason, locale=page.locale)


@pytest.fixture
def four():
    watch = make_pattern(number=8, title="Watch", group="prevent")
    justice = make_pattern(number=2, title="Justice")
    journalism = make_pattern(number=3, title="Journalism", group="tell")
    accounts = make_pattern(number=4, title="Accounts", group="tell")
    relate(watch, justice)
    relate(journalism, justice, reason="A face is shamed.")
    relate(accounts, journalism, "larger", "Reports live there.")
    return watch, justice, journalism, accounts


def page_of(client, address="/en/patterns/map/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def wide(html):
    return html[html.index('<svg class="pmap wide"') :].split("</svg>")[0]


def drawn(html):
    return {int(number) for number in re.findall(r'aria-label="(\d+) ', wide(html))}


def test_the_map_shows_every_pattern_as_a_link_in_both_drawings(client, four):
    html = page_of(client)
    assert drawn(html) == {2, 3, 4, 8}
    assert html.count('class="pmap ') == 2
    assert html.count('<a href="/en/patterns/watch/" aria-label="08 Watch"') == 2


def test_the_lead_says_where_most_escalations_run(client, four):
    _watch, justice, _journalism, accounts = four
    assert "2 patterns may escalate to Justice (02)." in text(page_of(client, DRAWN_ANEW)).replace(" .", ".")
    assert "From there no line leads on" in text(page_of(client, DRAWN_ANEW))
    relate(justice, accounts)
    assert "It may itself escalate to 1 other." in text(page_of(client, DRAWN_ANEW))
    PatternRelation.objects.filter(type="may_escalate_to").delete()
    assert "may escalate" not in text(page_of(client, DRAWN_ANEW).split("<figure")[0])


def test_the_lead_is_said_in_the_readers_language_with_its_plurals(client, four):
    make_index(PatternIndexPage, "patterns", "fr")
    assert "2 schémas peuvent" in text(page_of(client, "/fr/patterns/map/?sort=number"))
    PatternRelation.objects.filter(page=four[0]).delete()
    assert "1 schéma peut" in text(page_of(client, "/fr/patterns/map/?sort=number"))


def test_the_same_as_a_list_says_every_relation_from_both_ends(client, four):
    listed = text(page_of(client).split('class="relindex"')[1])
    assert listed.count("Reports live there.") == 2
    assert "Larger than Journalism (03)" in listed
    assert "Part of Accounts (04)" in listed
    assert "May grow out of Journalism (03) A face is shamed." in listed


def test_what_is_not_for_all_readers_is_on_no_map(client, four):
    watch = four[0]
    draft = make_pattern(number=20, title="Hidden draft", live=False)
    closed = make_pattern(number=21, title="Closed away")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    over = make_pattern(number=22, title="Expired one", expire_at="2020-01-01T00:00Z")
    for hidden in (draft, closed, over):
        relate(watch, hidden, "complements", f"Reason of {hidden.title}")
        relate(hidden, watch, "conflicts", f"Other reason of {hidden.title}")
    for address in ("map/", "map/svg/", "map/csv/", "map/?focus=DIY-08", "map/?focus=DIY-21"):
        shown = client.get(f"/en/patterns/{address}").content.decode()
        assert "Watch" in shown
        assert not re.search("Hidden draft|Closed away|Expired one", shown), address
    member = make_user()
    client.force_login(member)
    assert drawn(page_of(client)) == {2, 3, 4, 8, 21}


def test_titles_and_reasons_are_in_the_readers_language_where_there_are_any(client, four):
    french = translate(four[0], "fr", title="Veille")
    french.relations.update(reason="Les rôles se mêlent.")
    html = page_of(client, "/fr/patterns/map/")
    assert "Veille" in wide(html)
    assert "Les rôles se mêlent." in html
    assert '<span lang="en">A face is shamed.</span>' in html
    assert 'aria-label="02 Justice" lang="en"' in html


def test_a_focus_shows_a_pattern_with_its_neighbours_only(client, four):
    html = page_of(client, "/en/patterns/map/?focus=diy-02&depth=1")
    assert drawn(html) == {2, 3, 8}
    assert 'class="node here"' in html
    assert drawn(page_of(client, "/en/patterns/map/?focus=DIY-02&depth=2")) == {2, 3, 4, 8}
    assert "Accounts" not in html.split('class="relindex"')[1]


@pytest.mark.parametrize(
    "query", ["focus=DIY-99", "focus=%00", "focus=%F0%9F%92%A5" * 9, "focus=<b>&depth=x", "depth=-1"]
)
def test_an_address_that_cannot_be_followed_says_so_and_shows_the_whole_map(client, four, query):
    html = page_of(client, f"/en/patterns/map/?{query}")
    assert drawn(html) == {2, 3, 4, 8}
    assert "mapwrong" in html
    assert "<b>" not in html.split('mapwrong">')[1].split("</p>")[0]


def test_the_filters_of_the_list_hold_for_the_map_and_its_files(client, four):
    html = page_of(client, "/en/patterns/map/?group=tell&channel=pigeon")
    assert drawn(html) == {3, 4}
    assert 'href="/en/patterns/map/csv/?group=tell&amp;channel=pigeon"' in html
    assert 'href="?group=tell&amp;channel=pigeon&amp;focus=DIY-03"' in html
    assert 'href="/en/patterns/?group=tell&amp;channel=pigeon"' in html
    rows = list(csv.reader(io.StringIO(client.get("/en/patterns/map/csv/?group=tell").content.decode("utf-8-sig"))))
    assert rows[1:] == [["DIY-04", "Accounts", "Larger than", "DIY-03", "Journalism", "Reports live there.", "en"]]


def test_filters_that_choose_nothing_offer_a_way_out(client, four):
    html = page_of(client, "/en/patterns/map/?group=find")
    assert "Nothing fits all of these filters." in html
    assert '<svg class="pmap' not in html


def test_an_empty_site_has_an_empty_map(client):
    make_index(PatternIndexPage, "patterns")
    assert "0 patterns, 0 relations" in page_of(client)


def test_the_drawing_is_a_file_of_its_own(client, four):
    response = client.get("/en/patterns/map/svg/?focus=DIY-02")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'attachment; filename="diy-policing-map-diy-02-en.svg"'
    root = ElementTree.fromstring(response.content)
    links = [link.get("href") for link in root.iter("{http://www.w3.org/2000/svg}a")]
    assert "http://testserver/en/patterns/watch/" in links
    assert b"var(--" not in response.content
    assert client.get("/en/patterns/map/svg/?focus=DIY-02").content == response.content


def test_a_formula_in_a_reason_is_no_formula_in_the_file(client, four):
    PatternRelation.objects.update(reason="=1+1")
    assert "'=1+1" in client.get("/en/patterns/map/csv/").content.decode()


def test_a_relation_that_was_stored_the_other_way_round_reads_the_same(client, four):
    PatternRelation.objects.all().delete()
    relate(four[1], four[0], "escalates_from", "Turned.")
    rows = client.get("/en/patterns/map/csv/").content.decode().splitlines()
    assert rows[1:] == ["DIY-08,Watch,May escalate to,DIY-02,Justice,Turned.,en"]
    assert page_of(client, DRAWN_ANEW).count("Turned.") == 2


def test_two_patterns_with_one_number_are_both_on_the_map(client, four):
    french = translate(make_pattern(number=30, title="Only English"), "fr", title="Seul")
    other = make_pattern("fr", number=2, title="Autre deux")
    relate(other, french, "complements")
    labels = re.findall(r'aria-label="(\d+ [^"]+)"', wide(page_of(client, "/fr/patterns/map/")))
    assert {"02 Justice", "02 Autre deux"} <= set(labels)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(f"{address}{'&' if '?' in address else '?'}sort=number")
    return len(found)


def test_a_letter_that_xml_does_not_know_does_not_spoil_the_file(client):
    make_pattern(number=2, title="Two\x0blines")
    root = ElementTree.fromstring(client.get("/en/patterns/map/svg/").content)
    assert "Two lines" in " ".join("".join(root.itertext()).split())


@pytest.mark.parametrize("address", ["map/", "map/?focus=DIY-08", "map/csv/", "map/svg/"])
def test_twice_as_many_patterns_take_as_many_queries(client, four, address):
    before = queries(client, f"/en/patterns/{address}")
    for number in range(40, 44):
        relate(make_pattern(number=number), four[0], "complements")
    assert queries(client, f"/en/patterns/{address}") == before


def test_the_page_of_a_pattern_leads_to_its_place_on_the_map(client, four):
    html = client.get("/en/patterns/watch/").content.decode()
    assert 'href="/en/patterns/map/?focus=DIY-08"' in html
    assert 'href="/en/patterns/compare/?p=DIY-08"' in html
