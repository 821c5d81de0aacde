"""The pages on which people talk, as axe, narrow windows, the keyboard and the policy against foreign code see them."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from community import services
from community.due_process import links
from community.models import CommentState, DiscussionThread, Report, State
from patterns.models import PatternPage
from tests.community.conftest import account
from tests.community.groups.conftest import make_group, make_thread
from tests.community.moderation.conftest import written
from tests.community.test_reading import fill
from tests.e2e.test_accessibility import all_faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

PATTERN = "/en/patterns/neighbourhood-watch/"
LONG = "Nachbarschaftswachenverantwortlichkeitsabgrenzung " * 3


@pytest.fixture
def talk(loaded_site, live_server):
    """A discussion with answers in two languages, the place of a hidden comment, and long words."""
    page = PatternPage.objects.get(slug="neighbourhood-watch", locale__language_code="en")
    fill(page, 6)
    rows = list(CommentState.objects.filter(thread__translation_key=page.translation_key).order_by("pk"))
    member, moderator = account("joanna", name="Joanna"), account("mo", name="Mo x", groups=["Moderators"])
    long = written(page, member, LONG)
    services.decide(public_id=rows[0].public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    report = Report.objects.create(comment=long, reason="rule-1", nonce="e2e")
    group = make_group("open", visibility="readable")
    thread = make_thread(group)
    return page, long, report, group, thread


def addresses(talk):
    page, row, report, group, thread = talk
    key, one = page.translation_key, row.public_id
    with translation.override("en"):
        yield from [f"{PATTERN}?sort=new", f"{PATTERN}?c={one}"]
        yield from (reverse(f"community:{name}", args=[key, one]) for name in ("comment", "reply", "report", "notice"))
        yield reverse("community:tried", args=[key])
        yield from (reverse(f"community:{name}") for name in ("find_comment", "transparency"))
        yield links.status_path(report)
        yield reverse("notices:follow", args=["site"])
        yield from [reverse("groups:index"), group.get_absolute_url(), thread.get_absolute_url()]


def test_no_page_of_the_community_violates_accessibility_rules(talk, live_server, page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    paths = list(addresses(talk))
    assert len(paths) > 12
    wrong = list(all_faults(page, live_server.url, paths))
    assert not wrong, "\n".join(wrong)
    assert complaints == [], "code or style that the policy forbids"


def test_reading_a_discussion_sets_no_cookie(talk, live_server, window):
    page, row, _report, group, thread = talk
    tab = window()
    paths = [f"{PATTERN}?sort=new", f"{PATTERN}?c={row.public_id}", f"{PATTERN}?comments=fr"]
    paths += [group.get_absolute_url(), thread.get_absolute_url(), f"/en/discussion/{page.translation_key}/feed/"]
    for path in paths[:-1]:
        tab.goto(f"{live_server.url}{path}", wait_until="load")
        assert tab.context.cookies() == [], path
    answer = tab.request.get(f"{live_server.url}{paths[-1]}")
    assert "set-cookie" not in answer.headers


def test_each_comment_says_its_language_and_errors_belong_to_their_fields(talk, live_server, page_without_scripts):
    """Without scripts and without styles: the order of the page is that of the talk."""
    _page, row, _report, _group, _thread = talk
    tab = page_without_scripts
    tab.route("**/*.css", lambda route: route.abort())
    tab.goto(f"{live_server.url}{PATTERN}?sort=new")
    said = tab.locator(".said")
    assert said.count() >= 6
    assert all(said.nth(number).get_attribute("lang") for number in range(said.count()))
    tab.goto(f"{live_server.url}{PATTERN}?c={row.public_id}")
    tab.locator(f"#c-{row.public_id} a[href*='/write/']").first.click()
    tab.locator("form#write").evaluate("form => form.noValidate = true")
    tab.locator('form#write button[value="send"]').click()
    for name in ("text", "name"):
        field = tab.locator(f'[name="{name}"]')
        expect(field).to_have_attribute("aria-invalid", "true")
        described = field.get_attribute("aria-describedby").split()
        assert any(tab.locator(f"#{part}").inner_text() for part in described)
    assert DiscussionThread.objects.exists()


def test_the_keyboard_alone_reaches_the_form_and_sees_where_it_is(talk, live_server, page):
    row = talk[1]
    page.goto(f"{live_server.url}{PATTERN}?c={row.public_id}#c-{row.public_id}")
    link = page.locator(f"#c-{row.public_id} a[href*='/write/']").first
    link.focus()
    assert link.evaluate("link => getComputedStyle(link).outlineStyle !== 'none'")
    page.keyboard.press("Enter")
    expect(page.locator("form#write textarea")).to_be_focused()
