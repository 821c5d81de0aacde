"""The desk on a phone, and as axe sees it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse

from library.models import TopicIndexPage
from tests.factories import make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import desk, states
from translation.models import TranslationStatus

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Wagtail's own side bar and header are not ours to judge.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def desk_page(browser, live_server, client):
    """The French desk with a row that somebody has taken, on a phone or a large screen."""
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    for title in ("Neighbourhoodwatchassociationswithaverylongname", "Lanterns at night"):
        make_topic(title=title)
    states.rebuild()
    user = make_user("Coordinators", name="a-coordinator-with-a-very-long-name-of-her-own")
    lanterns = TranslationStatus.objects.get(title="Lanterns at night", locale__language_code="fr")
    desk.take(status=lanterns, user=user)
    client.force_login(user)
    opened = []

    def open_desk(width, scheme="light", state="missing"):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        opened.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{reverse('translation_desk', args=['fr'])}?state={state}", wait_until="load")
        return page

    yield open_desk
    for context in opened:
        context.close()


def test_phone_shows_every_row_with_its_headings_and_nothing_scrolls_sideways(desk_page):
    """Row 41."""
    page = desk_page(320)
    page.locator("summary", has_text="Plan").first.click()
    too_wide = "() => [...document.querySelectorAll('html, .tdesk, .tdesk *')].filter(one => "
    too_wide += "one.scrollWidth > one.clientWidth + 1 && !['visible', 'clip', 'hidden'].includes("
    too_wide += "getComputedStyle(one).overflowX)).map(one => one.outerHTML.slice(0, 80))"
    assert page.evaluate(too_wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    row = page.get_by_role("row", name="Lanterns at night")
    assert row.get_by_role("rowheader").inner_text().startswith("Lanterns at night")
    heads = row.locator("td[data-head]").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    assert [head.replace('"', "").strip(": ") for head in heads] == ["State", "Words to do", "Since", "With whom"]
    assert page.get_by_role("columnheader").count() >= 6


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_the_desk(desk_page, width, scheme):
    """78"""
    page = desk_page(width, scheme)
    page.locator("summary", has_text="Plan").first.click()
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run('.tdesk', rules)", RULES)
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found["violations"]] == []
    assert found["passes"]


def test_desk_is_worked_with_keys_alone(desk_page):
    """78"""
    page = desk_page(1280)
    page.locator(".tdesk a").first.focus()
    for _step in range(40):
        if "Take" in page.evaluate("document.activeElement.textContent"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("You have taken").first.wait_for()
