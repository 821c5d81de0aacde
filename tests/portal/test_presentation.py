import datetime
import io
import json

import pytest
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page

from portal.links import page_links
from portal.models import Consent, PortalImage, StandardPage
from portal.overview import coverage, news
from portal.reading import Reading, reading
from portal.richtext import page_ids, render
from tests.factories import _add, locale, make_home, make_pattern, make_practice, make_topic, translate

pytestmark = pytest.mark.django_db


def link(page, words="here"):
    return f'<p>See <a linktype="page" id="{page.pk}">{words}</a>.</p>'


def test_rich_text_links_lead_to_the_readers_language():
    page = make_pattern(title="Watch")
    translate(page, "fr", title="Veille", slug="veille")
    html = link(page)
    assert page_ids(html) == {page.pk}
    assert render(html, page_links([page.pk], "fr"), "fr") == '<p>See <a href="/fr/patterns/veille/">here</a>.</p>'
    shown = render(html, page_links([page.pk], "nl"), "nl")
    assert shown == '<p>See <a href="/nl/patterns/watch/" hreflang="en">here</a>.</p>'


def test_a_link_to_a_page_that_nobody_may_see_is_plain_text():
    page = make_pattern(live=False)
    assert render(link(page), page_links([page.pk], "en"), "en") == "<p>See here.</p>"


def test_a_page_known_only_in_the_readers_language_is_still_found():
    page = make_pattern(title="Watch")
    translate(page, "fr", title="Veille", slug="veille")
    page.unpublish()
    assert page_links([page.pk], "fr")[page.pk].title == "Veille"
    assert page_links([page.pk], "en") == {}


def test_links_take_one_query_however_many_types(django_assert_num_queries):
    pages = [make_pattern(), make_topic(), make_topic(), make_pattern()]
    page_links([pages[0].pk], "en")  # content types are known to the process from then on
    page_links([pages[1].pk], "en")
    with django_assert_num_queries(2):  # and the restrictions
        assert len(page_links([page.pk for page in pages], "en")) == 4


def test_the_reading_of_a_page_is_made_once_for_a_request(rf):
    page, request = make_pattern(), rf.get("/en/")
    assert reading(page, request) is reading(page, request)
    assert reading(page, rf.get("/en/")) is not reading(page, request)


def test_language_states(rf):
    page = make_pattern(title="Watch")
    french = translate(page, "fr", title="Veille")
    french.translation_state.is_original = False
    french.translation_state.behind_since = "2026-01-02T00:00:00Z"
    french.translation_state.save()
    states = {link.language: link.state for link in Reading(page, rf.get("/")).languages}
    assert states == {"en": "original", "fr": "behind"} | dict.fromkeys(("nl", "de", "it", "es", "ca"), "none")


def image_file():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "PNG")
    return ImageFile(io.BytesIO(buffer.getvalue()), name="table.png")


def test_an_image_is_shown_only_while_its_consent_is_valid(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    consent = Consent.objects.create(code="c", subject="s", kind="photo", scope="x", given_on="2020-01-01")
    image = PortalImage.objects.create(
        title="T", file=image_file(), description="Two people", credit="Ana", licence="CC BY 4.0", consent=consent
    )
    block = {"image": image.pk, "decorative": False, "alt_text": "Two people at a table"}
    page = StandardPage(title="About", slug="about", code="about", summary="S", locale=locale("en"))
    page.body = json.dumps([{"type": "image", "value": block}])
    _add(make_home(), page, live=True)
    html = client.get("/en/about/").content.decode()
    assert 'alt="Two people at a table"' in html
    assert "Ana, CC BY 4.0" in html
    Consent.objects.update(withdrawn_on="2021-01-01")
    assert "Ana, CC BY 4.0" not in client.get("/en/about/").content.decode()


def test_body_blocks_become_sections_with_anchors_of_their_own(rf):
    page = StandardPage(title="About", slug="about", code="about", summary="S", locale=locale("en"))
    page.body = json.dumps(
        [
            {"type": "paragraph", "value": "<p>First.</p>"},
            {"type": "heading", "value": "Why"},
            {"type": "table", "value": {"caption": "C", "header": ["A", "B"], "rows": [["1", ""]]}},
            {"type": "heading", "value": "Why"},
        ]
    )
    _add(make_home(), page, live=True)
    found = Reading(StandardPage.objects.get(), rf.get("/")).sections
    assert [(section.anchor, section.title) for section in found] == [("", ""), ("why", "Why"), ("why-2", "Why")]
    assert found[1].parts[0].rows == ((("A", "1"), ("B", "")),)


def test_coverage_counts_published_pages_of_each_language(rf):
    page = make_pattern()
    translate(page, "fr")
    translate(page, "nl", live=False)
    rows = {row.code: row for row in coverage(Reading(make_home(), rf.get("/")))}
    assert rows["en"].pages == rows["en"].total == rows["fr"].pages == 3
    assert rows["de"].state == "none"


def test_what_changed_names_the_last_days_first_and_of_a_day_what_readers_come_for(rf):
    about = StandardPage(title="About", slug="about", code="about", summary="S", locale=locale("en"))
    privacy = StandardPage(title="Privacy", slug="privacy", code="privacy", summary="S", locale=locale("en"))
    _add(_add(make_home(), about, live=True), privacy, live=True)
    topic, pattern, practice = make_topic(title="Topic"), make_pattern(title="Pattern"), make_practice(title="Practice")
    second, newer = make_pattern(title="Second pattern"), make_topic(title="Newer topic")
    make_topic(title="Draft", live=False)
    make_topic(title="Closed").view_restrictions.create(restriction_type="login")
    day = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)
    changed = {privacy: 8, topic: 7, pattern: 6, second: 6, practice: 5, newer: 24}
    for page, hours in changed.items():
        Page.objects.filter(pk=page.pk).update(last_published_at=day + datetime.timedelta(hours=hours))
    Page.objects.filter(title="Closed").update(last_published_at=day + datetime.timedelta(days=2))
    titles = [item.title for item in news(Reading(make_home(), rf.get("/")))]
    assert titles == ["Newer topic", "Pattern", "Second pattern", "Topic", "Practice", "Privacy"]
