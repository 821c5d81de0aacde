"""Views that have an address below the page they show, such as the map of the patterns."""

import re

import pytest
from django.core.cache import caches
from wagtail.models import PageViewRestriction

from patterns.models import PatternIndexPage
from portal.views_of_pages import has_view
from tests.factories import make_home, make_index, make_news, make_pattern, translate
from tests.factories.editing import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    make_pattern(number=8, title="Watch")
    return make_index(PatternIndexPage, "patterns")


def test_a_view_has_its_address_under_every_language(client, index):
    translate(index, "fr", title="Schémas", slug="schemas")
    assert client.get("/en/patterns/map/").status_code == 200
    assert client.get("/fr/schemas/map/").status_code == 200


def test_a_language_without_the_page_shows_the_view_in_its_own_words(client, index):
    make_home("it")
    response = client.get("/it/patterns/map/")
    assert response.status_code == 200
    html = response.content.decode()
    assert '<html lang="it"' in html
    assert "1 schema" in html


def test_the_address_of_another_language_leads_to_the_readers_own(client, index):
    translate(index, "fr", title="Schémas", slug="schemas")
    response = client.get("/fr/patterns/map/?focus=DIY-08")
    assert (response.status_code, response["Location"]) == (302, "/fr/schemas/map/?focus=DIY-08")


@pytest.mark.parametrize("path", ["maps/", "map/png/", "map/svg/more/", "map/../..//x/", "watch/map/", "map%00/"])
def test_an_unknown_view_is_not_found(client, index, path):
    assert client.get(f"/en/patterns/{path}").status_code == 404


def test_a_page_without_views_has_none(client, index):
    news = make_news(title="Story")
    assert client.get(news.url + "map/").status_code == 404
    assert not has_view(type(news), "map/")
    assert has_view(PatternIndexPage, "map/")
    assert not has_view(PatternIndexPage, "nothing/")


def test_a_page_with_the_same_slug_comes_first(client, index):
    make_pattern(number=9, title="Map", slug="map")
    html = client.get("/en/patterns/map/").content.decode()
    assert "<title>Map |" in html
    assert "mapsheet" not in html


def test_a_draft_with_the_same_slug_hides_no_view(client, index):
    make_pattern(number=9, title="Map", slug="map", live=False)
    assert "mapsheet" in client.get("/en/patterns/map/").content.decode()


def test_the_breadcrumb_leads_back_to_the_page_of_the_view(client, index):
    crumbs = client.get("/en/patterns/map/").content.decode().split('class="crumbs')[1].split("</nav>")[0]
    assert '<a href="/en/patterns/">Patterns</a>' in crumbs
    assert re.search(r'aria-current="page"[^>]*>How the patterns lead to each other<', crumbs)


def test_a_view_is_its_own_canonical_page_without_what_is_chosen(client, index):
    translate(index, "fr", title="Schémas", slug="schemas")
    head = client.get("/en/patterns/map/?focus=DIY-08&group=act").content.decode().split("</head>")[0]
    assert '<link rel="canonical" href="http://testserver/en/patterns/map/">' in head
    assert 'hreflang="fr" href="http://testserver/fr/schemas/map/"' in head
    assert "<title>How the patterns lead to each other |" in head


def test_other_languages_and_other_views_keep_what_is_chosen(client, index):
    translate(index, "fr", title="Schémas", slug="schemas")
    html = client.get("/en/patterns/map/?group=act&page=2").content.decode()
    assert 'href="/fr/schemas/map/?group=act' in html
    views = html.split('class="views"')[1].split("</nav>")[0]
    assert 'href="/en/patterns/?group=act"' in views
    assert 'href="/en/patterns/matrix/?group=act"' in views
    assert views.count("aria-current") == 1
    assert 'href="/en/patterns/map/?group=act" aria-current="page"' in views


@pytest.mark.parametrize("view", ["map/", "map/svg/", "map/csv/", "matrix/", "matrix/csv/", "compare/"])
def test_the_views_of_a_closed_page_ask_to_sign_in(client, index, view):
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(f"/en/patterns/{view}")
    assert response.status_code == 302
    assert "login" in response["Location"]
    client.force_login(make_user())
    assert client.get(f"/en/patterns/{view}").status_code == 200


def test_an_unpublished_page_has_no_views(client, index):
    index.unpublish()
    assert client.get("/en/patterns/map/").status_code == 404


def test_a_kept_view_is_drawn_anew_when_something_is_published(client, index, settings):
    settings.PAGE_CACHE_SECONDS = 600
    caches["pages"].clear()
    first = client.get("/en/patterns/map/")
    assert client.get("/en/patterns/map/", headers={"if-none-match": first["ETag"]}).status_code == 304
    make_pattern(number=9, title="Newcomer")
    again = client.get("/en/patterns/map/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "Newcomer" in again.content.decode()
