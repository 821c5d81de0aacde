"""Search as you type: with the keyboard, and not at all until somebody types."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

BOX = 'header input[name="q"]'
OPTIONS = "header [role=option]"
STATE = """() => {
  const box = document.activeElement, meant = box.getAttribute('aria-activedescendant');
  return {role: box.getAttribute('role'), expanded: box.getAttribute('aria-expanded'), value: box.value,
          list: document.getElementById(box.getAttribute('aria-controls'))?.getAttribute('role'),
          meant: meant && document.getElementById(meant)?.getAttribute('aria-selected')};
}"""


def typed(page, url, text):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    page.goto(url, wait_until="networkidle")
    page.locator(BOX).click()
    assert asked == []
    page.keyboard.type(text, delay=20)
    page.locator(OPTIONS).first.wait_for()
    return asked


def test_a_suggestion_is_chosen_with_the_keyboard(loaded_site, live_server, page):
    asked = typed(page, f"{live_server.url}/en/patterns/", "neighb")
    assert len(asked) < len("neighb")  # not one for each key, though a busy machine types slowly
    number = page.locator(OPTIONS).count()
    assert page.locator("header [role=status]").text_content().startswith(str(number))
    assert page.evaluate(STATE) == {
        "role": "combobox",
        "expanded": "true",
        "value": "neighb",
        "list": "listbox",
        "meant": None,
    }
    page.keyboard.press("ArrowDown")
    assert page.evaluate(STATE)["meant"] == "true"
    page.keyboard.press("ArrowUp")  # back in the box
    assert page.evaluate(STATE)["meant"] is None
    page.keyboard.press("ArrowUp")  # round to the last
    assert page.locator(OPTIONS).last.get_attribute("aria-selected") == "true"
    for _step in range(2):
        page.keyboard.press("ArrowDown")
    address = page.locator(OPTIONS).first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowRight", "Home", "End"])
def test_who_moves_the_caret_is_back_in_the_box(loaded_site, live_server, page, key):
    typed(page, f"{live_server.url}/en/patterns/", "neighb")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    assert page.evaluate(STATE)["meant"] is None
    assert page.locator(OPTIONS).first.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=neighb")


def test_escape_closes_and_enter_searches_what_was_typed(loaded_site, live_server, page):
    typed(page, f"{live_server.url}/en/patterns/", "neighb")
    page.keyboard.press("Escape")
    assert not page.locator(OPTIONS).first.is_visible()
    state = page.evaluate(STATE)
    assert (state["expanded"], state["value"]) == ("false", "neighb")
    page.keyboard.press("ArrowDown")  # again, without asking
    assert page.locator(OPTIONS).first.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=neighb")


def test_options_are_no_links_and_can_be_clicked(loaded_site, live_server, page):
    typed(page, f"{live_server.url}/en/search/", "faenza")
    assert page.locator("[role=listbox] a").count() == 0
    address = page.locator(OPTIONS).first.get_attribute("data-url")
    page.locator(OPTIONS).first.click()
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_fits_the_window(loaded_site, live_server, window, width):
    page = window(viewport={"width": width, "height": 700})
    typed(page, f"{live_server.url}/en/patterns/", "neighb")
    box = page.locator("header [role=listbox]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_script_is_small():
    script = Path(finders.find("search/js/suggest.js")).read_bytes()
    assert len(gzip.compress(script)) <= 3_000
