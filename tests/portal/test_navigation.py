import pytest
from wagtail.models import PageViewRestriction

from patterns.models import PatternIndexPage
from portal.models import StandardPage
from portal.navigation import forget, places
from practices.models import PracticeIndexPage
from tests.factories import _add, locale, make_home, make_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    make_home("fr")
    make_index(PatternIndexPage, "patterns", "fr")
    make_index(PracticeIndexPage, "practices")
    about = StandardPage(title="About", slug="about", code="about", summary="S", locale=locale("en"))
    _add(make_home(), about, live=True)
    emergency = StandardPage(title="Emergency", slug="emergency", code="emergency", summary="S", locale=locale("en"))
    _add(about, emergency, live=True)


def test_the_menu_leads_to_index_pages_in_the_readers_language(client, site):
    html = client.get("/fr/").content.decode()
    assert '<a href="/fr/patterns/">' in html
    assert '<a href="/fr/practices/">' in html  # not translated: the original under the reader's navigation
    assert "/workshops/" not in html


def test_the_safety_banner_stands_on_every_page_with_its_number(client, site):
    for address in ("/en/", "/fr/", "/en/patterns/", "/en/nowhere/"):
        html = client.get(address).content.decode()
        assert "<strong>112</strong>" in html
        assert '/about/emergency/">' in html


def test_closed_and_unpublished_pages_leave_the_menu_at_once(client, site):
    assert '<a href="/en/practices/">' in client.get("/en/").content.decode()
    index = PracticeIndexPage.objects.get(locale__language_code="en")
    restriction = PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert '<a href="/en/practices/">' not in client.get("/en/").content.decode()
    restriction.delete()
    index.unpublish()
    assert '<a href="/en/practices/">' not in client.get("/en/").content.decode()


def test_the_open_section_is_marked(client, site):
    html = client.get("/en/patterns/").content.decode()
    assert '<a href="/en/patterns/" aria-current="page">' in html


def test_breadcrumbs_follow_the_tree(client, site):
    crumbs = client.get("/en/about/emergency/").context["breadcrumb"]
    assert [(crumb.label, crumb.url) for crumb in crumbs] == [
        ("Home", "/en/"),
        ("About", "/en/about/"),
        ("Emergency", ""),
    ]


def test_the_directory_is_read_once_and_then_costs_one_small_query(
    rf, site, django_assert_num_queries, django_assert_max_num_queries
):
    forget()
    with django_assert_max_num_queries(4):  # stamp, restrictions, pages, site roots
        places("en", rf.get("/"))
    with django_assert_num_queries(1):
        places("en", rf.get("/"))


def test_the_language_menu_keeps_the_page_and_says_what_the_reader_will_get(client, site):
    links = client.get("/en/practices/").context["languages"]
    french = next(link for link in links if link.language == "fr")
    assert french.url == "/fr/practices/"
    assert "English" in french.note
