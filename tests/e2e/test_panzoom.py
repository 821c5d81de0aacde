"""The maps can be enlarged and moved, by mouse and by keyboard; the wheel alone scrolls the page."""

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

MAPS = ["/en/patterns/map/", "/en/practices/"]


def box(drawing):
    return [float(number) for number in drawing.get_attribute("viewBox").split()]


@pytest.mark.parametrize("path", MAPS)
def test_a_map_is_enlarged_and_moved(loaded_site, live_server, window, path):
    page = window(viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{path}", wait_until="load")
    drawing = page.locator("[data-panzoom] > svg:visible").first
    whole = box(drawing)
    page.get_by_role("button", name="Zoom in").click()
    near = box(drawing)
    assert near[2] < whole[2]
    page.keyboard.press("ArrowRight")
    assert box(drawing)[0] > near[0]
    drawing.hover()
    before = box(drawing)
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 0")
    assert box(drawing) == before
    page.get_by_role("button", name="Show all of it").click()
    assert box(drawing) == whole


@pytest.mark.parametrize("path", MAPS)
def test_without_a_script_nothing_promises_it(loaded_site, live_server, window, path):
    page = window(java_script_enabled=False)
    page.goto(f"{live_server.url}{path}", wait_until="load")
    assert page.locator("[data-panzoom] > svg").count() > 0
    assert page.locator(".panzoom").count() == 0
