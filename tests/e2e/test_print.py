"""On paper: as wide as the sheet, and nothing to press."""

import pytest

from tests.e2e.pages import longest_of_each_type, views

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

SHEET = {"width": 718, "height": 1000}  # A4 within margins of 10 mm, in CSS pixels
FORMS = ("/accounts/", "/discussion/", "/embed/")  # made to be filled in, or for a frame
TO_PRESS = """() => [...document.querySelectorAll('header nav, button, select, textarea, [type=search], [type=text]')]
  .filter(part => part.checkVisibility({visibilityProperty: true}) && part.getBoundingClientRect().width > 1)
  .map(part => part.outerHTML.slice(0, 80))"""


def test_pages_fit_the_sheet_without_what_needs_a_screen(loaded_site, live_server, window):
    page = window(viewport=SHEET)
    page.emulate_media(media="print")
    wrong = {}
    for path in [*longest_of_each_type(), *views()]:
        if path.startswith(FORMS) or path.removeprefix("/en").startswith(FORMS):
            continue
        page.goto(f"{live_server.url}{path}", wait_until="load")
        found = page.evaluate(TO_PRESS)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > SHEET["width"]:
            found.append(f"{wide} px")
        if found:
            wrong[path] = found
    assert wrong == {}
