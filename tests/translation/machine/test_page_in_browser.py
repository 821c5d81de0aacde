"""The page about machine translation on a phone, and as axe sees it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.translation.test_desk_in_browser import RULES
from translation import writing
from translation.models import Via

from . import service as services
from .conftest import address, segment
from .test_filling import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    service, browser, live_server, client, translation, translator, width, scheme
):
    """78"""
    one = segment(translation, "About lanterns.")
    writing.write(translation, one, "Des lanternes.", user=translator, via=Via.MACHINE, tool="Test")
    service.translate = lambda text: ""  # everything is left out
    fill(translation, translator)
    service.behaviours = [services.failing(500)]
    fill(translation, translator)
    client.force_login(translator)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    try:
        page = context.new_page()
        page.goto(address(translation), wait_until="load")
        page.locator("summary", has_text="could not be used").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("rules => axe.run('.tdesk', rules)", RULES)
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found["violations"]] == []
        page.get_by_role("button", name="Read, it is right").first.click()
        page.get_by_text("Noted: you have read it.").first.wait_for()
    finally:
        context.close()
