"""Atom feeds of comments."""

import pytest
from django.test import Client
from lxml import etree

from community import services
from community.models import CommentState, DiscussionThread, State, WorkingGroup
from tests.community.conftest import posted, send, signed_in
from tests.community.test_reading import fill
from tests.factories import make_pattern, translate

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "/en/discussion/feed/"


def feed(url, client=None):
    answer = (client or Client()).get(url)
    assert answer.status_code == 200, url
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(answer.content)


def said(url, client=None):
    return [each.findtext(f"{ATOM}summary") for each in feed(url, client).iter(f"{ATOM}entry")]


def of(page):
    return f"/en/discussion/{page.translation_key}/feed/"


def test_a_feed_of_one_page_of_one_language_and_of_all(talk):
    other = make_pattern(title="Elsewhere")
    posted(talk.client, talk.page, "In het Nederlands.", language="nl")
    posted(talk.client, other, "On another page.")
    assert ["Nederlands" in words for words in said(of(talk.page))] == [True, False]
    assert len(said(f"{of(talk.page)}nl/")) == 1
    assert len(said(SITE)) == 3
    assert len(said(f"{SITE}nl/")) == 1
    assert said(f"{SITE}fr/") == []
    entry = next(feed(of(talk.page)).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}title") == "Joanna on Neighbourhood watch"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Joanna"
    row = CommentState.objects.get(language="nl")
    assert entry.findtext(f"{ATOM}id") == f"urn:comment:{row.public_id}"
    assert entry.find(f"{ATOM}link").get("href").endswith(f"{talk.page.url}?c={row.public_id}#c-{row.public_id}")
    assert 'lang="nl"' in entry.findtext(f"{ATOM}summary")


def test_what_is_not_everybodys_is_in_no_feed_whoever_asks(talk, moderator, admin_user):
    for state in [State.HELD, State.HIDDEN, State.WITHDRAWN, State.ERASED]:
        row = fill(talk.page, 1, state=state)[0]
        type(row.comment).objects.filter(pk=row.comment_id).update(comment=f"canary-{state}")
    closed, gone = make_pattern(title="Closed"), make_pattern(title="Gone")
    posted(talk.client, closed, "canary-closed")
    posted(talk.client, gone, "canary-gone")
    closed.view_restrictions.create(restriction_type="login")
    gone.unpublish()
    group = WorkingGroup.objects.create(code="closed", visibility="private")
    private = DiscussionThread.objects.create(kind="group", group=group, title="canary-title")
    fill_thread_of(private, "canary-private")
    for client in [Client(), signed_in(moderator), signed_in(admin_user)]:
        text = client.get(SITE).content.decode() + client.get(of(talk.page)).content.decode()
        assert "canary" not in text
        assert "mail.example" not in text
        assert "We opened a group" in text
        for url in [of(closed), of(gone), f"/en/discussion/{private.translation_key}/feed/"]:
            assert client.get(url).status_code == 404


def fill_thread_of(thread, words):
    page = make_pattern()
    row = fill(page, 1)[0]
    type(row.comment).objects.filter(pk=row.comment_id).update(comment=words)
    CommentState.objects.filter(pk=row.pk).update(thread=thread)


def test_a_feed_does_not_tell_who_spoke_under_the_chatham_house_rule(talk):
    group = WorkingGroup.objects.create(code="open", visibility="public")
    thread = DiscussionThread.objects.create(kind="group", group=group, title="By role", by_role=True)
    fill_thread_of(thread, "Said under the rule.")
    assert not any("Said under the rule" in words for words in said(SITE))
    assert Client().get(f"/en/discussion/{thread.translation_key}/feed/").status_code == 404


@pytest.mark.parametrize("path", ["xx/", "EN/", "../"])
def test_any_other_language_is_not_found(talk, path):
    assert Client().get(f"{SITE}{path}").status_code in {404, 301, 302}
    assert Client().get(f"{of(talk.page)}xx/").status_code == 404


def test_a_page_without_comments_and_a_page_that_is_none_have_no_feed():
    assert Client().get(of(make_pattern())).status_code == 404
    assert Client().get("/en/discussion/00000000-0000-0000-0000-000000000000/feed/").status_code == 404


def test_each_language_of_the_site_names_the_page_in_it(talk):
    translate(talk.page, "fr", title="Surveillance de voisinage")
    entry = next(feed(of(talk.page).replace("/en/", "/fr/")).iter(f"{ATOM}entry"))
    assert "Surveillance de voisinage" in entry.findtext(f"{ATOM}title")
    assert "/fr/" in entry.find(f"{ATOM}link").get("href")


def test_an_unchanged_feed_is_not_sent_again_and_a_change_shows_at_once(talk, settings, moderator):
    settings.PAGE_CACHE_SECONDS = 600
    for url in [SITE, of(talk.page)]:
        etag = Client().get(url).headers["ETag"]
        assert Client().get(url, HTTP_IF_NONE_MATCH=etag).status_code == 304
        row = posted(talk.client, talk.page, f"News for {url}")
        assert Client().get(url, HTTP_IF_NONE_MATCH=etag).status_code == 200
        assert len(said(url)) == 2
        services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-7")
        assert len(said(url)) == 1


def test_a_restricted_page_leaves_the_kept_feed_at_once(talk, settings):
    settings.PAGE_CACHE_SECONDS = 600
    assert len(said(SITE)) == 1
    talk.page.view_restrictions.create(restriction_type="login")
    assert said(SITE) == []


def test_letters_that_xml_does_not_know_break_no_feed(page):
    send(Client(), page, "x", name="y")
    row = fill(page, 1)[0]
    type(row.comment).objects.filter(pk=row.comment_id).update(comment="a\x0cb\ufffe", user_name="N\x0b")
    assert len(said(SITE)) == 1


def test_thirty_comments_take_the_same_queries_as_three(page, joanna):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken = []
    for _round in range(2):
        for _number in range(3):
            fill(make_pattern(), 1 if not taken else 5)
        Client().get(SITE)
        with CaptureQueriesContext(connection) as captured:
            Client().get(SITE)
        taken.append(len(captured))
    assert taken[0] == taken[1]


def test_feeds_are_named_where_feeds_are_found(talk):
    assert f'href="{of(talk.page)}"' in Client().get(talk.page.url).content.decode()
    html = Client().get("/en/follow/").content.decode()
    assert f'href="{SITE}"' in html
    assert f'href="{SITE}nl/"' in html


def test_an_account_that_goes_leaves_the_feeds(talk):
    talk.author.delete()
    assert said(SITE) == []
