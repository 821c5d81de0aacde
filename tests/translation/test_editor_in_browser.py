"""The translation editor as a translator sees it."""

import pytest
from django.urls import reverse

from tests.factories.editing import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(browser, live_server, french):
    """Opens the editor on the French page as a member of a group."""
    opened = []

    def open_editor(group):
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 1000})
        opened.append(context)
        session = signed_in(group).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(reverse("wagtailadmin_pages:edit", args=[french.pk]) + "?editor=shipped")
        page.get_by_role("tab", name="Sources").click()
        return page

    yield open_editor
    for context in opened:
        context.close()


def test_chosen_pages_have_their_names(editor):
    page = editor("Translators fr")
    page.get_by_text("Report on lanterns").first.wait_for()
    assert page.get_by_text("Fetching page information").count() == 0


@pytest.mark.parametrize(("group", "may_publish"), [("Translators fr", False), ("Coordinators", True)])
def test_nobody_is_offered_to_stop_the_translation(editor, group, may_publish):
    page = editor(group)
    page.locator(".footer").get_by_text("Preview").wait_for()
    more = page.locator(".footer .w-dropdown__toggle:visible")
    assert more.count() == may_publish
    if may_publish:
        more.click()
        page.get_by_text("Unpublish").first.wait_for()
    assert not page.get_by_text("Stop Synced translation").first.is_visible()
