"""What changed: one log of the site, and feeds of lists and tags."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import navigation
from tests.factories import make_home, make_news, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def note(text, kind="content", date="2026-02-03"):
    return ("change", {"date": date, "kind": kind, "text": text})


def entries(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry")]


def test_the_log_tells_what_was_added_and_what_was_corrected(client):
    make_pattern(title="Lantern", change_notes=[note("A new example."), note("A wrong date.", "correction")])
    text = client.get("/en/changes/").content.decode()
    assert text.count('href="/en/patterns/lantern/"') == 3, "two notes, and that it is new"
    assert "A new example." in text
    assert '<time datetime="2026-02-03">' in text
    only = client.get("/en/changes/?kind=correction").content.decode()
    assert "A wrong date." in only
    assert "A new example." not in only


def test_bad_parameters_show_the_log(client):
    make_pattern(title="Lantern", change_notes=[note("A new example.")])
    for query in ("?kind=nonsense", "?kind=%00", "?page=9999", "?page=x", "?kind=minor&page=-1"):
        assert client.get(f"/en/changes/{query}").status_code == 200
    assert "Show everything" in client.get("/en/changes/?kind=minor").content.decode()


def test_the_log_is_in_the_readers_language(client):
    page = make_pattern(title="Lantern", change_notes=[note("A new example.")])
    translate(page, "fr", title="Lanterne", change_notes=[note("Un nouvel exemple.")])
    make_practice(title="Only here", change_notes=[note("Not yet said in French.")])
    text = client.get("/fr/changes/").content.decode()
    assert "Un nouvel exemple." in text
    assert "A new example." not in text
    assert "Not yet said in French." in text
    assert 'lang="en"' in text


def test_the_newest_change_comes_first_and_long_logs_have_pages(client):
    notes = [note(f"Change {number:02d}.", date=f"2025-01-{number % 28 + 1:02d}") for number in range(70)]
    make_pattern(title="Lantern", change_notes=[*notes, note("The last.", date="2030-01-01")])
    first = client.get("/en/changes/?kind=content").content.decode()
    assert first.index("The last.") < first.index("Change 27.")
    assert 'rel="next" href="?kind=content&amp;page=2"' in first
    assert "Change 00." in client.get("/en/changes/?kind=content&page=2").content.decode()


def test_the_log_takes_as_many_queries_for_many_pages(client):
    def count():
        navigation.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/changes/")
        return len(queries)

    def make():
        make_pattern(change_notes=[note("One.")])
        make_practice(change_notes=[note("Two.")])

    make()
    count()
    before = count()
    make()
    make()
    assert count() == before


def test_the_log_has_a_feed(client):
    make_pattern(title="Lantern", change_notes=[note("A new example.")])
    assert entries(client, "/en/changes/feed/") == ["Lantern: New page", "Lantern: New content"]
    assert b'href="/en/changes/feed/"' in client.get("/en/changes/").content


def test_an_entry_of_the_feed_keeps_its_id_when_a_note_comes_before_it(client):
    def ids():
        feed = ElementTree.fromstring(client.get("/en/changes/feed/").content)
        return {entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}

    page = make_pattern(title="Lantern", change_notes=[note("A new example.")])
    before = ids()
    page.change_notes.insert(0, note("Said first.", date="2026-02-04"))
    page.save_revision().publish()
    assert len(before) == 2
    assert len(ids()) == 3
    assert before < ids()


def test_a_filtered_list_is_a_feed_of_its_own(client):
    make_practice(title="In Italy", country="IT", change_notes=[note("Longer now.")])
    make_practice(title="In Spain", country="ES")
    assert entries(client, "/en/practices/feed/?country=IT") == ["In Italy"]
    assert set(entries(client, "/en/practices/feed/")) == {"In Italy", "In Spain"}
    feed = client.get("/en/practices/feed/?country=IT").content.decode()
    assert "Practices, Italy: what changed" in feed
    assert "Longer now." in feed
    assert 'href="/en/practices/feed/?country=IT"' in client.get("/en/practices/?country=IT").content.decode()


def test_a_tag_has_a_feed_in_every_language(client):
    page = make_news(title="Told")
    page.tags.add("night")
    page.save_revision().publish()
    make_news(title="Not tagged")
    make_home("fr")
    assert entries(client, "/en/tags/night/feed/") == ["Told"]
    assert entries(client, "/fr/tags/night/feed/") == ["Told"]
    assert b'href="/en/tags/night/feed/"' in client.get("/en/tags/night/").content
    assert client.get("/en/tags/day/feed/").status_code == 404
