"""A reader's browser does nothing it was not asked to, and everything without JavaScript and with the keyboard."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.e2e.pages import one_of_each_type

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

FIRST_VIEW = ["/en/", "/en/patterns/", "/en/patterns/neighbourhood-watch/", "/en/practices/faenza-fa-tamtam/"]
MAX_BYTES, MAX_REQUESTS = 80_000, 8
COMPRESSED = ("text/", "application/javascript", "image/svg")


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def page_without_scripts(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def size(response) -> int:
    """Bytes on the wire: text as the server compresses it, fonts as they are."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body)) if kind.startswith(COMPRESSED) else len(body)


@pytest.mark.parametrize("path", FIRST_VIEW)
def test_first_view_is_light(loaded_site, live_server, page, path):
    responses = []
    page.on("response", responses.append)
    page.goto(f"{live_server.url}{path}", wait_until="networkidle")
    weight = sum(size(response) for response in responses if response.status == 200)
    assert len(responses) <= MAX_REQUESTS, [response.url for response in responses]
    assert weight <= MAX_BYTES


def test_pages_ask_nobody_else_set_no_cookie_and_keep_their_own_policy(loaded_site, live_server, page):
    host = urlsplit(live_server.url).netloc
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in one_of_each_type():
        page.goto(f"{live_server.url}{path}", wait_until="networkidle")
        if "/write/" not in path and "/accounts/" not in path:
            assert page.context.cookies() == [], path
        page.context.clear_cookies()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {host}
    assert complaints == []


def test_filtering_switching_and_searching_need_no_script(loaded_site, live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(f"{live_server.url}/en/patterns/")
    page.locator("details.filters > summary").first.click()
    page.locator('input[name="group"][value="prevent"]').check()
    page.locator("details.filters button[type=submit]").click()
    assert "group=prevent" in page.url
    assert page.locator("ul.cards article.card").count() == 1
    page.locator("details.langs > summary").click()
    page.locator('details.langs a[hreflang="fr"]').click()
    assert "/fr/patterns/" in page.url
    page.locator('form.quick input[name="q"]').fill("voisins")
    page.locator("form.quick button").click()
    assert page.locator("ol.rowcards article").count() >= 1


def test_keyboard_reaches_the_content_first(loaded_site, live_server, page):
    page.goto(f"{live_server.url}/en/patterns/neighbourhood-watch/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_visitor_writes_a_comment_that_waits_for_a_moderator(loaded_site, live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(f"{live_server.url}/en/patterns/neighbourhood-watch/")
    page.locator('a[href*="/discussion/"][href$="/write/"]').first.click()
    page.locator("textarea").fill("We tried a moderator per street, and it worked for us.")
    page.locator('input[name="name"]').fill("Anna")
    page.wait_for_timeout(4000)  # faster than a person writes is refused
    page.locator("main form button[type=submit]").first.click()
    for _step in range(2):
        if page.locator("main form button[type=submit]").count():
            page.locator("main form button[type=submit]").first.click()
    page.goto(f"{live_server.url}/en/patterns/neighbourhood-watch/")
    assert "We tried a moderator per street" not in page.content()
