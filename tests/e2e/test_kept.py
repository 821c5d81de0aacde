"""The page of the sequences that a member keeps, which only a signed-in member reads: with one kept and one offered."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from patterns.models import KeptSequence
from tests.community.conftest import account, signed_in
from tests.e2e import pseudo
from tests.e2e.test_accessibility import all_faults
from tests.e2e.test_print import SHEET, TO_PRESS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

KEPT = "/en/collections/kept/?items=DIY-02,DIY-08&title=Another+evening"
NAME = "Our evening about the neighbourhood"


@pytest.fixture
def member(loaded_site, live_server, page):
    """A window of somebody who is signed in."""
    owner = account("joanna", name="Joanna")
    KeptSequence.keep(owner, NAME, ["DIY-08", "faenza-fa-tamtam"])
    session = signed_in(owner).cookies["sessionid"].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


def test_it_violates_no_rule_of_accessibility(member, live_server):
    wrong = list(all_faults(member, live_server.url, [KEPT]))
    assert not wrong, "\n".join(wrong)


def test_it_fits_the_sheet_without_what_needs_a_screen(member, live_server):
    member.set_viewport_size(SHEET)
    member.emulate_media(media="print")
    member.goto(f"{live_server.url}{KEPT}", wait_until="load")
    expect(member.get_by_role("link", name=NAME)).to_be_visible()
    assert member.evaluate(TO_PRESS) == []
    assert member.evaluate("document.documentElement.scrollWidth") <= SHEET["width"]


@pytest.mark.parametrize("language", ["de", "ca"])
def test_long_words_fit_a_narrow_phone(member, live_server, language):
    member.set_viewport_size({"width": 320, "height": 700})
    member.goto(f"{live_server.url}{KEPT.replace('/en/', f'/{language}/')}", wait_until="load")
    assert member.evaluate("document.documentElement.scrollWidth") == 320


def test_no_text_is_bare_or_cut_off(member, live_server):
    reading = pseudo.Reader(member, pseudo.contents() | {"Another evening", "Joanna"})
    with pseudo.spoken():
        wrong = list(reading.faults(f"{live_server.url}{KEPT}"))
    assert not wrong, "\n".join(wrong)
