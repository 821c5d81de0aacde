"""Many texts at once, clocks that jump, and counters that are gone: writing slows down, nothing is lost."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community import tokens
from community.models import CommentState, DiscussionThread, Report, State, Subscription
from portal.settings import base
from tests.factories import make_pattern

from .conftest import account, aged, posted, send, shown, signed_in, write_url

pytestmark = pytest.mark.django_db
WORDS = "lamp dog street park bench light gate watch group talk rule step night door call plan map tree"


def words(number):
    """Other words each time, too short to be alike."""
    chosen = random.Random(number).sample(WORDS.split(), 5)
    return f"{' '.join(chosen)} {number}"


@pytest.fixture
def no_cache(settings):
    """Nothing answers where the counters are kept."""
    away = {"BACKEND": "portal.shared_cache.SharedCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": away}


# Floods


def test_a_hundred_at_once_by_one_account_are_five(page, joanna):
    client = signed_in(joanna)
    answers = [send(client, page, words(number)) for number in range(100)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [400] * 95
    assert CommentState.objects.count() == 5
    assert words(99) in answers[-1].content.decode(), "what was typed comes back"


def test_a_hundred_at_once_from_one_network_are_three(page):
    """Whatever names and browsers they come with; the network of somebody else is not slowed down."""
    answers = [
        send(Client(REMOTE_ADDR="198.51.100.7"), page, words(number), name=f"Visitor {number} x").status_code
        for number in range(100)
    ]
    assert answers == [302] * 3 + [400] * 97
    assert send(Client(REMOTE_ADDR="198.51.100.8"), page, words(100), name="Vera x").status_code == 302
    assert set(CommentState.objects.values_list("state", flat=True)) == {State.HELD}


def test_a_network_that_sends_to_many_discussions_is_counted_once(page, joanna):
    pages = [page, *(make_pattern(title=f"Street {number}", number=20 + number) for number in range(4))]
    visitor = [send(Client(), each, words(number), name="Vera x") for number, each in enumerate(pages)]
    assert [answer.status_code for answer in visitor] == [302] * 3 + [400] * 2


def test_many_accounts_in_one_discussion_are_read_first(page):
    """A raid: each account keeps within its own limit."""
    clients = [signed_in(account(f"raid{number}", name=f"Raider {number} x")) for number in range(11)]
    rows = [
        posted(client, page, words(turn * 20 + number)) for turn in range(3) for number, client in enumerate(clients)
    ]
    assert [row.state for row in rows[:30]] == [State.PUBLISHED] * 30
    assert {row.state for row in rows[30:]} == {State.HELD}
    assert {tuple(row.held_for) for row in rows[30:]} == {("busy",)}
    elsewhere = make_pattern(title="Elsewhere", number=30)
    assert posted(clients[0], elsewhere, words(999)).state == State.PUBLISHED, "other discussions go on"


def test_other_members_write_on_while_one_is_slowed_down(page, joanna):
    client = signed_in(joanna)
    for number in range(5):
        posted(client, page, words(number))
    assert send(client, page, words(5)).status_code == 400
    assert posted(signed_in(account("sam", name="Sam")), page, words(6)).state == State.PUBLISHED


def test_what_is_refused_does_not_count(page, joanna):
    """Else who corrects a text again and again could not send it in the end."""
    client = signed_in(joanna)
    for number in range(20):
        assert send(client, page, f"Write to me{number}@mail.example.").status_code == 400
    assert posted(client, page, words(1)).state == State.PUBLISHED


# Clocks


def test_a_clock_that_was_ahead_frees_nobody(page, joanna):
    """What was written then lies in the future now: it still counts."""
    client = signed_in(joanna)
    for number in range(5):
        posted(client, page, words(number))
    CommentState.objects.update(posted_at=timezone.now() + timedelta(hours=2))
    assert send(client, page, words(6)).status_code == 400
    assert words(1) in shown(page)


def test_a_form_from_the_future_gives_the_text_back_once(page, joanna):
    """The clock was put back while somebody wrote."""
    client, text_of_mine = signed_in(joanna), words(1)
    answer = send(client, page, text_of_mine, token=aged(page, -3600))
    assert answer.status_code == 400
    assert text_of_mine in answer.content.decode()
    assert not CommentState.objects.exists()
    assert send(client, page, text_of_mine, token=aged(page)).status_code == 302


def test_a_member_who_joins_in_the_future_is_new(page, settings):
    settings.COMMUNITY_FIRST_DAY_LIMITS = True
    member = account("early", name="Early x")
    User.objects.filter(pk=member.pk).update(date_joined=timezone.now() + timedelta(days=1))
    client = signed_in(member)
    assert [send(client, page, words(number)).status_code for number in range(4)] == [302] * 3 + [400]


# Counters that are gone


def test_a_visitors_comment_is_held_and_not_lost_where_nothing_can_be_counted(page, client, no_cache):
    for number in range(5):
        assert send(client, page, words(number), name="Vera x").status_code == 302
    rows = CommentState.objects.all()
    assert {row.state for row in rows} == {State.HELD}
    assert all("check-failed" in row.held_for for row in rows), "moderators see why"
    assert words(0) not in shown(page)


def test_members_write_on_since_they_are_counted_by_what_they_wrote(page, joanna, no_cache):
    client = signed_in(joanna)
    answers = [send(client, page, words(number)).status_code for number in range(6)]
    assert answers == [302] * 5 + [400]


def test_a_slow_discussion_holds_visitors_where_nothing_can_be_counted(page, client, no_cache):
    DiscussionThread.objects.create(translation_key=page.translation_key, slow_minutes=5)
    assert send(client, page, words(1), name="Vera x").status_code == 302
    assert CommentState.objects.get().state == State.HELD


def test_a_check_that_breaks_on_its_table_holds_a_members_comment(page, joanna):
    """The limits of members are counted in a table: without it their comments wait for a moderator."""
    from community.screening import CHECKS, Draft, limits, screen

    draft = Draft(page=page, thread=None, user=joanna, name="J", text=words(1), language="en", seconds=9)
    joanna.pk = "no number"
    found = screen(draft, (limits.not_too_many,))
    assert [finding.code for finding in found] == ["check-failed"]
    assert limits.not_too_many in CHECKS


def test_a_report_arrives_where_nothing_can_be_counted(talk, no_cache):
    url = reverse("community:report", args=[talk.page.translation_key, talk.row.public_id])
    token = tokens.make(f"report {talk.row.public_id}", shown_at=tokens.a_while_ago())
    data = {"reason": "rule-1", "text": "", "token": token, "website": ""}
    assert Client().post(url, data).status_code == 302
    assert Report.objects.count() == 1


def test_no_letter_goes_to_strangers_where_nothing_can_be_counted(page, no_cache):
    token = tokens.make("follow section patterns")
    data = {"email": "vera@mail.example", "frequency": "weekly", "token": token, "website": ""}
    answer = Client().post("/en/notices/follow/section/patterns/", data)
    assert answer.status_code == 400
    assert "vera@mail.example" in answer.content.decode()
    assert not Subscription.objects.exists()


def test_reading_goes_on_and_signing_in_says_that_it_does_not(talk, no_cache, settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    visitor = Client()
    for url in [talk.page.url, f"{talk.page.url}?c={talk.row.public_id}", "/en/patterns/", "/en/search/?q=watch"]:
        assert visitor.get(url).status_code == 200, url
    assert "We opened a group" in visitor.get(talk.page.url).content.decode()
    assert talk.client.get(write_url(talk.page)).status_code == 200
    answer = visitor.post("/accounts/login/", {"login": "joanna@mail.example", "password": "a-long-password-1"})
    assert answer.status_code == 503
    assert "does not work at the moment" in answer.content.decode()
