"""Every page of the desk as axe sees it, in a language of long words, and on a phone."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings

from tests.e2e import pseudo
from tests.e2e.conftest import window  # noqa: F401

from .desk_pages import IN_FILE, addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Wagtail's own side bar and header are not ours to judge.
OURS = ".tdesk, .bench, .nice-padding"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
AXE = "([root, rules]) => axe.run({include: [root]}, rules)"
OPEN = f"document.querySelectorAll(':is({OURS}) details').forEach((one) => {{ one.open = true; }})"


@pytest.fixture
def page(client, live_server, window):  # noqa: F811
    # So high that nothing is scrolled under Wagtail's header, which axe takes for a target that is too small.
    page = window(viewport={"width": 1280, "height": 8000})
    page.set_default_timeout(60_000)  # many pages on a machine that may be busy
    paths = addresses(client)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.paths = {name: f"{live_server.url}{path}" for name, path in paths.items()}
    return page


def test_axe_finds_nothing_on_any_page(page):
    """78"""
    page.context.add_init_script(AXE_SCRIPT)
    wrong = []
    for name, address in page.paths.items():
        for width, scheme, rules in [(320, "light", RULES), (1280, "dark", COLOURS)]:
            page.set_viewport_size({"width": width, "height": 8000})
            page.emulate_media(color_scheme=scheme)
            page.goto(address, wait_until="load")  # of a wider window the side bar would stay for a moment
            page.evaluate(OPEN)
            found = page.evaluate(AXE, [f":is({OURS})", rules])["violations"]
            wrong += [f"{name} {width} {scheme}: {each['id']} {each['nodes'][0]['html'][:160]}" for each in found]
    assert not wrong, "\n".join(wrong)


def test_texts_of_the_desk_are_neither_bare_nor_cut_off(page):
    """76"""
    reader = pseudo.Reader(page, pseudo.contents() | IN_FILE)
    with pseudo.spoken():
        wrong = [fault for address in page.paths.values() for fault in reader.faults(address, f":is({OURS})", OPEN)]
    assert not wrong, "\n".join(wrong)
