"""Every page names a feed that is there: its section's, or the whole site's."""

import re

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from wagtail.models import PageViewRestriction

from patterns.models import PatternIndexPage
from portal.models import StandardPage
from tests.factories import locale, make_home, make_index, make_pattern, make_practice, make_workshop, translate

pytestmark = pytest.mark.django_db


def feed_of(client, url):
    found = re.search(r'type="application/atom\+xml" href="([^"]*)"', client.get(url).content.decode())
    return found and found[1]


def test_a_page_and_its_section_name_the_feed_of_the_section(client):
    page = make_pattern(title="Lantern")
    for url in (page.get_url(), page.get_parent().get_url()):
        assert feed_of(client, url) == "/en/feed/patterns/"
    assert b"Lantern" in client.get("/en/feed/patterns/").content


def test_a_section_is_known_by_its_type_not_by_its_address(client):
    page = make_pattern()
    french = translate(page, "fr", title="Lanterne")
    section = PatternIndexPage.objects.get(locale=locale("fr"))
    section.slug = "motifs"
    section.save_revision().publish()
    french.refresh_from_db()
    assert french.url.startswith("/fr/motifs/")
    assert feed_of(client, french.url) == "/fr/feed/patterns/"
    assert b"Lanterne" in client.get("/fr/feed/patterns/").content


def test_pages_without_a_section_name_the_feed_of_the_site(client):
    home = make_home()
    about = home.add_child(instance=StandardPage(title="About", slug="about", code="about", summary="S"))
    below = about.add_child(instance=StandardPage(title="Privacy", slug="privacy", code="privacy", summary="S"))
    for url in ("/en/", about.url, below.url):
        assert feed_of(client, url) == "/en/feed/"


def test_a_page_in_another_language_names_the_feed_of_the_readers(client):
    page = make_pattern(title="Lantern")
    make_home("fr")
    make_home("nl")
    assert feed_of(client, page.url.replace("/en/", "/fr/")) == "/fr/feed/"
    translate(page.get_parent().specific, "nl", title="Patronen")
    assert feed_of(client, page.url.replace("/en/", "/nl/")) == "/nl/feed/patterns/"


def test_there_is_no_feed_of_what_is_closed_or_unknown(client):
    make_pattern()
    section = make_index(PatternIndexPage, "patterns")
    for name in ("home", "glossary", "lanterns", "workshops"):
        assert client.get(f"/en/feed/{name}/").status_code == 404
    assert client.get("/fr/feed/").status_code == 404
    section.view_restrictions.create(restriction_type="login")
    assert client.get("/en/feed/patterns/").status_code == 404
    assert client.get("/en/feed/").status_code == 200


def alternates(client, url):
    return re.findall(r'type="application/atom\+xml" href="([^"]*)"', client.get(url).content.decode())


def test_a_country_has_a_feed_over_all_sections(client):
    make_practice(title="Forlì", country="IT")
    make_practice(title="Terrassa", country="ES", further_countries=["IT"])
    make_practice(title="Lyon", country="FR")
    make_workshop(title="Faenza meets", country="IT")
    make_practice(title="Draft", country="IT", live=False)
    ended = make_workshop(title="Ended", country="IT")
    type(ended).objects.filter(pk=ended.pk).update(expire_at=timezone.now())
    closed = make_practice(title="Closed", country="IT")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_home("fr")
    translate(closed, "fr", title="Fermé", live=False)
    text = client.get("/en/feed/country/it/").content.decode()
    assert set(re.findall(r"<entry>.*?<title>([^<]+)", text, re.S)) == {"Forlì", "Terrassa", "Faenza meets"}
    assert "Italy: what changed" in text
    assert "Italie" in client.get("/fr/feed/country/it/").content.decode()


@pytest.mark.parametrize("country", ["de", "xx", "zzz", "1"])
def test_a_country_without_pages_has_no_feed(client, country):
    make_practice(country="IT")
    assert client.get(f"/en/feed/country/{country}/").status_code == 404


def test_one_page_leads_to_every_feed_and_each_is_there(client):
    make_practice(title="Forlì", country="IT").tags.add("x")
    make_pattern()
    hidden = make_workshop(country="DE", live=False)
    page = client.get("/en/follow/").content.decode()
    feeds = re.findall(r'href="(/en/[^"]*feed/[^"]*)"', page)
    assert {"/en/feed/", "/en/changes/feed/", "/en/feed/patterns/", "/en/feed/practices/"} <= set(feeds)
    assert "/en/feed/country/it/" in feeds
    assert "/en/feed/country/de/" not in feeds, hidden
    assert {client.get(url).status_code for url in feeds} == {200}
    assert "/en/follow/" in client.get("/en/").content.decode(), "linked from every page"


def test_a_language_without_pages_of_its_own_still_answers(client):
    make_practice(title="Forlì", country="IT")
    page = client.get("/ca/follow/").content.decode()
    for url in re.findall(r'href="(/ca/[^"]*feed/[^"]*)"', page):
        assert client.get(url).status_code == 200, url


def test_a_filtered_list_and_a_tag_name_their_own_feed(client):
    page = make_practice(title="Forlì", country="IT")
    page.tags.add("night")
    page.save()
    make_practice(title="Lyon", country="FR")
    own, section = alternates(client, "/en/practices/?country=IT")
    assert (own, section) == ("/en/practices/feed/?country=IT", "/en/feed/practices/")
    assert b"Lyon" not in client.get(own).content
    assert alternates(client, "/en/practices/") == ["/en/feed/practices/"]
    assert alternates(client, "/en/tags/night/") == ["/en/tags/night/feed/"]


def test_the_page_of_feeds_takes_the_same_queries_for_any_number_of_countries(client, django_assert_max_num_queries):
    def queries():
        client.get("/en/follow/")
        with django_assert_max_num_queries(100) as counted:
            client.get("/en/follow/")
        return len(counted)

    make_practice(country="IT")
    few = queries()
    for country in ("FR", "DE", "ES", "NL"):
        make_practice(country=country)
    assert queries() == few


def test_a_letter_that_xml_does_not_know_stops_no_feed(client):
    change = ("change", {"date": "2026-01-02", "kind": "content", "text": "Two\x0blines."})
    make_pattern(title="Lantern\x0bwatch", slug="lantern", code="lantern", summary="A \x07bell.", change_notes=[change])
    for url in ("/en/feed/", "/en/feed/patterns/", "/en/patterns/feed/", "/en/changes/feed/"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Lantern watch" in "".join(ElementTree.fromstring(answer.content).itertext())
