"""Visitors and members write without scripts; with scripts the form comes to the page."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from community.screening import abuse
from tests.e2e.pages import comment_form

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

PATTERN = "/en/patterns/neighbourhood-watch/"
TEXT = "We tried a moderator per street, and it worked for us."
PASSWORD = "streets-and-lanes-7"


@pytest.fixture(autouse=True)
def _quick_writers(monkeypatch):
    """The browser types faster than a person; how long a person takes is tested with the screening."""
    monkeypatch.setattr(abuse, "FASTEST_WRITER", 0)


def write(page, address):
    page.goto(f"{address}{PATTERN}")
    page.locator("[data-write] a").first.click()
    page.locator("form#write textarea").fill(TEXT)


def test_visitor_writes_a_comment_that_waits_for_a_moderator(loaded_site, live_server, page_without_scripts):
    page = page_without_scripts
    write(page, live_server.url)
    page.locator('form#write input[name="name"]').fill("Anna")
    with page.expect_navigation(url="**/held/**"):
        page.locator('form#write button[value="send"]').click()
    expect(page.locator("h1")).not_to_be_empty()
    page.goto(f"{live_server.url}{PATTERN}")
    assert TEXT not in page.content()


def test_visitor_without_a_name_is_told_so_and_keeps_the_text(loaded_site, live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(f"{live_server.url}{comment_form()}")
    page.locator("form#write").evaluate("form => form.noValidate = true")
    page.locator("form#write textarea").fill(TEXT)
    with page.expect_navigation():
        page.locator('form#write button[value="send"]').click()
    expect(page.locator("textarea")).to_have_value(TEXT)
    field = page.locator('input[name="name"]')
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby").split()
    assert any(page.locator(f"#{part}").inner_text() for part in described)


def post_as_member(page, address):
    member = get_user_model().objects.create_user("lena", "lena@example.org", PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    page.goto(f"{address}/accounts/login/?lang=en")
    page.locator('input[name="login"]').fill("lena@example.org")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('main button[type="submit"]').first.click()
    page.wait_for_url("**/accounts/")
    write(page, address)
    page.locator('form#write input[name="name"]').fill("Lena")
    page.locator('form#write button[value="send"]').click()
    page.wait_for_url(f"**{PATTERN}*")


def test_member_signs_in_and_writes_at_once(loaded_site, live_server, page_without_scripts):
    post_as_member(page_without_scripts, live_server.url)
    expect(page_without_scripts.locator("main")).to_contain_text(TEXT)


def test_form_comes_to_the_page_and_takes_the_keyboard(loaded_site, live_server, page):
    page.goto(f"{live_server.url}{PATTERN}")
    page.locator("[data-write] a").first.click()
    page.locator("form#write textarea").wait_for()
    assert page.url.endswith(PATTERN)
    expect(page.locator("form#write textarea")).to_be_focused()
    expect(page.locator("p[data-write]")).to_be_hidden()
    assert page.locator("form#write").bounding_box()["width"] > 300


def test_text_moves_along_from_a_comment_to_a_reply(loaded_site, live_server, page):
    post_as_member(page, live_server.url)
    page.locator("p[data-write] a").click()
    page.locator("form#write textarea").fill("And who pays the moderator?")
    page.locator("a[data-write]").first.click()
    page.locator("article form#write").wait_for()
    expect(page.locator("form#write")).to_have_count(1)
    expect(page.locator("form#write textarea")).to_have_value("And who pays the moderator?")
    expect(page.locator("p[data-write]")).to_be_visible()
