"""The pages on which people talk, as axe, narrow windows, the keyboard and the policy against foreign code see them."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from community import services
from community.due_process import links
from community.groups import summaries
from community.models import Application, CommentState, DiscussionThread, GroupMessage, GroupSummary, Report, State
from patterns.models import PatternPage
from tests.community.conftest import account, posted, signed_in
from tests.community.groups.conftest import join, make_group, make_thread
from tests.community.groups.test_visibility import place
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


def signed_in_addresses(talk, member):
    """Every page that needs an account, for a chair whose comment was hidden and whose words are to be quoted."""
    _page, row, _report, group, thread = talk
    moderator = account("mia", name="Mia x", groups=["Moderators"])
    made = services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    mine = join(group, member, "chair")
    other = join(group, account("ann", name="Ann x"))
    said = posted(signed_in(member), place(thread), "We asked every house before the street was closed.")
    summary = GroupSummary.objects.create(group=group, title="What we learned", text="We learned it.", language="en")
    quote = summaries.add_quote(summary=summary, comment=said, words="We asked every house")
    wanted = make_group("asked", visibility="public", title="Asked for", takes_applications=True)
    asked = Application.objects.create(
        group=make_group("waits", visibility="public", title="Waits"),
        user=member,
        state="asked",
        question="Which app?",
        consented_at=timezone.now(),
    )
    message = GroupMessage.objects.create(group=group, sender=other.user, recipient=mine, text=LONG, language="en")
    with translation.override("en"):
        yield from (reverse(f"account_{name}") for name in ("home", "profile", "notices", "feed"))
        yield reverse("personal_data")
        yield from (reverse(f"community:{name}", args=[made.pk]) for name in ("statement", "author_appeal"))
        yield from (reverse(f"community:{name}", args=[said.public_id]) for name in ("edit", "withdraw"))
        yield reverse("community:own_reports")
        yield from [reverse("groups:mine"), reverse("groups:join", args=[wanted.code]), group.get_absolute_url()]
        names = ("membership", "write_to_all", "new_thread", "new_summary")
        yield from (reverse(f"groups:{name}", args=[group.code]) for name in names)
        yield reverse("groups:write_to", args=[group.code, other.pk])
        yield from (reverse(f"groups:{name}", args=[summary.public_id]) for name in ("summary", "edit_summary"))
        yield from [reverse("groups:quote", args=[quote.pk]), reverse("groups:application", args=[asked.pk])]
        yield reverse("groups:message", args=[message.public_id])


def test_no_page_of_ones_own_violates_accessibility_rules(talk, live_server, page):
    member = User.objects.get(username="joanna")
    paths = list(signed_in_addresses(talk, member))
    session = signed_in(member).cookies["sessionid"].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    answers = {path: page.request.get(f"{live_server.url}{path}", max_redirects=0).status for path in paths}
    assert [path for path, status in answers.items() if status != 200] == []
    wrong = list(all_faults(page, live_server.url, paths))
    assert not wrong, "\n".join(wrong)


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
