"""Closing a discussion, giving it a last day, slowing it down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from community import services
from community.models import CommentState, DiscussionThread
from community.threads import running
from tests.community.conftest import account, posted, send, shown, signed_in, write_url
from tests.factories import make_pattern

pytestmark = pytest.mark.django_db


def run(client, page, **fields):
    data = {"is_open": "open", "closes_on": "", "slow_minutes": "0", **fields}
    return client.post(f"/admin/discussions/{page.translation_key}/", data, follow=True)


def today(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_moderator_closes_and_opens_again(talk, moderator):
    client = signed_in(moderator)
    assert "Neighbourhood watch" in client.get("/admin/discussions/").content.decode()
    run(client, talk.page, is_open="closed")
    html = shown(talk.page)
    assert "This discussion is closed" in html
    assert "/write/" not in html
    assert "We opened a group" in html
    assert send(talk.client, talk.page, "Too late.").status_code == 400
    run(client, talk.page)
    assert send(talk.client, talk.page, "In time.").status_code == 302
    entry = ModelLogEntry.objects.filter(action="community.thread").first()
    assert entry.user == moderator


def test_a_discussion_ends_with_its_last_day(talk, moderator):
    run(signed_in(moderator), talk.page, closes_on=today())
    assert send(talk.client, talk.page, "On the last day.").status_code == 302
    run(signed_in(moderator), talk.page, closes_on=today(-1))
    assert "This discussion is closed" in shown(talk.page)
    answer = send(talk.client, talk.page, "A day late.")
    assert (answer.status_code, "A day late." in answer.content.decode()) == (400, True)
    assert talk.client.get(write_url(talk.page)).status_code == 403


def test_a_discussion_can_be_closed_before_anybody_has_written(moderator):
    page = make_pattern(title="Untouched")
    assert signed_in(moderator).get(f"/admin/discussions/{page.translation_key}/").status_code == 200
    run(signed_in(moderator), page, is_open="closed")
    assert shown(page).strip() == ""
    assert DiscussionThread.objects.get().state == "closed"


def test_slow_mode_asks_each_writer_to_wait_and_keeps_the_text(talk, moderator):
    run(signed_in(moderator), talk.page, slow_minutes="30")
    answer = send(talk.client, talk.page, "Already again.")
    assert answer.status_code == 400
    assert "one comment in 30 minutes" in answer.content.decode()
    assert "Already again." in answer.content.decode()
    assert send(signed_in(account("ann", name="Ann")), talk.page, "My first.").status_code == 302
    CommentState.objects.update(posted_at=timezone.now() - timedelta(minutes=31))
    assert send(talk.client, talk.page, "After a while.").status_code == 302


def test_slow_mode_holds_for_visitors_by_address_and_not_for_moderators(talk, moderator):
    run(signed_in(moderator), talk.page, slow_minutes="30")
    first, second = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="198.51.100.8")
    assert send(first, talk.page, "Visitor one.", name="Visitor").status_code == 302
    assert send(first, talk.page, "Visitor one again.", name="Visitor").status_code == 400
    assert send(second, talk.page, "Visitor two.", name="Visitor").status_code == 302
    other = make_pattern()
    assert send(first, other, "Elsewhere it is not slow.", name="Visitor").status_code == 302
    for words in ["One.", "Two."]:
        assert send(signed_in(moderator), talk.page, words).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [{"slow_minutes": "-1"}, {"slow_minutes": "1441"}, {"slow_minutes": "x"}, {"closes_on": "soon"}, {"is_open": "?"}],
)
def test_nonsense_is_said_beside_the_field_and_changes_nothing(talk, moderator, fields):
    answer = run(signed_in(moderator), talk.page, **fields)
    assert answer.status_code == 400
    thread = DiscussionThread.objects.get()
    assert (thread.state, thread.closes_on, thread.slow_minutes) == ("open", None, 0)


def test_only_moderators_run_discussions(talk, editor):
    for client in [Client(), signed_in(editor), talk.client]:
        run(client, talk.page, is_open="closed")
        assert "Neighbourhood watch" not in client.get("/admin/discussions/", follow=True).content.decode()
    assert DiscussionThread.objects.get().state == "open"
    with pytest.raises(services.Refused, match="forbidden"):
        running.run_thread(
            key=talk.page.translation_key, moderator=editor, is_open=False, closes_on=None, slow_minutes=0
        )


def test_a_discussion_whose_page_was_deleted_cannot_be_opened(talk, moderator):
    talk.page.delete()
    assert signed_in(moderator).get(f"/admin/discussions/{talk.page.translation_key}/", follow=True).status_code == 404
    with pytest.raises(services.Refused, match="gone"):
        running.run_thread(
            key=talk.page.translation_key, moderator=moderator, is_open=True, closes_on=None, slow_minutes=0
        )


def test_the_list_takes_the_same_queries_for_many(talk, moderator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, taken = signed_in(moderator), []
    for number in range(4):
        posted(signed_in(account(f"m{number}", name=f"Nr {number} x")), make_pattern(), "Words.")
        client.get("/admin/discussions/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/discussions/")
        taken.append(len(captured))
    assert taken[0] == taken[-1]


def test_the_kept_page_follows_at_once(talk, moderator, settings):
    settings.PAGE_CACHE_SECONDS = 600
    assert b"Add to the discussion" in Client().get(talk.page.url).content
    run(signed_in(moderator), talk.page, is_open="closed")
    assert b"Add to the discussion" not in Client().get(talk.page.url).content
