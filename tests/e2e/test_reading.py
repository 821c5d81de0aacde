"""A reader's browser does nothing it was not asked to, and everything without scripts and with the keyboard."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from patterns.models import PatternPage
from tests.community.test_reading import fill
from tests.e2e.pages import longest_of_each_type, views

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

PATTERN = "/en/patterns/neighbourhood-watch/"
PRACTICES = "/en/practices/"  # the list with the map beside it
FIRST_VIEW = ["/en/", "/en/patterns/", PATTERN, PRACTICES, f"{PRACTICES}faenza-fa-tamtam/", "/en/search/?q=police"]
MAX_BYTES, MAX_REQUESTS = 80_000, 8
COMPRESSED = ("text/", "application/javascript", "image/svg")
# Where the keyboard is, and whether one sees it there.
FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {name: here.tagName, text: here.textContent.trim().slice(0, 40), href: here.getAttribute('href'),
          seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width * box.height > 0};
}"""


def weight(response):
    """Bytes on the wire: text as the server compresses it, fonts as they are."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body)) if kind.startswith(COMPRESSED) else len(body)


def test_first_view_is_light(loaded_site, live_server, window):
    fill(PatternPage.objects.get(slug="neighbourhood-watch", locale__language_code="en"), 20)
    for path in FIRST_VIEW:
        page, responses = window(), []
        page.on("response", lambda response, responses=responses: responses.append(response))
        page.goto(f"{live_server.url}{path}", wait_until="networkidle")
        weights = {response.url: weight(response) for response in responses if response.status == 200}
        assert 2 <= len(responses) <= MAX_REQUESTS, weights
        assert sum(weights.values()) <= MAX_BYTES, weights


def test_pages_ask_nobody_else_set_no_cookie_and_keep_their_own_policy(loaded_site, live_server, page):
    host = urlsplit(live_server.url).netloc
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in [*longest_of_each_type(), *views()]:
        page.goto(f"{live_server.url}{path}", wait_until="load")
        if "/write/" not in path and "/accounts/" not in path:
            assert page.context.cookies() == [], path
        page.context.clear_cookies()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {host}
    assert complaints == []


def test_filtering_switching_and_searching_need_no_script(loaded_site, live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(f"{live_server.url}/en/patterns/")
    page.locator('input[name="group"][value="prevent"]').check()
    with page.expect_navigation(url="**group=prevent*"):
        page.locator(".filters button[type=submit]").click()
    expect(page.locator("ul.cards article.card")).to_have_count(1)
    page.locator("details.langs > summary").click()
    with page.expect_navigation(url="**/fr/patterns/*"):
        page.locator('details.langs a[hreflang="fr"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator('header input[name="q"]').fill("voisins")
    with page.expect_navigation(url="**/fr/search/*"):
        page.locator('header input[name="q"]').press("Enter")
    expect(page.locator("ol.rowcards article").first).to_be_visible()
    expect(page.locator("ol.rowcards mark").first).to_be_visible()


def test_filters_of_a_phone_are_folded_until_asked_for(loaded_site, live_server, window):
    page = window(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page.goto(f"{live_server.url}/en/patterns/")
    page.locator(".filters > summary").click()
    page.locator('input[name="group"][value="prevent"]').check()
    with page.expect_navigation():
        page.locator(".filters button[type=submit]").click()
    expect(page.locator('.filters input[value="prevent"]')).to_be_hidden()
    assert page.locator("article.card").bounding_box()["y"] < 900


def tab_stops(page, most):
    for _stop in range(most):
        page.keyboard.press("Tab")
        yield page.evaluate(FOCUS)


def test_keyboard_reaches_the_content_first_and_is_seen_everywhere(loaded_site, live_server, page):
    page.goto(f"{live_server.url}{PATTERN}")
    stops = list(tab_stops(page, 25))
    assert stops[0]["href"] == "#main"
    assert [stop for stop in stops if not stop["seen"]] == []
    page.goto(f"{live_server.url}{PATTERN}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("width", "menu"), [(360, "menu"), (1280, "langs")])
def test_menus_open_with_the_keyboard(loaded_site, live_server, window, width, menu):
    page = window(viewport={"width": width, "height": 700})
    page.goto(f"{live_server.url}{PATTERN}")
    summary = page.locator(f"details.{menu} > summary")
    link = page.locator(f"details.{menu} a").first
    expect(link).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.activeElement.closest('details.{menu}') !== null")


# The words of headings and large numbers that stand on more than one line.
BROKEN = """() => [...document.querySelectorAll('main :is(h1, h2, .num)')].flatMap(heading => {
  const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), broken = [];
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) broken.push(word[0]);
    }
  }
  return broken;
})"""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_of_a_heading_breaks(loaded_site, live_server, window, width):
    page = window(viewport={"width": width, "height": 700})
    broken = {}
    for path in [*longest_of_each_type("en"), *longest_of_each_type("fr"), "/fr/patterns/renseignement-citoyen/"]:
        page.goto(f"{live_server.url}{path}")
        if words := page.evaluate(BROKEN):
            broken[path] = words
    assert broken == {}
