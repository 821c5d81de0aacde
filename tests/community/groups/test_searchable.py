"""Members find the talk of their own groups; no search of anybody else tells that there is any."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import services
from community.groups import membership, searchable
from community.models import CommentState, DiscussionThread, Membership, State
from search.models import Document, Word
from search.service import search
from tests.community.conftest import account, posted, send, signed_in

from .conftest import join, make_group, make_thread
from .test_visibility import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(closed):
    return posted(closed.client, place(closed.thread), "We met a quokka, an ÉTRANGE beast, near the school.")


def asked(client, text="quokka", language="en", **more):
    return client.get(f"/{language}/search/", {"q": text, **more}).content.decode()


def test_a_member_finds_the_comment_in_its_place(closed, said):
    html = asked(closed.client)
    assert "In your working groups" in html
    assert f"{closed.thread.get_absolute_url()}?c={said.public_id}#c-{said.public_id}" in html
    assert "a <mark>quokka</mark>, an" in html
    for words in ["the quokka school", "étrange", '"quokka" Friday', "Friday"]:
        assert closed.thread.title in asked(closed.client, words).replace("<mark>", "").replace("</mark>", "")
    for words in ["quokka wolverine", "the", "-quokka", "%"]:
        assert "In your working groups" not in asked(closed.client, words)
    assert said.public_id in asked(closed.client, "étrange", "fr")


def test_nobody_else_finds_a_trace(closed, said, moderator):
    other = make_group("other", title="Others")
    elsewhere, former = account("emil", name="Emil"), account("finn", name="Finn")
    join(other, elsewhere, "chair")
    join(closed.group, former, until=timezone.now() - datetime.timedelta(minutes=1))
    outside = [Client(), *map(signed_in, [elsewhere, former, moderator, account("sam", name="Sam")])]
    for client in outside:
        for words in ["quokka", "quoka", "Friday", "étrange"]:
            html = asked(client, words)
            for trace in ["In your working groups", said.public_id, closed.thread.title, "met a", closed.group.code]:
                assert trace not in html
        assert "quokka" not in client.get("/en/search/suggest/?q=quok").content.decode()
        assert "Did you mean" not in asked(client, "quoka")
    assert not Word.objects.filter(word__contains="quokka").exists()
    assert not Document.objects.filter(body__contains="quokka").exists()
    membership.end(membership=Membership.objects.get(user=closed.member, group=closed.group), by=None)
    assert said.public_id not in asked(closed.client)


def test_only_what_stands_in_the_thread_is_found(closed, said):
    send(closed.client, place(closed.thread), "A wolverine: http://a.example http://b.example http://c.example")
    assert CommentState.objects.latest("pk").state == State.HELD
    assert "In your working groups" not in asked(closed.client, "wolverine")
    services.decide(public_id=said.public_id, moderator=closed.chair, new=State.HIDDEN, reason="rule-1")
    assert "In your working groups" not in asked(closed.client)
    DiscussionThread.objects.filter(pk=closed.thread.pk).update(state="hidden")
    assert "In your working groups" not in asked(closed.client, "Friday")


def test_where_authors_are_shown_by_role_no_name_is_found(closed):
    thread = make_thread(closed.group, "Between us", by_role=True)
    posted(closed.client, place(thread), "A quokka, said freely.")
    assert "Between us" in asked(closed.client)
    assert "In your working groups" not in asked(closed.client, "Ann")
    section = asked(closed.client).partition('id="closed-1"')[2]
    assert "Ann" not in section.partition("</section>")[0]


def test_filters_and_later_pages_show_pages_alone(closed, said):
    assert "In your working groups" not in asked(closed.client, type="pattern")


def queries(user):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        searchable.find(["quokka"], user)
    return len(seen)


def test_many_comments_take_no_more_queries(closed, said):
    few = queries(closed.member)
    for number in range(4):
        thread = make_thread(closed.group, f"Quokka {number}")
        posted(closed.client, place(thread), f"Quokka number {number}, seen by us")
    assert len(searchable.find(["quokka"], closed.member)) == 5
    assert queries(closed.member) == few <= 5
    assert queries(account("sam", name="Sam")) == 1
    assert search("quokka", language="en", user=closed.member).total == 0
