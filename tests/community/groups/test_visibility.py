"""One query decides who sees a thread, one who moderates it."""

import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.utils import timezone

from community import access, services
from community.models import CommentState, DiscussionThread, State, WorkingGroup
from tests.community.conftest import account, posted, signed_in

from .conftest import join, make_group, make_thread

pytestmark = pytest.mark.django_db


def place(thread):
    """Stands for a page in the helpers that send comments."""
    return SimpleNamespace(translation_key=thread.translation_key)


def without_address(answer, url):
    """What is said; the page repeats the address that was asked for."""
    return answer.content.replace(url.removeprefix("/en").encode(), b"")


def threads_of(user):
    return set(DiscussionThread.objects.visible_to(user).values_list("title", flat=True))


def test_only_current_members_see_a_private_thread(closed):
    other = make_group("other", title="Others")
    make_thread(make_group("open-one", "readable", "Readable"), "Readable thread")
    stranger, elsewhere, former = account("s"), account("e"), account("f")
    join(other, elsewhere, "chair")
    join(closed.group, former, until=timezone.now() - datetime.timedelta(seconds=1))
    for user in [None, AnonymousUser(), stranger, elsewhere, former]:
        assert threads_of(user) == {"Readable thread"}
        assert closed.group not in WorkingGroup.objects.visible_to(user)
    for user in [closed.member, closed.chair, User.objects.create_superuser("root")]:
        assert threads_of(user) == {"Readable thread", "What to do on Friday"}


def test_a_closed_account_sees_nothing(closed):
    closed.member.is_active = False
    assert threads_of(closed.member) == set()


def test_threads_of_pages_follow_their_pages(page, talk):
    thread = talk.row.thread
    assert thread in DiscussionThread.objects.visible_to(None)
    assert talk.row in CommentState.objects.visible_to(None)
    restriction = page.view_restrictions.create(restriction_type="login")
    assert thread not in DiscussionThread.objects.visible_to(None)
    assert thread in DiscussionThread.objects.visible_to(talk.author)
    restriction.delete()
    page.unpublish()
    assert thread not in DiscussionThread.objects.visible_to(talk.author)
    assert talk.row not in CommentState.objects.visible_to(talk.author)


def test_what_is_seen_is_decided_in_one_query(closed, django_assert_num_queries, page, talk):
    with django_assert_num_queries(2):  # and the restrictions of pages
        list(CommentState.objects.visible_to(closed.member))


def test_moderators_of_the_site_do_not_reach_into_private_groups(closed, moderator, editor):
    readable = make_thread(make_group("open-one", "readable", "Readable"))
    assert access.may_moderate(moderator)
    assert access.may_moderate(moderator, readable)
    assert not access.may_moderate(moderator, closed.thread)
    assert access.may_moderate(closed.chair)
    assert access.may_moderate(closed.chair, closed.thread)
    assert not access.may_moderate(closed.chair, readable)
    assert not access.may_moderate(closed.member)
    assert not access.may_moderate(closed.member, closed.thread)
    assert not access.may_moderate(editor)
    assert not access.may_moderate(AnonymousUser())


def test_a_group_moderator_decides_in_the_own_group_only(closed, talk, moderator):
    row = posted(closed.client, place(closed.thread), "Words inside.")
    with pytest.raises(CommentState.DoesNotExist):
        services.decide(public_id=talk.row.public_id, moderator=closed.chair, new=State.HIDDEN, reason="rule-1")
    with pytest.raises(CommentState.DoesNotExist):
        services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    with pytest.raises(services.Refused, match="forbidden"):
        services.decide(public_id=row.public_id, moderator=closed.member, new=State.HIDDEN, reason="rule-1")
    services.decide(public_id=row.public_id, moderator=closed.chair, new=State.HIDDEN, reason="rule-1")
    row.refresh_from_db()
    assert row.state == State.HIDDEN


def test_members_write_and_read_and_others_get_what_they_get_for_nothing(closed):
    row = posted(closed.client, place(closed.thread), "Words inside.")
    url = closed.thread.get_absolute_url()
    answer = closed.client.get(url)
    assert b"Words inside." in answer.content
    assert answer.headers["Cache-Control"] == "private, no-store"
    missing = url.replace(str(closed.thread.translation_key), "00000000-0000-4000-8000-000000000000")
    for client in [Client(), signed_in(account("s", name="Sam"))]:
        for closed_url, nothing in [(url, missing), (closed.group.get_absolute_url(), "/en/working-groups/nowhere/")]:
            hidden, nowhere = client.get(closed_url), client.get(nothing)
            assert hidden.status_code == nowhere.status_code == 404
            assert without_address(hidden, closed_url) == without_address(nowhere, nothing)
    assert row.state == State.PUBLISHED


def test_of_a_readable_group_everybody_reads_and_members_write(closed):
    group = make_group("open-one", "readable", "Readable")
    thread = make_thread(group)
    join(group, closed.member)
    posted(closed.client, place(thread), "Words for all.")
    answer = Client().get(thread.get_absolute_url())
    assert b"Words for all." in answer.content
    assert b"/write/" not in answer.content
    write = f"/en/discussion/{thread.translation_key}/write/"
    assert Client().get(write).status_code == 403
    assert Client().post(write, {"text": "Mine", "language": "en", "name": "Visitor"}).status_code == 400
    assert closed.client.get(write).status_code == 200
    assert CommentState.objects.count() == 1
