"""The form by which a reader writes to a contact of a page, which no contact of the first content has agreed to."""

import pytest
from playwright.sync_api import expect

from community.models import RelayedMessage
from practices.models import PracticeContact, PracticePage
from tests.e2e.test_accessibility import all_faults
from tests.factories.sections import make_consent, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]


@pytest.fixture
def form(loaded_site, live_server):
    practice = PracticePage.objects.get(code="faenza-fa-tamtam", locale__language_code="en")
    PracticeContact.objects.create(page=practice, person=make_person("Aardvark", make_consent()), role="Coordinator")
    return f"/en/discussion/{practice.translation_key}/contact/aardvark/"


def test_it_violates_no_rule_of_accessibility(form, live_server, page):
    wrong = list(all_faults(page, live_server.url, [form, f"{form}sent/"]))
    assert not wrong, "\n".join(wrong)


def test_it_is_found_filled_in_and_sent_without_scripts(form, live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(f"{live_server.url}/en/practices/faenza-fa-tamtam/")
    page.get_by_role("link", name="Write to Aardvark").click()
    page.get_by_label("Your name").fill("Vera")
    page.get_by_label("Your message").fill("How did it go?")
    page.get_by_label("Your e-mail address").fill("vera@reader.example")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_role("heading", name="Your message is on its way")).to_be_visible()
    assert RelayedMessage.objects.get().text == "How did it go?"
