"""The policies in a real browser: nothing the site or the admin does is blocked by its own headers."""

import pytest
from django.contrib.auth.models import User

from patterns.models import PatternPage

pytestmark = [pytest.mark.browser, pytest.mark.content, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tab(browser, live_server, loaded_site):
    """A tab that keeps what the browser refused, and every request to another host."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1600, "height": 1000})
    page = context.new_page()
    page.refused = []
    page.on("console", lambda line: page.refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    page.on("request", lambda request: _note_stranger(page, request.url, live_server.url))
    page.set_default_timeout(60_000)
    yield page
    context.close()


def _note_stranger(page, url, own):
    if not url.startswith((own, "data:", "blob:")):
        page.refused.append(f"request to {url}")


@pytest.fixture
def editor(tab, live_server, client):
    client.force_login(User.objects.create_superuser("chief", "chief@example.org"))
    session = client.cookies["sessionid"].value
    tab.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return tab


ADDRESSES = ["/en/", "/en/patterns/", "/fr/patterns/", "/en/search/?q=police", "/accounts/login/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_break_none_of_their_own_rules(tab, address):
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    assert tab.refused == []


def test_editing_a_pattern_with_blocks_choosers_preview_and_checks(editor):
    pattern = PatternPage.objects.filter(locale__language_code="en").first()
    editor.goto(f"/admin/pages/{pattern.pk}/edit/")
    editor.wait_for_load_state("networkidle")
    editor.locator("[data-side-panel-toggle=checks]").first.click()
    words = editor.locator("[data-content-word-count]")
    editor.wait_for_function("node => Number(node.textContent) > 100", arg=words.element_handle())
    editor.get_by_role("tab", name="Pattern", exact=True).click()
    editor.locator("button.c-sf-add-button:visible").first.click()
    editor.get_by_role("tab", name="Sources").click()
    editor.locator("[id$=portal_sources-ADD]").click()
    editor.locator("[data-chooser-action-choose]:visible").first.click()
    editor.wait_for_selector(".modal-content")
    assert editor.refused == []
