"""Cards one at a time: with links alone, with keys, and by themselves."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

CARDS = "?items=DIY-08,faenza-fa-tamtam,DIY-02&title=Tuesday"
FACILITATE, KIOSK = f"/en/collections/facilitate/{CARDS}", f"/en/collections/kiosk/{CARDS}&seconds=5"
MINUTE = 60_000


def place(page):
    return page.locator(".turns .place")


def test_links_turn_the_cards_without_scripts(loaded_site, live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(f"{live_server.url}{FACILITATE}")
    expect(place(page)).to_have_text("1 of 3")
    for number in (2, 3):
        with page.expect_navigation(url=f"**&card={number}"):
            page.locator('[rel="next"]').click()
    expect(place(page)).to_have_text("3 of 3")
    for idle in ("[data-clock]", "[data-jots]", "[data-pause]"):  # what does nothing without scripts is not offered
        assert not page.locator(idle).count() or page.locator(idle).is_hidden()


def test_keys_turn_the_cards_and_the_address_follows(loaded_site, live_server, page):
    page.goto(f"{live_server.url}{FACILITATE}")
    page.keyboard.press("ArrowRight")
    expect(place(page)).to_have_text("2 of 3")
    expect(page.locator("#show-said")).to_contain_text("Faenza")
    expect(page.locator(".face h1")).to_be_focused()
    assert page.url.endswith("&card=2")
    assert "card 2 of 3" in page.title()
    page.keyboard.press("ArrowLeft")
    expect(place(page)).to_have_text("1 of 3")
    page.keyboard.press("ArrowLeft")
    expect(place(page)).to_have_text("1 of 3")
    page.locator('[rel="next"]').click()
    expect(place(page)).to_have_text("2 of 3")
    expect(page.locator('[rel="next"]')).to_be_focused()
    page.go_back()
    expect(place(page)).to_have_text("1 of 3")


def test_the_clock_goes_on_while_cards_are_turned_and_says_when_it_is_over(loaded_site, live_server, page):
    page.clock.install()
    page.goto(f"{live_server.url}{FACILITATE}")
    page.locator("[data-clock] input").fill("2")
    page.locator("[data-clock] button").click()
    page.keyboard.press("Escape")
    page.locator('[rel="next"]').click()
    expect(place(page)).to_have_text("2 of 3")
    page.clock.run_for(MINUTE)
    expect(page.locator(".clock .left")).to_have_text("1:00")
    page.clock.run_for(MINUTE + 1000)
    expect(page.locator(".clock .left")).to_have_text("Time is up.")
    expect(page.locator("#show-said")).to_have_text("Time is up.")


def test_notes_stay_in_the_browser_and_are_saved_as_a_file(loaded_site, live_server, page):
    asked = []
    page.goto(f"{live_server.url}{FACILITATE}")
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.locator("#jot").fill("Nobody answers at night.")
    page.keyboard.press("ArrowRight")  # moves in the text, turns nothing
    page.locator('[data-vote="1"]').click(click_count=2)
    expect(place(page)).to_have_text("1 of 3")
    page.locator('[rel="next"]').click()
    expect(place(page)).to_have_text("2 of 3")
    expect(page.locator("#jot")).to_have_value("")
    page.locator('[rel="prev"]').click()
    expect(page.locator("#jot")).to_have_value("Nobody answers at night.")
    with page.expect_download() as saved:
        page.locator("[data-save]").click()
    text = saved.value.path().read_text()
    assert "Tuesday" in text
    assert "08 Neighbourhood watch\nHands up: 2\nNobody answers at night.\n" in text
    assert {method for method, _url in asked} == {"GET"}
    assert not any("night" in url for _method, url in asked)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-forget]").click()
    page.reload()
    expect(page.locator("#jot")).to_have_value("")


def test_a_screen_turns_by_itself_goes_round_and_can_be_paused(loaded_site, live_server, page):
    page.clock.install()
    page.goto(f"{live_server.url}{KIOSK}")
    for number in (2, 3, 1):
        page.clock.run_for(6000)
        expect(place(page)).to_have_text(f"{number} of 3")
    pause = page.locator("[data-pause]")
    pause.click()
    expect(pause).to_have_text("Go on by itself")
    page.clock.run_for(5 * MINUTE)
    expect(place(page)).to_have_text("1 of 3")
    pause.click()
    page.clock.run_for(6000)
    expect(place(page)).to_have_text("2 of 3")
    assert page.evaluate("history.length") <= 2


def test_a_screen_waits_for_whoever_touches_it(loaded_site, live_server, page):
    page.clock.install()
    page.goto(f"{live_server.url}{KIOSK}")
    page.locator(".face-problem").click()
    page.clock.run_for(MINUTE - 2000)
    expect(place(page)).to_have_text("1 of 3")
    page.clock.run_for(8000)
    expect(place(page)).to_have_text("2 of 3")


def test_a_screen_stands_still_for_those_who_want_less_motion(loaded_site, live_server, window):
    page = window(reduced_motion="reduce")
    page.clock.install()
    page.goto(f"{live_server.url}{KIOSK}")
    page.clock.run_for(2 * MINUTE)
    expect(place(page)).to_have_text("1 of 3")
    page.locator("[data-pause]").click()
    page.clock.run_for(6000)
    expect(place(page)).to_have_text("2 of 3")


def test_a_screen_outlives_a_network_that_fails(loaded_site, live_server, page):
    page.clock.install()
    page.goto(f"{live_server.url}{KIOSK}")
    page.context.set_offline(True)
    page.clock.run_for(20_000)
    expect(page.locator(".face h1")).to_contain_text("Neighbourhood watch")
    page.context.set_offline(False)
    page.clock.run_for(6000)
    expect(place(page)).to_have_text("2 of 3")
