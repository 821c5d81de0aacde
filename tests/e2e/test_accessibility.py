"""axe finds nothing to complain about, on one page of each type, light and dark, narrow and wide."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.pages import NOWHERE, longest_of_each_type, page_types, views

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
# The scheme changes colours alone, and a second look at all the rest would double the time.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
LOOKS = [(1280, "light", EVERYTHING), (1280, "dark", COLOURS), (320, "dark", COLOURS), (320, "light", EVERYTHING)]
# Transitions would show colours that are on their way.
STILL = "const s = new CSSStyleSheet(); s.replaceSync('* { transition: none !important }');"
STILL += "document.adoptedStyleSheets.push(s)"


def faults(page, path, width, scheme, rules):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for violation in page.evaluate("rules => axe.run(document, rules)", rules)["violations"]:
        nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
        yield f"{path} ({width} px, {scheme}): {violation['id']}: {violation['help']}: {nodes}"
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"{path}: scrolls sideways, {wide} of {width} px"


def all_faults(page, address, paths):
    page.context.add_init_script(AXE_SCRIPT)
    for path in paths:
        page.goto(f"{address}{path}", wait_until="load")
        page.evaluate(STILL)
        for look in LOOKS:
            yield from faults(page, path, *look)


def test_no_page_type_violates_accessibility_rules(loaded_site, live_server, page):
    paths = longest_of_each_type()
    assert len(paths) == len(page_types()) > 15
    wrong = list(all_faults(page, live_server.url, paths))
    assert not wrong, "\n".join(wrong)


def test_no_other_view_violates_accessibility_rules(loaded_site, live_server, page):
    wrong = list(all_faults(page, live_server.url, [*views(), f"/en/{NOWHERE}"]))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["de", "ca"])
def test_long_words_of_other_languages_fit_a_narrow_phone(loaded_site, live_server, window, language):
    page = window(viewport={"width": 320, "height": 700})
    wrong = []
    for path in [*longest_of_each_type("en"), *views(language)]:
        page.goto(f"{live_server.url}{path.replace('/en/', f'/{language}/', 1)}", wait_until="load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            wrong.append(f"{page.url}: {wide} px")
    assert not wrong, "\n".join(wrong)
