import pytest

from search.models import Document
from tests.factories import make_home, make_pattern, make_practice, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    make_home()
    return lambda query, language="en": client.get(f"/{language}/search/", {"q": query}).content.decode()


def test_a_passage_names_and_links_its_section(page, client):
    make_pattern(title="Watch", solution="<p>Keep the quokkas small.</p>", problem="<p>Nothing here.</p>")
    assert '<a href="/en/patterns/watch/#so">Therefore</a>: Keep the <mark>quokkas</mark> small.' in page("quokka")
    assert 'id="so"' in client.get("/en/patterns/watch/").content.decode()


def test_blocks_of_one_field_may_stand_in_several_sections(page):
    make_pattern(
        title="Watch",
        considerations=[
            ("opportunity", {"text": "Quokka chance", "editorial": True}),
            ("legal_note", {"title": "Law", "text": "Numbat law", "jurisdiction": "EU"}),
        ],
    )
    assert "/en/patterns/watch/#opp" in page("quokka")
    assert "/en/patterns/watch/#law" in page("numbat")


def test_headings_of_running_text_are_sections(page, client):
    body = [
        ("heading", "What is known"),
        ("paragraph", "<p>Of bilbies.</p>"),
        ("heading", "What is known"),
        ("paragraph", "<p>Of quokkas.</p>"),
    ]
    make_topic(title="Animals", body=body)
    assert '<a href="/en/topics/animals/#what-is-known-2">What is known</a>' in page("quokka")
    assert 'id="what-is-known-2"' in client.get("/en/topics/animals/").content.decode()


def test_a_section_is_named_in_the_language_of_the_text(page):
    make_home("fr")
    french = make_practice("fr", title="Appli", aims=[("item", "Quokkas")])
    assert Document.objects.get(page_id=french.pk).sections[0][1:] == ["aims", "Buts"]


def test_what_stands_in_no_section_links_to_the_page(page):
    make_practice(title="App", target_groups="Quokkas of the island")
    html = page("quokkas")
    assert "<mark>Quokkas</mark> of the island" in html
    assert "/app/#" not in html
