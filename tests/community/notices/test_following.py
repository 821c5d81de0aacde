"""Following and stopping: links change nothing, buttons do, and nobody learns who follows what."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community import tokens as form_tokens
from community.mail import has_stopped
from community.mail import stop as stop_address
from community.models import DiscussionThread, Frequency, Membership, Scope, Subscription, WorkingGroup
from community.notices import following, targets, tokens
from portal.models import OutboxRow
from tests.community.conftest import account, posted, signed_in
from tests.community.notices.conftest import follows, links_of, next_digests, path_of, sent, text_of, to, visitor
from tests.factories import make_pattern, make_practice

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def follow_url(scope, target="", language="en"):
    return f"/{language}/notices/follow/{scope}/" + (f"{target}/" if target else "")


def ask(client, email, scope="section", target="patterns", language="en", **fields):
    token = form_tokens.make(f"follow {scope} {target}")
    data = {"email": email, "frequency": "weekly", "token": token, "website": "", **fields}
    return client.post(follow_url(scope, target, language), data)


def stop_url(letter):
    (link,) = re.findall(r"<(\S+)>", letter.extra_headers["List-Unsubscribe"])
    return path_of(link)


def everything():
    """Every row of every table of ours, to see that nothing changed."""
    ours = {"community", "portal", "auth", "account"}
    tables = [model for model in apps.get_models() if model._meta.app_label in ours]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in tables}


# Visitors


def test_a_visitor_follows_only_after_pressing_a_button_in_the_page_that_the_mail_leads_to(page, client):
    assert ask(client, "Vera@Mail.example").status_code == 302
    row = Subscription.objects.get()
    assert (row.email, row.confirmed_at, row.frequency) == ("vera@mail.example", None, "weekly")
    (letter,) = sent()
    assert letter.to == ["vera@mail.example"]
    (link,) = [link for link in links_of(letter) if "/confirm/" in link]
    make_pattern(title="Street stewards")
    assert next_digests(8) == []
    assert client.get(path_of(link)).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at is None
    fresh = Client(enforce_csrf_checks=True)
    assert "You follow it" in fresh.post(path_of(link)).content.decode()
    row.refresh_from_db()
    assert row.confirmed_at
    assert fresh.cookies == {}
    Subscription.objects.update(told_until=timezone.now() - timedelta(hours=1))
    assert "Street stewards" in next_digests(16)[0].body


def test_the_mails_of_a_visitor_are_in_the_language_of_the_form(page, client):
    ask(client, "vera@mail.example", language="nl")
    assert sent()[0].extra_headers["Content-Language"] == "nl"


def test_nobody_learns_whether_an_address_is_known(page, client, ann):
    visitor("vera@mail.example", Scope.SECTION, "patterns")
    answers = []
    for email in ("vera@mail.example", "ann@mail.example", "new@mail.example"):
        response = ask(Client(), email)
        answers.append((response.status_code, response.headers["Location"], dict(response.cookies)))
    assert answers[0] == answers[1] == answers[2]
    letters = sent()
    assert {letter.to[0] for letter in letters} == {"vera@mail.example", "ann@mail.example", "new@mail.example"}
    assert len({letter.subject for letter in letters}) == 1
    assert Subscription.objects.get(email="vera@mail.example").confirmed_at, "asking again takes nothing away"


def test_one_address_gets_few_letters_and_nobody_is_told(page):
    answers = {ask(Client(REMOTE_ADDR=f"198.51.100.{number}"), "vera@mail.example").status_code for number in range(8)}
    assert answers == {302}
    assert OutboxRow.objects.filter(topic="community.mail").count() == 1
    for number in range(8):
        ask(Client(REMOTE_ADDR=f"198.51.100.{number}"), "olga@mail.example", target="patterns")
        sent()
    assert len(to(mail.outbox, "olga@mail.example")) == 3


def test_one_reader_sends_few_letters(page, client):
    answers = [ask(client, f"reader{number}@mail.example").status_code for number in range(12)]
    assert answers == [302] * 10 + [400] * 2


@pytest.mark.parametrize(
    "fields", [{"email": "no address"}, {"email": ""}, {"frequency": "instant"}, {"website": "x"}, {"token": "forged"}]
)
def test_what_is_wrong_is_said_and_nothing_is_kept(page, client, fields):
    response = ask(client, **{"email": "vera@mail.example", **fields})
    assert response.status_code == 400
    assert "err-h" in response.content.decode()
    assert not Subscription.objects.exists()
    assert sent() == []


def test_an_address_that_nobody_confirms_is_deleted(page, client):
    ask(client, "vera@mail.example")
    visitor("kept@mail.example", Scope.SITE)
    Subscription.objects.update(made_at=timezone.now() - timedelta(days=2, hours=23))
    assert following.delete_unconfirmed(timezone.now()) == 0
    Subscription.objects.update(made_at=timezone.now() - timedelta(days=3, hours=1))
    assert following.delete_unconfirmed(timezone.now()) == 1
    assert [row.email for row in Subscription.objects.all()] == ["kept@mail.example"]


def test_an_address_at_which_nobody_is_is_deleted_and_can_be_given_again(page, client):
    visitor("vera@mail.example", Scope.SITE)
    stop_address("vera@mail.example")
    assert following.delete_unreachable() == 1
    ask(client, "vera@mail.example")
    (letter,) = sent()
    assert following.delete_unreachable() == 0, "the letter has not been answered yet"
    (link,) = [link for link in links_of(letter) if "/confirm/" in link]
    client.post(path_of(link))
    assert not has_stopped("vera@mail.example"), "whoever pressed the button has read the letter"
    make_pattern(title="Street stewards")
    Subscription.objects.update(told_until=timezone.now() - timedelta(hours=1))
    assert len(next_digests(16)) == 1


def test_a_stranger_who_types_an_address_lifts_no_stop(page, client, ann):
    """It may be that of a member whose mail comes back: nothing but the question goes there."""
    stop_address("ann@mail.example")
    ask(client, "Ann@mail.example")
    sent()
    for method in (client.get, client.head):
        method(path_of(next(link for link in links_of(mail.outbox[-1]) if "/confirm/" in link)))
    assert has_stopped("ann@mail.example")
    follows(ann, Scope.SITE)
    Subscription.objects.filter(user=None).update(confirmed_at=None)
    make_pattern(title="Street stewards")
    assert next_digests(8) == []


@pytest.mark.parametrize(
    ("scope", "target"),
    [
        *(("section", "nowhere"), ("country", "IT"), ("country", "xx"), ("language", "xx"), ("group", "closed")),
        *(("replies", ""), ("site", "x"), ("nothing", ""), ("thread", "x"), ("subject", "1" * 32)),
    ],
)
def test_what_is_not_there_cannot_be_followed(page, client, scope, target):
    WorkingGroup.objects.create(code="closed", visibility="private")
    assert client.get(follow_url(scope, target)).status_code == 404
    assert ask(client, "vera@mail.example", scope, target).status_code == 404


def test_visitors_follow_sections_countries_and_the_site_and_need_an_account_for_the_rest(page, client):
    make_practice(country="IT")
    for scope, target in (("section", "patterns"), ("country", "IT"), ("site", "")):
        assert 'name="email"' in client.get(follow_url(scope, target)).content.decode()
    for scope, target in (("thread", page.translation_key), ("subject", page.translation_key), ("language", "fr")):
        response = client.get(follow_url(scope, target))
        assert response.status_code == 200
        assert 'name="email"' not in response.content.decode()
        assert "/accounts/login/?next=" in response.content.decode()
        assert ask(client, "vera@mail.example", scope, target).status_code == 403
    assert not Subscription.objects.exists()


# Members


def test_a_member_follows_a_discussion_and_its_page(page, ann, ann_client):
    url = follow_url("thread", page.translation_key)
    assert ann_client.get(url).status_code == 200
    ann_client.post(url, {"frequency-0": "instant", "frequency-1": "weekly"})
    rows = {row.scope: row.frequency for row in Subscription.objects.of(ann)}
    assert rows == {"replies": "daily", "thread": "instant", "subject": "weekly"}
    ann_client.post(url, {"frequency-0": "daily", "frequency-1": "none"})
    rows = {row.scope: row.frequency for row in Subscription.objects.of(ann)}
    assert rows == {"replies": "daily", "thread": "daily"}
    assert ann_client.post(url, {"frequency-0": "hourly"}).status_code == 400


def test_a_private_group_is_followed_by_its_members_alone(page, ann, ann_client):
    group = WorkingGroup.objects.create(code="closed", visibility="private")
    thread = DiscussionThread.objects.create(kind="group", group=group, title="T", language="en")
    urls = [follow_url("group", "closed"), follow_url("thread", thread.translation_key)]
    assert {client.get(url).status_code for client in (ann_client, Client()) for url in urls} == {404}
    Membership.objects.create(group=group, user=ann)
    assert {ann_client.get(url).status_code for url in urls} == {200}
    assert {Client().get(url).status_code for url in urls} == {404}


def test_the_page_of_notices_shows_and_changes_everything(page, ann, ann_client):
    thread = follows(ann, Scope.THREAD, page.translation_key)
    gone = follows(ann, Scope.GROUP, "closed")
    answers = Subscription.objects.get(user=ann, scope=Scope.REPLIES)
    text = ann_client.get("/accounts/notices/").content.decode()
    assert "Neighbourhood watch" in text
    assert "Something that you cannot see any more" in text
    data = {thread.public_id: "weekly", gone.public_id: "none", answers.public_id: "none", "do": "save"}
    ann_client.post("/accounts/notices/", {key: value for key, value in data.items() if key != "do"})
    rows = {row.scope: row.frequency for row in Subscription.objects.of(ann)}
    assert rows == {"thread": "weekly", "replies": "none"}
    ann_client.post("/accounts/notices/", {"do": "all"})
    assert not Subscription.objects.of(ann).active().exists()


def test_the_page_of_notices_is_for_its_member_alone(page, ann, ann_client):
    other = account("bob", name="Bob")
    row = follows(other, Scope.SITE)
    assert Client().get("/accounts/notices/").status_code == 302
    ann_client.post("/accounts/notices/", {row.public_id: "none", "do": "all"})
    row.refresh_from_db()
    assert row.frequency == "daily"


def test_a_member_whose_mail_comes_back_is_told_and_tries_again(ann, ann_client):
    assert "come back" not in ann_client.get("/accounts/notices/").content.decode()
    stop_address("ann@mail.example")
    assert "come back" in ann_client.get("/accounts/notices/").content.decode()
    ann_client.post("/accounts/notices/", {"do": "again"})
    assert not has_stopped("ann@mail.example")


def test_the_page_of_notices_takes_the_same_queries_for_any_number_of_rows(ann, ann_client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _round in range(2):
        for _number in range(4):
            made = make_pattern()
            follows(ann, Scope.THREAD, made.translation_key)
            follows(ann, Scope.SUBJECT, made.translation_key)
        ann_client.get("/accounts/notices/")
        with CaptureQueriesContext(connection) as queries:
            ann_client.get("/accounts/notices/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Links in mails


@pytest.fixture
def letters(talk, ann, client):
    """One of each kind of mail that tells what is new, or asks."""
    follows(ann, Scope.THREAD, talk.page.translation_key, Frequency.INSTANT)
    follows(ann, Scope.SECTION, "patterns", Frequency.INSTANT)
    visitor("vera@mail.example", Scope.SITE)
    ask(client, "new@mail.example")
    sent_before = sent()
    bob = account("bob", name="Bob")
    posted(signed_in(bob), talk.page, "A useful answer.", parent=talk.row)
    make_pattern(title="Street stewards")
    found = [*sent_before, *sent(), *next_digests()]
    kinds = set(OutboxRow.objects.filter(topic="community.mail").values_list("key", flat=True))
    names = {key.partition(":")[0] for key in kinds}
    assert {"digest", "visitor-digest", "new-comment", "new-page", "confirm-following"} <= names
    assert len(found) >= 5
    return found


def test_no_link_of_any_mail_changes_anything_when_it_is_opened(letters, ann_client):
    links = {link for letter in letters for link in links_of(letter)}
    assert all(link.startswith("http://testserver") for link in links)
    before = everything()
    for link in sorted(links):
        for reader in (Client(), ann_client):
            for method in (reader.get, reader.head):
                assert method(path_of(link), follow=True).status_code in {200, 403}, link
    assert everything() == before


def test_no_mail_tells_an_address_or_a_draft(letters):
    for letter in letters:
        others = {"ann@mail.example", "joanna@mail.example", "bob@mail.example", "vera@mail.example"} - set(letter.to)
        assert not any(address in text_of(letter) for address in others)


def test_one_click_ends_what_the_mail_was_about_without_cookie_or_sign_in(letters):
    for letter in letters:
        if "List-Unsubscribe" not in letter.extra_headers:
            assert "/confirm/" in letter.body
            continue
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        response = Client(enforce_csrf_checks=True).post(stop_url(letter), ONE_CLICK)
        assert response.status_code == 200
        assert response.cookies == {}
        ended = tokens.read(stop_url(letter).split("/")[-2])
        assert not ended.rows.active().exists()
    assert not Subscription.objects.filter(email="vera@mail.example").exists()
    assert next_digests(30) == []


def test_a_link_ends_nothing_of_anybody_else(page, ann):
    mine, other = visitor("vera@mail.example", Scope.SITE), visitor("olga@mail.example", Scope.SITE)
    bob = follows(account("bob", name="Bob"), Scope.SITE)
    url = reverse("notices:stop", args=[tokens.of_row(mine)])
    for data in ({"do": "one", "one": other.public_id}, {"do": "one", "one": bob.public_id}, {"do": "all"}):
        Client().post(url, data)
    assert set(Subscription.objects.active().values_list("pk", flat=True)) >= {other.pk, bob.pk}
    assert not Subscription.objects.filter(pk=mine.pk).exists()
    forged = tokens.of_row(other).partition(".")[0] + "." + tokens.of_row(mine).partition(".")[2]
    assert Client().post(reverse("notices:stop", args=[forged]), ONE_CLICK).status_code == 404
    assert Client().post(reverse("notices:stop", args=[tokens.to_confirm(other)])).status_code == 404


def test_a_link_works_after_the_address_has_changed(talk):
    posted(signed_in(account("bob", name="Bob")), talk.page, "An answer.", parent=talk.row)
    (letter,) = next_digests()
    EmailAddress.objects.filter(user=talk.author).update(email="new@mail.example")
    talk.author.email = "new@mail.example"
    talk.author.save()
    assert Client().post(stop_url(letter), ONE_CLICK).status_code == 200
    assert not Subscription.objects.of(talk.author).active().exists()


def test_after_erasure_there_is_nothing_to_do(talk):
    posted(signed_in(account("bob", name="Bob")), talk.page, "An answer.", parent=talk.row)
    vera = visitor("vera@mail.example", Scope.SITE)
    (letter,) = next_digests()
    links = [
        stop_url(letter),
        *(
            reverse(f"notices:{name}", args=[token])
            for name, token in (
                ("stop", tokens.of_row(vera)),
                ("confirm", tokens.to_confirm(vera)),
            )
        ),
    ]
    vera.delete()
    talk.author.delete()
    for link in links:
        response = Client().get(link)
        assert response.status_code == 200
        assert "There is nothing to do" in response.content.decode()
        assert Client().post(link).status_code == 200


def test_a_page_offers_each_scope_and_all(page, ann):
    thread, site = follows(ann, Scope.THREAD, page.translation_key), follows(ann, Scope.SITE)
    group = WorkingGroup.objects.create(code="canary-group", visibility="private")
    Membership.objects.create(group=group, user=ann)
    follows(ann, Scope.GROUP, group.code)
    url = reverse("notices:stop", args=[tokens.of_row(site)])
    text = Client().get(url).content.decode()
    assert "Neighbourhood watch" in text
    assert "canary" not in text, "whoever has the link need not be the reader"
    Client().post(url, {"do": "one", "one": thread.public_id})
    assert set(Subscription.objects.of(ann).active().values_list("scope", flat=True)) == {"replies", "site", "group"}
    Client().post(url, {"do": "all"})
    assert not Subscription.objects.of(ann).active().exists()


# Where it is offered


def test_the_page_of_feeds_the_section_and_the_discussion_lead_to_following(page, client):
    make_practice(country="IT")
    text = client.get("/en/follow/").content.decode()
    for target in ("site/", "section/patterns/", "section/practices/", "country/IT/"):
        assert f'href="/en/notices/follow/{target}"' in text
    assert f'href="/en/notices/follow/thread/{page.translation_key}/"' in client.get(page.url).content.decode()
    assert 'href="/en/notices/follow/section/patterns/"' in client.get("/en/patterns/").content.decode()


def test_what_is_followed_has_a_name_in_every_scope(page, ann):
    make_practice(country="IT")
    group = WorkingGroup.objects.create(code="open", visibility="public")
    group.texts.create(language="en", title="Open group", purpose="P")
    wanted = {
        ("replies", ""),
        ("site", ""),
        ("section", "patterns"),
        ("country", "IT"),
        ("language", "fr"),
        ("group", "open"),
        ("thread", str(page.translation_key)),
        ("subject", str(page.translation_key)),
    }
    Subscription.objects.all().delete()
    rows = [follows(ann, scope, target) for scope, target in wanted]
    labels = targets.labels(rows, ann)
    assert {row.scope: labels[row.pk].label for row in rows} == {
        row.scope: targets.of_row(row, ann).label for row in rows
    }
