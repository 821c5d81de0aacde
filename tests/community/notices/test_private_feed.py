"""A member's own feed: off by default, under an address nobody can guess, asked anew what the account may read."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from community.models import CommentState, Membership, PrivateFeed, Sanction, State, Subscription
from community.notices import private_addresses
from tests.community.conftest import account, signed_in
from tests.community.groups.conftest import join, make_group, make_thread
from tests.community.moderation.conftest import hidden, written
from tests.community.personal.scan import places
from tests.factories import make_pattern

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = "/accounts/feed/"


def shown(client, do="show"):
    """The address as the page shows it when it is asked for."""
    html = client.post(SETTINGS, {"do": do}).content.decode()
    found = re.search(r'readonly value="([^"]+)"', html)
    return found and found.group(1).replace("&amp;", "&")


def path_of(address):
    return re.sub(r"^https?://[^/]+", "", address)


def entries(address):
    answer = Client().get(path_of(address))
    assert answer.status_code == 200, address
    return [
        (each.findtext(f"{ATOM}title"), each.findtext(f"{ATOM}summary") or "")
        for each in etree.fromstring(answer.content).iter(f"{ATOM}entry")
    ]


def follows(user, scope, target="", **fields):
    return Subscription.objects.create(
        user=user, scope=scope, target=target, confirmed_at=timezone.now(), **{"frequency": "daily", **fields}
    )


def in_thread(row, thread):
    CommentState.objects.filter(pk=row.pk).update(thread=thread)
    return row


@pytest.fixture
def ann(db):
    return account("ann", name="Ann")


@pytest.fixture
def feed(ann):
    """The address of a feed that is on."""
    return shown(signed_in(ann), "on")


@pytest.fixture
def closed(ann, joanna, page):
    """A closed group in which Joanna wrote, read by Ann."""
    group = make_group("canarycode", title="Canary group")
    join(group, ann)
    join(group, joanna)
    thread = make_thread(group, "Canary thread")
    in_thread(written(page, joanna, "canary words for us alone"), thread)
    return group, thread


def test_it_is_off_until_switched_on_and_the_address_shows_on_demand_alone(ann):
    client = signed_in(ann)
    assert "Switch it on" in client.get(SETTINGS).content.decode()
    assert not PrivateFeed.objects.exists()
    address = shown(client, "on")
    assert shown(client, "on") == shown(client) == address  # pressed twice it stays the same
    page = client.get(SETTINGS)
    assert "key=" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert Client().get(SETTINGS).status_code == 302
    assert Client().post(SETTINGS, {"do": "on"}).status_code == 302
    assert client.post(SETTINGS, {"do": "nonsense"}).status_code == 200
    assert PrivateFeed.objects.count() == 1


def test_the_settings_ask_for_the_token_of_a_form(ann):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(SETTINGS, {"do": "on"}).status_code == 403


def test_the_address_is_in_no_table_and_in_no_line_of_a_log(ann, feed, caplog):
    caplog.set_level(logging.DEBUG)
    key = feed.partition("key=")[2]
    assert len(key) == 64
    assert Client().get(path_of(feed)).status_code == 200
    assert Client().get(path_of(feed)[:-1]).status_code == 404
    assert not places(key, key[:32])
    assert key[:32] not in caplog.text
    assert "?" in feed  # the access log of the web server has no more than what stands before it


def test_it_sets_no_cookie_and_nobody_keeps_it(feed, settings):
    settings.PAGE_CACHE_SECONDS = 600
    for _time in range(2):
        answer = Client().get(path_of(feed))
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert feed.partition("key=")[2] not in answer.content.decode()


def test_it_holds_what_she_follows_and_what_is_said_in_her_groups(ann, joanna, page, feed, closed):
    elsewhere = make_pattern(title="Elsewhere", number=9)
    written(page, joanna, "On the page that she follows.")
    written(elsewhere, joanna, "On a page that she does not follow.")
    written(page, ann, "Her own words.")
    assert entries(feed) == [("New in “Canary thread”", "")]
    follows(ann, "thread", str(page.translation_key))
    titles = entries(feed)
    assert [title for title, _words in titles] == ["Joanna on Neighbourhood watch", "New in “Canary thread”"]
    assert "that she follows" in titles[0][1]
    answer = written(elsewhere, joanna, "An answer to Ann.")
    CommentState.objects.filter(pk=answer.pk).update(parent=CommentState.objects.get(comment__user=ann))
    assert "An answer to Ann." in entries(feed)[0][1]
    follows(ann, "subject", str(elsewhere.translation_key))
    assert "Elsewhere" in [title for title, _words in entries(feed)]


def test_words_and_names_of_a_closed_place_are_not_in_it(feed, closed):
    body = Client().get(path_of(feed)).content.decode()
    assert "Canary thread" in body
    for secret in ["canary words", "Joanna", "mail.example"]:
        assert secret not in body


def test_pages_that_not_everybody_may_read_are_not_told(ann, feed):
    restricted, gone = make_pattern(title="Canary closed"), make_pattern(title="Canary gone")
    make_pattern(title="Canary followed")
    restricted.view_restrictions.create(restriction_type="groups")
    gone.unpublish()
    follows(ann, "site")
    titles = [title for title, _words in entries(feed)]
    assert "Canary followed" in titles
    assert not {"Canary closed", "Canary gone"} & set(titles)


def test_what_is_held_hidden_withdrawn_or_erased_is_not_in_it(ann, joanna, page, feed):
    follows(ann, "thread", str(page.translation_key))
    for state in [State.HELD, State.HIDDEN, State.WITHDRAWN, State.ERASED]:
        row = written(page, joanna, f"canary {state}")
        CommentState.objects.filter(pk=row.pk).update(state=state)
    assert entries(feed) == []


def test_with_the_membership_what_was_in_it_is_gone_at_the_next_request(ann, feed, closed):
    assert len(entries(feed)) == 1
    Membership.objects.filter(user=ann).update(until=timezone.now() - timedelta(seconds=1))
    assert entries(feed) == []
    follows(ann, "group", "canarycode")  # left over from before
    follows(ann, "thread", str(closed[1].translation_key))
    assert entries(feed) == []


def test_a_signed_in_reader_adds_nothing_to_the_feed_of_another(ann, joanna, closed, feed):
    other = shown(signed_in(account("rita", name="Rita")), "on")
    assert etree.fromstring(signed_in(ann).get(path_of(other)).content).findall(f"{ATOM}entry") == []


def told(address):
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(address)
    headers = {name: value for name, value in answer.headers.items() if name not in {"Expires", "Date"}}
    # The links to the other languages repeat what was asked for.
    return answer.status_code, headers, re.sub(r"key=\w*", "key=", answer.content.decode()), len(queries)


def test_an_address_that_is_over_answers_as_one_that_never_was(ann, joanna, page, moderator, feed, closed):
    never = f"{path_of(feed).partition('=')[0]}={'0' * 64}"
    told(never)
    expected = told(never)
    assert expected[0] == 404
    client = signed_in(ann)
    assert told(f"{path_of(feed)[:-1]}{'01'[feed.endswith('0')]}") == expected
    for odd in ["", "?key=", "?key=x", "?key=%00", "?key=%ff", f"?key={feed[-64:]}&key=x"]:
        assert Client().get(path_of(feed).partition("?")[0] + odd).status_code == 404, odd
    client.post(SETTINGS, {"do": "new"})
    new = path_of(shown(client))
    assert new != path_of(feed)
    assert told(path_of(feed)) == expected
    cause = hidden(written(page, ann, "Bad."), moderator)
    sanction = Sanction.objects.create(user=ann, kind="suspension", cause=cause, made_by=moderator)
    assert told(new) == expected
    Sanction.objects.filter(pk=sanction.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert told(new)[0] == 200
    type(ann).objects.filter(pk=ann.pk).update(is_active=False)
    assert told(new) == expected
    type(ann).objects.filter(pk=ann.pk).update(is_active=True)
    client.post(SETTINGS, {"do": "off"})
    assert told(new) == expected
    again = path_of(shown(client, "on"))
    assert again not in {new, path_of(feed)}
    ann.delete()
    assert told(again) == expected


def test_it_outlives_a_change_of_the_secret_of_the_site_as_long_as_the_old_one_is_known(ann, feed, settings):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]
    assert shown(signed_in(ann)) == feed
    assert Client().get(path_of(feed)).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert private_addresses.address(PrivateFeed.objects.get()) == ""
    assert Client().get(path_of(feed)).status_code == 404
    assert "Make a new one" in signed_in(ann).post(SETTINGS, {"do": "show"}).content.decode()


def test_it_takes_as_many_queries_for_many_as_for_few(ann, joanna, feed):
    counts = []
    for number in (3, 6):
        for each in range(number):
            one = make_pattern(title=f"Page {number} {each}")
            written(one, joanna, f"Words {number} {each}.")
            follows(ann, "thread", str(one.translation_key))
            follows(ann, "subject", str(one.translation_key))
        thread = make_thread(make_group(f"group{number}"), "Talk")
        join(thread.group, ann)
        in_thread(written(one, joanna, f"In the group {number}."), thread)
        Client().get(path_of(feed))
        counts.append(told(path_of(feed))[3])
    assert counts[0] == counts[1], counts
