"""Links and pages of one language, with Wagtail's own chooser, without scripts, and as axe sees them."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from wagtail_localize.models import OverridableSegment, SegmentOverride

from tests.e2e.conftest import page_without_scripts, window  # noqa: F401
from tests.factories import make_resource

from .test_workbench_in_browser import RULES, opened, translation  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def row_of(page, translation, path):  # noqa: F811
    found = OverridableSegment.objects.get(source=translation.source, context__path__startswith=path)
    return page.locator(f"article[aria-labelledby='vh-{found.pk}']")


def test_a_page_is_chosen_from_the_list_of_the_admin(opened, translation, window):  # noqa: F811
    edition = make_resource(title="French edition")
    page = opened(window())
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    row = row_of(page, translation, "portal_sources")
    row.get_by_text("Change").click()
    row.get_by_role("button", name="Choose a page").click()
    page.get_by_role("link", name="French edition").click()
    expect(row.locator("[data-chooser-title]")).to_contain_text("French edition")
    row.get_by_role("button", name="Save").click()
    row = row_of(page, translation, "portal_sources")
    expect(row.locator(".bench-state")).to_have_text("another in this language")
    assert SegmentOverride.objects.get().data == edition.pk
    row.get_by_text("Change").click()
    row.get_by_role("button", name="As in the original").click()
    expect(row_of(page, translation, "portal_sources").locator(".bench-state")).to_have_text("as in the original")
    assert not SegmentOverride.objects.exists()
    assert not wrong


def test_a_link_is_changed_without_scripts(opened, translation, page_without_scripts):  # noqa: F811
    page = opened(page_without_scripts)
    row = row_of(page, translation, "definition")
    row.get_by_text("Change").click()
    row.get_by_label("Address in this language").fill("javascript:alert(1)")
    row.get_by_role("button", name="Save").click()
    row = row_of(page, translation, "definition")
    expect(row.get_by_label("Address in this language")).to_have_value("javascript:alert(1)")
    expect(row.locator(".bench-problem--error")).to_be_visible()
    row.get_by_label("Address in this language").fill("/fr/regles/")
    row.get_by_role("button", name="Save").click()
    expect(row_of(page, translation, "definition").locator(".bench-state")).to_have_text("another in this language")
    assert SegmentOverride.objects.get().data == "/fr/regles/"


def test_axe_finds_nothing_in_open_rows_and_nothing_is_cut(opened, translation, window):  # noqa: F811
    wrong = []
    for width, scheme in ((320, "light"), (1280, "dark")):
        page = window(viewport={"width": width, "height": 6000}, color_scheme=scheme)
        page.context.add_init_script(AXE_SCRIPT)
        opened(page)
        for path in ("definition", "portal_sources"):
            row_of(page, translation, path).get_by_text("Change").click()
        found = page.evaluate("rules => axe.run('.bench', rules)", RULES)["violations"]
        wrong += [f"{width} {scheme}: {each['id']} {each['nodes'][0]['html'][:160]}" for each in found]
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"scrolls sideways: {wide} of {width}"] if wide > width else []
    assert not wrong, "\n".join(wrong)
