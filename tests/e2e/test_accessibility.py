"""axe finds nothing to complain about, on one page of each type, light and dark, narrow and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.models import HomePage, StandardPage
from tests.e2e.pages import one_of_each_type

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_type_violates_accessibility_rules(loaded_site, live_server, browser, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    wrong = []
    for path in one_of_each_type():
        page.goto(f"{live_server.url}{path}", wait_until="load")
        for violation in Axe().run(page, options=WCAG).response["violations"]:
            nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            wrong.append(f"{path}: {violation['id']}: {violation['help']}: {nodes}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{path}: scrolls sideways, {wide} of {width} px")
    context.close()
    assert not wrong, "\n".join(wrong)


def test_the_list_of_pages_holds_every_page_type(loaded_site):
    from wagtail.models import get_page_models

    types = {model for model in get_page_models() if model._meta.app_label != "wagtailcore"}
    assert {HomePage, StandardPage} <= types
    paths = one_of_each_type()
    assert len([path for path in paths if path.endswith("/")]) >= len(types)
