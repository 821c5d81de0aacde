"""The moderators' desk with keys, without scripts, and as axe sees it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from community import services
from community.models import Appeal, Application, CommentState, State
from patterns.models import PatternPage
from tests.community.conftest import account, signed_in
from tests.community.groups.conftest import join, make_group
from tests.community.moderation.conftest import reported, text_of, written

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

QUEUE = "/admin/comments/"
TEXT = "Ask Piet on +31 6 12345678 how we did it."
# Wagtail's own side bar and header are not ours to judge.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def desk(loaded_site, live_server):
    """Comments that wait, and a moderator to read them."""
    page = PatternPage.objects.get(slug="neighbourhood-watch", locale__language_code="en")
    member = account("joanna", name="Joanna")
    moderator = account("mo", name="Mo de Groot", groups=["Moderators"])
    rows = [written(page, member, f"Words {number}.", held_for="links") for number in range(3)]
    rows.append(written(page, member, TEXT, held_for="phone"))
    told = written(page, member, "Told on.")
    reported(told, None)
    return rows, signed_in(moderator).cookies["sessionid"].value


def opened(page, live_server, session, path=QUEUE):
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}{path}", wait_until="load")
    return page


def test_keys_walk_tick_and_choose_and_decide_nothing_by_themselves(desk, live_server, page):
    rows, session = desk
    opened(page, live_server, session)
    expect(page.locator("[data-desk-keys]").first).to_be_visible()
    for key in "jjjkx":
        page.keyboard.press(key)
    ticked = page.locator("[name=ids]:checked")
    expect(ticked).to_have_count(1)
    assert ticked.get_attribute("value").startswith(rows[1].public_id)
    page.keyboard.press("h")
    expect(page.locator("[name=outcome][value=hidden]")).to_be_checked()
    expect(page.locator("[name=reason]")).to_be_focused()
    assert not CommentState.objects.filter(state=State.HIDDEN).exists()
    page.locator("[name=reason]").select_option("rule-7")
    with page.expect_navigation():
        page.locator(".desk-bar button[type=submit]").click()
    assert list(CommentState.objects.filter(state=State.HIDDEN)) == [rows[1]]


def test_marked_words_are_taken_over_and_masked(desk, live_server, page):
    rows, session = desk
    opened(page, live_server, session, f"{QUEUE}{rows[3].public_id}/")
    page.evaluate(
        """() => { const text = document.querySelector("[data-desk-pick]").firstChild;
        const range = document.createRange(); range.setStart(text, 4); range.setEnd(text, 8);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.keyboard.press("m")
    expect(page.locator("#decision-words")).to_have_value("Piet")
    page.locator("#decision-words_kind").select_option("name")
    page.locator("#decision-reason").select_option("rule-3")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert text_of(rows[3]) == (
        "Ask [name removed by a moderator] on [telephone number removed by a moderator] how we did it."
    )


def test_everything_is_done_without_scripts(desk, live_server, page_without_scripts):
    rows, session = desk
    page = opened(page_without_scripts, live_server, session, f"{QUEUE}{rows[3].public_id}/")
    expect(page.locator("[data-desk-keys]").first).to_be_hidden()
    page.locator("#decision-words").fill("Piet")
    page.locator("[name=outcome][value=redacted]").check()
    page.locator("#decision-reason").select_option("rule-3")
    with page.expect_navigation():
        page.get_by_role("button", name="See what the author reads").click()
    expect(page.locator("#preview")).to_be_visible()
    assert text_of(rows[3]) == TEXT
    with page.expect_navigation():
        page.get_by_role("button", name="Decide", exact=True).click()
    assert "Piet" not in text_of(rows[3])


def test_the_desk_breaks_no_rule_of_accessibility(desk, live_server, window):
    rows, session = desk
    one = f"{QUEUE}{rows[3].public_id}/"
    wrong = list(desk_faults(window, live_server, session, [QUEUE, one, f"{one}danger/", f"{QUEUE}log/"]))
    assert not wrong, "\n".join(wrong)


def other_pages(rows, moderator):
    """Appeals, applications, members, discussions, named persons and what editors take from comments: with lines."""
    waits = rows[0]
    made = services.decide(public_id=waits.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    appeal = Appeal.objects.create(decision=made, text="I named nobody.", language="en", side="author", nonce="a")
    shown = services.decide(public_id=rows[1].public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")
    group = make_group("open", visibility="public", title="Open", takes_applications=True)
    join(group, account("ann", name="Ann x"), "chair")
    asks = account("bo", name="Bo x")
    Application.objects.create(group=group, user=asks, motivation="We start soon.", consented_at=timezone.now())
    taken = shown.comment
    page = PatternPage.objects.get(slug="neighbourhood-watch", locale__language_code="en")
    yield from [reverse("community_appeals"), reverse("community_appeal", args=[appeal.pk])]
    yield from [reverse("community_groups"), reverse("community_applications")]
    yield reverse("community_members", args=[group.code])
    yield from [reverse("community_threads"), reverse("community_thread", args=[page.translation_key])]
    yield reverse("community_named")
    yield from [reverse("community_of_page", args=[page.pk]), reverse("community_adopt", args=[taken.public_id])]


def test_the_other_pages_of_the_desk_break_none_either(desk, live_server, window):
    rows, _session = desk
    paths = list(other_pages(rows, User.objects.get(username="mo")))
    root = account("root", name="Root x", is_staff=True, is_superuser=True)
    session = signed_in(root).cookies["sessionid"].value
    wrong = list(desk_faults(window, live_server, session, paths))
    assert not wrong, "\n".join(wrong)


def desk_faults(window, live_server, session, paths):
    for width, scheme in [(1440, "light"), (1440, "dark"), (320, "light")]:
        page = window(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.context.add_init_script(AXE_SCRIPT)
        for path in paths:
            opened(page, live_server, session, path)
            expect(page.locator(".desk").first).to_be_visible()
            found = page.evaluate("rules => axe.run('.desk', rules)", RULES)["violations"]
            yield from (f"{path} {width} {scheme}: {each['id']} {each['nodes'][0]['html'][:160]}" for each in found)
            wide = page.evaluate("document.documentElement.scrollWidth")
            yield from [f"{path} scrolls sideways: {wide} of {width}"] if wide > width else []
