"""Loading a few files: what comes later, what points to what is gone, what was there before."""

import pytest
from wagtail.models import Locale, Page

from content.loading import load
from content.models import LoadedRecord
from library.models import NewsIndexPage, NewsPage
from portal.models import HomePage

from .conftest import NEWS

pytestmark = pytest.mark.django_db

RELATED = [{"related": {"title": "More", "pages": ["first-meeting", "second-meeting"]}}]
LINK = [{"paragraph": "See [the first](code:first-meeting)."}]
TRANSLATIONS = {
    "en/home/home.yaml": {"Guide": "Guide fr", "What it is.": "Ce que c’est.", "Welcome.": "Bienvenue."},
    "en/news/news.yaml": {"News": "Actualités", "What is new.": "Ce qui est nouveau."},
    "en/news/first-meeting.yaml": {"A first meeting": "Une première réunion", "They met.": "Ils se sont vus."},
}


def translate(tree, *names):
    for name in names or TRANSLATIONS:
        tree.po(name.replace("en/", "fr/").replace(".yaml", ".po"), TRANSLATIONS[name])


def news(code="first-meeting", language="en"):
    return NewsPage.objects.get(code=code, locale__language_code=language)


def test_a_file_that_came_later_is_loaded_later(tree):
    load(tree.root)
    tree.write("en/news/second-meeting.yaml", NEWS, body=LINK)
    load(tree.root)
    body = str(news("second-meeting").body)
    assert f'id="{news().pk}"' in str(news("second-meeting").body.raw_data[0])
    assert body
    assert not any(Page.find_problems())


def test_pages_may_point_at_each_other(tree):
    tree.write("en/news/first-meeting.yaml", NEWS, body=[{"paragraph": "See [next](code:second-meeting)."}])
    tree.write("en/news/second-meeting.yaml", NEWS, body=LINK)
    load(tree.root)
    assert f'id="{news("second-meeting").pk}"' in news().body.raw_data[0]["value"]


def test_a_reference_to_what_was_deleted_on_the_site_is_left_out(tree):
    load(tree.root)
    news().delete()
    tree.write("en/news/second-meeting.yaml", NEWS, body=[*RELATED, *LINK])
    load(tree.root)
    page = news("second-meeting")
    pages = page.body.raw_data[0]["value"]["pages"]
    assert [item["value"] for item in pages] == [page.pk]
    assert page.body.raw_data[1]["value"] == "<p>See the first.</p>"
    assert not NewsPage.objects.filter(code="first-meeting").exists()


def test_a_page_below_one_that_was_deleted_on_the_site_is_left_out_and_said(tree):
    load(tree.root)
    NewsIndexPage.objects.get().delete()
    tree.write("en/news/second-meeting.yaml", NEWS)
    notices = load(tree.root)
    assert notices == ["en/news/second-meeting.yaml: left out; its parent “news” is not there in en"]
    assert not NewsPage.objects.exists()


def test_check_loads_nothing(tree):
    load(tree.root, check=True)
    assert not HomePage.objects.exists()
    assert not LoadedRecord.objects.exists()


def test_rich_text_keeps_its_subset(tree):
    tree.write(
        "en/news/second-meeting.yaml",
        NEWS,
        body=[{"paragraph": "One **bold** and *italic*.\n\n- a [site](https://example.org)\n- b\n"}],
    )
    load(tree.root)
    assert news("second-meeting").body.raw_data[0]["value"] == (
        '<p>One <b>bold</b> and <i>italic</i>.</p><ul><li>a <a href="https://example.org">site</a></li><li>b</li></ul>'
    )


def test_tags_are_the_same_row_for_all_pages(tree):
    tree.write("en/news/first-meeting.yaml", NEWS, tags=["police", "berlin"])
    tree.write("en/news/second-meeting.yaml", NEWS, tags=["police"])
    load(tree.root)
    assert {tag.name for tag in news().tags.all()} == {"police", "berlin"}
    assert set(news("second-meeting").tags.all()) <= set(news().tags.all())


def test_a_page_written_in_french_stands_below_the_french_index(tree):
    translate(tree)
    tree.write("fr/news/reunion.yaml", {**NEWS, "title": "Réunion"})
    tree.write("en/news/first-meeting.yaml", NEWS, body=[{"paragraph": "See [Réunion](code:reunion)."}])
    load(tree.root)
    page = news("reunion", "fr")
    assert page.get_parent().specific.title == "Actualités"
    assert f'id="{page.pk}"' in news().body.raw_data[0]["value"]
    assert not NewsPage.objects.filter(code="reunion", locale__language_code="en").exists()


def test_a_page_written_in_french_waits_for_its_index(tree):
    tree.write("fr/news/reunion.yaml", {**NEWS, "title": "Réunion"})
    tree.write("en/news/first-meeting.yaml", NEWS, body=[{"paragraph": "See [Réunion](code:reunion)."}])
    assert load(tree.root) == ["fr/news/reunion.yaml: left out; its parent “news” is not there in fr"]
    assert news().body.raw_data[0]["value"] == "<p>See Réunion.</p>"
    translate(tree)
    load(tree.root)
    assert news("reunion", "fr").live


def test_only_some_languages(tree):
    translate(tree)
    load(tree.root, languages=["en"])
    assert Page.objects.filter(locale=Locale.objects.get(language_code="fr")).count() == 0
    load(tree.root, languages=["fr"])
    assert news(language="fr").live
