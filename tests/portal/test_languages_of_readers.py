"""What readers of a translation are told when its original changes, and that nobody gets what was kept for readers of
another language.
"""

import pytest
from defusedxml import ElementTree
from django.core.cache import caches
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from library.models import TopicIndexPage
from portal import navigation
from practices.models import PracticeIndexPage
from tests.factories import make_home, make_index, make_pattern, make_practice, make_topic, translate
from tests.translation.remembering import edit, finish, submit, sync

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_on(settings):
    settings.PAGE_CACHE_SECONDS = 3600
    caches["pages"].clear()
    navigation.forget()
    yield
    caches["pages"].clear()
    navigation.forget()


def read(path, language=""):
    headers = {"accept-language": language} if language else {}
    return Client().get(path, headers=headers)


@pytest.fixture
def notice():
    """What a French page that is behind says: as the catalogue has it."""
    with translation.override("fr"):
        text = gettext("This translation is behind: the original changed on %(date)s.")
    assert text != "This translation is behind: the original changed on %(date)s."
    return text.partition("%(date)s")[0]


def test_notice_of_a_changed_original_comes_at_once_and_goes_with_the_new_translation(notice):
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    page = make_topic(title="Photos", summary="About it.")
    french = finish(submit(page))
    assert notice not in read(french.url).text
    edit(page, summary="About something else.")
    behind = read(french.url).text
    assert notice in behind
    assert f'href="/en/topics/{page.slug}/" hreflang="en"' in behind
    finish(sync(submit(page)), "Nouveau mot")
    assert notice not in read(french.url).text
    edit(page, summary="And once more.")
    assert notice in read(french.url).text
    edit(page, summary="About something else.")
    assert notice not in read(french.url).text  # changed back, nothing is behind


@pytest.fixture
def pattern():
    for language in ("fr", "nl"):
        make_home(language)
    page = make_pattern(number=8, title="Neighbourhood watch")
    translate(page, "fr", title="Surveillance", slug="surveillance")
    return page


def test_page_that_is_kept_is_that_of_its_language_whatever_the_browser_asks_for(pattern):
    paths = {"en": "/en/patterns/neighbourhood-watch/", "fr": "/fr/patterns/surveillance/"}
    for _first_and_from_the_cache in range(2):
        for language, path in paths.items():
            for asked in ("nl", "en", "fr"):
                answer = read(path, asked)
                assert answer.headers["Content-Language"] == language
                assert f'<html lang="{language}"' in answer.text
    fallback = read("/nl/patterns/neighbourhood-watch/", "fr")
    assert (fallback.headers["Content-Language"], '<html lang="nl"' in fallback.text) == ("en", True)


@pytest.mark.parametrize("path", ["/", "/p/DIY-08"])
def test_address_without_a_language_asks_the_browser_each_time_and_says_so_to_caches(pattern, path):
    for _first_and_again in range(2):
        for language in ("fr", "en", "nl"):
            answer = read(path, language)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith(f"/{language}/")
            assert "Accept-Language" in answer.headers["Vary"]


XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entries(path):
    """The language that the feed says it has, and that of each of its entries, by title."""
    feed = ElementTree.fromstring(read(path).content)
    atom = "{http://www.w3.org/2005/Atom}"
    own = feed.get(XML_LANG)
    return own, {one.find(f"{atom}title").text: one.get(XML_LANG, own) for one in feed.iter(f"{atom}entry")}


@pytest.mark.parametrize(
    "path", ["/fr/practices/feed/", "/fr/feed/country/it/", "/fr/tags/night/feed/", "/fr/search/feed/?q=lanterns"]
)
def test_entry_of_a_feed_that_is_not_translated_says_in_which_language_it_is(path):
    make_home("fr")
    make_index(PracticeIndexPage, "practices", "fr")
    for title in ("Lanterns", "Lanterns again"):
        page = make_practice(title=title, country="IT")
        page.tags.add("night")
        page.save_revision().publish()
    french = translate(page, "fr", title="Lanternes", slug="lanternes", summary="Lanterns, encore.")
    french.tags.add("night")
    french.save_revision().publish()
    assert entries(path) == ("fr", {"Lanterns": "en", "Lanternes": "fr"})


def test_feed_of_a_section_is_in_one_language():
    make_home("fr")
    make_index(PracticeIndexPage, "practices", "fr")
    make_practice(title="Lanterns")
    translate(make_practice(title="Bells"), "fr", title="Cloches", slug="cloches")
    language, found = entries("/fr/feed/practices/")
    assert (language, set(found.values())) == ("fr", {"fr"})
    assert "Cloches" in found
    assert "Lanterns" not in found
