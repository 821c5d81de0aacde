"""Messages between members: brought by mail, in the reader's language, with no address and one press to stop them."""

import datetime
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.groups import membership, messages
from community.models import GroupMessage, Membership, ModerationDecision, Sanction, State, Subscription, WorkingGroup
from portal import outbox
from tests.community.conftest import account, posted, signed_in

from .conftest import join, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _host(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"


@pytest.fixture
def group(closed):
    """The closed group, made readable: its mails say who wrote and what."""
    WorkingGroup.objects.filter(pk=closed.group.pk).update(visibility="readable")
    Membership.objects.filter(user=closed.chair).update(shows_name=True)
    closed.group.refresh_from_db()
    return closed


def mine(closed):
    return Membership.objects.get(user=closed.member, group=closed.group)


def write(client, group, to=None, text="Shall we compare notes in March?", **fields):
    args = [group.code, Membership.objects.get(user=to, group=group).pk] if to else [group.code]
    url = reverse("groups:write_to" if to else "groups:write_to_all", args=args)
    return client.post(url, {"text": text, "language": "en", "website": "", **fields})


def sent():
    before = len(mail.outbox)
    outbox.drain()
    return mail.outbox[before:]


def test_a_message_reaches_its_reader_in_his_language_and_shows_no_address(group):
    group.chair.member.language = "nl"
    group.chair.member.save()
    assert write(group.client, group.group, group.chair).status_code == 302
    (letter,) = sent()
    whole = f"{letter.subject}\n{letter.body}\n{letter.alternatives[0].content}\n{letter.extra_headers}"
    assert letter.to == [group.chair.email]
    assert letter.extra_headers["Content-Language"] == "nl"
    assert "Ann" in letter.subject
    assert "Shall we compare notes in March?" in whole
    assert group.member.email not in f"{whole} {letter.from_email} {letter.reply_to} {letter.cc} {letter.bcc}"
    assert "ann@" not in whole
    path = re.search(r"http://testserver(/\S+/messages/\S+/)", letter.body)[1]
    page = group.chairs.get(path).content.decode()
    assert "Shall we compare notes in March?" in page
    assert "mail.example" not in page.replace(group.chair.email, "")


def test_the_reader_can_answer_who_stands_in_no_list(group):
    answer_url = reverse("groups:write_to", args=[group.group.code, mine(group).pk])
    assert group.chairs.get(answer_url).status_code == 404
    write(group.client, group.group, group.chair)
    page = group.chairs.get(f"/en/working-groups/messages/{GroupMessage.objects.get().public_id}/")
    assert answer_url in page.content.decode()
    assert write(group.chairs, group.group, group.member, "Gladly.").status_code == 302
    assert [letter.to for letter in sent()] == [[group.chair.email], [group.member.email]]


def test_a_message_to_all_reaches_each_other_member_alone(group):
    join(group.group, account("dora", name="Dora"))
    join(group.group, account("gone", name="Gone"), until=timezone.now() - datetime.timedelta(days=1))
    assert write(group.client, group.group).status_code == 302
    letters = sent()
    assert sorted(letter.to for letter in letters) == [["carl@mail.example"], ["dora@mail.example"]]
    assert not any(letter.cc or letter.bcc for letter in letters)


def test_of_a_private_group_the_mail_says_only_that_there_is_something(closed):
    assert write(closed.client, closed.group).status_code == 302
    (letter,) = sent()
    whole = f"{letter.subject}\n{letter.body}\n{letter.alternatives[0].content}"
    for secret in ["Ann", closed.group.title, "compare notes"]:
        assert secret not in whole
    path = re.search(r"http://testserver(/\S+/messages/\S+/)", letter.body)[1]
    answer = closed.chairs.get(path)
    assert "compare notes" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    for outsider in [Client(), signed_in(account("s", name="Sam"))]:
        said = outsider.get(path, follow=True).content.decode()
        assert "compare notes" not in said
        assert closed.group.title not in said


def test_only_its_readers_find_a_message(group):
    dora = account("dora", name="Dora")
    join(group.group, dora)
    write(group.client, group.group, group.chair)
    path = f"/en/working-groups/messages/{GroupMessage.objects.get().public_id}/"
    assert group.client.get(path).status_code == 200
    assert signed_in(dora).get(path).status_code == 404
    membership.end(membership=mine(group), by=None)
    assert group.client.get(path).status_code == 404


def test_who_joined_later_reads_nothing_of_before(group):
    write(group.client, group.group)
    path = f"/en/working-groups/messages/{GroupMessage.objects.get().public_id}/"
    late = account("late", name="Late")
    join(group.group, late)
    assert signed_in(late).get(path).status_code == 404


def test_one_press_stops_the_mails_and_the_account_turns_them_on_again(group):
    write(group.client, group.group, group.chair)
    (letter,) = sent()
    link = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().get(link).status_code == 200
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    write(group.client, group.group, group.chair)
    assert sent() == []
    row = Subscription.objects.get(user=group.chair, scope="messages")
    notices = group.chairs.get(reverse("account_notices")).content.decode()
    assert "Messages from members of your working groups" in notices
    rows = Subscription.objects.filter(user=group.chair)
    kept = {each.public_id: each.frequency for each in rows}
    wrong = group.chairs.post(reverse("account_notices"), {**kept, row.public_id: "daily", "do": "save"})
    assert wrong.status_code == 400
    group.chairs.post(reverse("account_notices"), {**kept, row.public_id: "instant", "do": "save"})
    write(group.client, group.group, group.chair)
    assert len(sent()) == 1


def test_saying_never_in_the_account_lasts(group):
    switch = messages.following.messages_to(group.chair)
    rows = Subscription.objects.filter(user=group.chair)
    kept = {each.public_id: each.frequency for each in rows}
    group.chairs.post(reverse("account_notices"), {**kept, switch.public_id: "none", "do": "save"})
    write(group.client, group.group, group.chair)
    assert sent() == []


def test_access_is_asked_when_the_mail_goes_out(group):
    write(group.client, group.group)
    membership.end(membership=mine(group), by=None)
    assert sent() == []
    Membership.objects.filter(user=group.member).update(until=None)
    write(group.client, group.group)
    join(group.group, account("dora", name="Dora"), "chair")
    membership.end(membership=Membership.objects.get(user=group.chair, group=group.group), by=None)
    assert sent() == []


def test_what_the_guard_finds_is_asked_about_to_one_and_refused_to_all(group):
    words = "Write to me at jan@voorbeeld.nl please."
    to_all = write(group.client, group.group, text=words)
    assert to_all.status_code == 400
    assert "<mark>jan@voorbeeld.nl</mark>" in to_all.content.decode()
    asked = write(group.client, group.group, group.chair, text=words)
    assert asked.status_code == 400
    mark = re.search(r'name="text-warned" value="(\w+)"', asked.content.decode())[1]
    assert write(group.client, group.group, group.chair, text=words, **{"text-warned": mark}).status_code == 302
    number = "Pay to NL91 ABNA 0417 1643 00 now."
    assert write(group.client, group.group, group.chair, text=number).status_code == 400
    assert GroupMessage.objects.count() == 1


def test_nobody_writes_often(group):
    answers = [write(group.client, group.group, text=f"Message {n}").status_code for n in range(messages.MOST_TO_ALL)]
    assert answers == [302] * messages.MOST_TO_ALL
    refused = write(group.client, group.group, text="One more.")
    assert refused.status_code == 400
    assert "One more." in refused.content.decode()
    GroupMessage.objects.update(made_at=timezone.now() - datetime.timedelta(days=2))
    assert write(group.client, group.group, text="A day later.").status_code == 302


def test_who_is_outside_silenced_or_unlisted_is_not_reached_or_heard(group, page, moderator):
    dora = account("dora", name="Dora")
    join(group.group, dora)  # shows no name
    assert write(group.client, group.group, dora).status_code == 404
    other = make_group("other", "readable", "Others")
    elsewhere = account("emil", name="Emil")
    join(other, elsewhere, shows_name=True)
    own = [group.group.code, Membership.objects.get(user=elsewhere).pk]
    assert group.client.post(reverse("groups:write_to", args=own), {"text": "x"}).status_code == 404
    assert write(signed_in(elsewhere), group.group).status_code == 404
    assert Client().post(reverse("groups:write_to_all", args=[group.group.code])).status_code == 302
    row = posted(group.client, page, "Words outside.")
    cause = ModerationDecision.objects.create(comment=row, old=State.PUBLISHED, new=State.HIDDEN, reason="rule-1")
    Sanction.objects.create(
        user=group.member, kind="silence", cause=cause, until=timezone.now() + datetime.timedelta(days=1)
    )
    assert write(group.client, group.group).status_code == 404
    assert GroupMessage.objects.count() == 0


def test_an_archived_group_sends_nothing(group):
    WorkingGroup.objects.filter(pk=group.group.pk).update(archived_on=timezone.localdate())
    assert write(group.client, group.group).status_code == 404


def test_the_lists_offer_it_to_members_alone(group):
    url = reverse("groups:write_to", args=[group.group.code, Membership.objects.get(user=group.chair).pk])
    place = group.group.get_absolute_url()
    assert url in group.client.get(place).content.decode()
    assert url not in group.chairs.get(place).content.decode()
    assert "/write/" not in Client().get(place).content.decode()


def test_messages_go_after_thirty_days(group):
    write(group.client, group.group)
    write(group.client, group.group, group.chair)
    GroupMessage.objects.filter(recipient=None).update(made_at=timezone.now() - datetime.timedelta(days=31))
    call_command("purge")
    assert [message.recipient.user for message in GroupMessage.objects.all()] == [group.chair]
