"""A copy of a page under another language, as Wagtail can make one, is no translation: no output takes it for one.

The portal makes none; an older version, or a setting of Wagtail, may have.
"""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from patterns.models import PatternIndexPage
from portal.reading import Reading
from tests.factories import locale, make_home, make_index, make_pattern, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def pattern(db):
    """In English and Dutch, and as a live copy below the French patterns."""
    for language in ("fr", "nl"):
        make_home(language)
        make_index(PatternIndexPage, "patterns", language)
    page = make_pattern(title="Quokka watch", number=8)
    translate(page, "nl", title="Quokkawacht", slug="quokkawacht")
    copy = page.copy_for_translation(locale("fr"), alias=True)
    copy.slug, copy.live = "copie", True
    copy.save()
    assert (copy.alias_of_id, copy.locale.language_code) == (page.pk, "fr")
    call_command("rebuild_search", engine="embedded", verbosity=0)
    return page


def read(path):
    return Client().get(path, follow=True).content.decode()


def alternates(html):
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html))


def test_alternates_name_translations_alone_each_of_them_on_all_of_them(pattern):
    english, dutch = "http://testserver/en/patterns/quokka-watch/", "http://testserver/nl/patterns/quokkawacht/"
    for page in ("/en/patterns/quokka-watch/", "/nl/patterns/quokkawacht/"):
        assert alternates(read(page)) == {"en": english, "nl": dutch, "x-default": english}


def test_switcher_offers_the_page_in_french_as_not_translated(pattern, rf):
    states = {link.language: link.state for link in Reading(pattern, rf.get("/")).languages}
    assert states["fr"] == "none"
    html = read("/en/patterns/quokka-watch/")
    assert "/copie/" not in html
    assert 'href="/fr/patterns/quokka-watch/" lang="fr"' in html


def test_reader_of_french_gets_the_original_marked_as_english(pattern):
    html = read("/fr/patterns/quokka-watch/")
    assert '<div class="other-language" lang="en"' in html
    assert '<link rel="canonical" href="http://testserver/en/patterns/quokka-watch/">' in html
    assert Client().get("/fr/patterns/copie/", follow=True).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap.xml",
        "/fr/patterns/",
        "/fr/search/?q=quokka",
        "/fr/feed/",
        "/fr/feed/patterns/",
        "/fr/changes/",
        "/fr/",
    ],
)
def test_no_output_leads_to_the_copy(pattern, path):
    assert "/copie/" not in read(path)


def test_search_and_list_in_french_show_it_once_and_as_english(pattern):
    found = read("/fr/search/?q=quokka")
    assert found.count('href="/fr/patterns/quokka-watch/" hreflang="en"') == 1
    listed = read("/fr/patterns/")
    assert listed.count('href="/fr/patterns/quokka-watch/"') >= 1
    assert 'lang="en"' in listed
