import pytest
from django.utils import translation

from search.operators import taken_out
from tests.factories import make_home, make_practice
from tests.search.hidden import SECRET, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tagged():
    make_home()
    page = make_practice(title="Quokka app", country="IT")
    page.tags.add("Night watch")
    page.save_revision().publish()


@pytest.mark.parametrize(
    ("text", "rest", "filters"),
    [
        ("quokka country:it", "quokka", {"country": ["IT"]}),
        ("country:Italy quokka app", "quokka app", {"country": ["IT"]}),
        ('country:"united kingdom" x', "x", {"country": ["GB"]}),
        ("country:uk COUNTRY:IT country:it", "", {"country": ["GB", "IT"]}),
        ("type:pattern type:Practices x", "x", {"type": ["pattern", "practice"]}),
        ("tag:night-watch", "", {"tag": ["night-watch"]}),
        ("tag:“Night Watch” “a phrase”", '"a phrase"', {"tag": ["night-watch"]}),
    ],
)
def test_names_and_codes_become_filters(text, rest, filters):
    assert taken_out(text) == (rest, filters)


def test_names_in_the_readers_language_and_in_english_are_known():
    with translation.override("fr"):
        assert taken_out("country:Italie type:pratique")[1] == {"country": ["IT"], "type": ["practice"]}
        assert taken_out("country:Italy")[1] == {"country": ["IT"]}
        assert taken_out("country:Etats-Unis")[1] in ({}, {"country": ["US"]})


@pytest.mark.parametrize("text", ["country:Nowhere", "type:", "tag:zebra", "title:quokka", "xcountry:it", "a:tag:b"])
def test_what_names_nothing_stays_as_words(text):
    assert taken_out(text) == (text, {})


def test_a_tag_of_hidden_pages_alone_is_not_known():
    draft()
    assert taken_out(f"tag:{SECRET}") == (f"tag:{SECRET}", {})


def test_many_of_them_are_no_work():
    assert taken_out("tag:zebra " * 400)[1] == {}


def test_the_page_leads_to_the_address_with_the_filters(client):
    response = client.get("/en/search/", {"q": "quokka country:Italy", "type": "practice", "page": "3"})
    assert response.status_code == 302
    assert response["Location"] == "/en/search/?q=quokka&type=practice&country=IT"
    html = client.get(response["Location"]).content.decode()
    assert 'value="IT" checked' in html
    assert "<mark>Quokka</mark> app" in html
    assert client.get("/en/search/", {"q": "country:Nowhere"}).status_code == 200
