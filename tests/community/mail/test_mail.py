"""Mail of the community: what is queued, when it is written, and what a mail server answers."""

import email
import io
import re
import sys

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext_lazy

from community.mail import Letter, has_stopped, message, queue, resume, stop
from portal import outbox
from portal.mail import letters as mail_letters
from portal.mail.queueing import TOPIC
from portal.models import OutboxRow
from tests.community.conftest import account, posted, signed_in
from tests.services.smtp import mail_server

pytestmark = pytest.mark.django_db


class Post:
    """A message of a feature: writes to whoever is the first account of a name, if there is any."""

    def __init__(self):
        self.letter = None

    def __call__(self, *ids):
        return self.letter


@pytest.fixture
def post():
    write = Post()
    message("test-letter")(write)
    yield write
    del mail_letters._messages["test-letter"]


@pytest.fixture
def ann(post):
    user = account("ann", name="Ann")
    user.member.language = "nl"
    user.member.save()
    post.letter = letter(user)
    return user


def letter(to, **changes):
    given = {
        "to": to,
        "subject": gettext_lazy("Your account"),
        "template": "community/mail/test",
        "context": {"said": "Bob & <b>Co</b>", "url": "https://guide.example/nl/a/"},
        **changes,
    }
    return Letter(**given)


@pytest.fixture(autouse=True)
def _template(settings, tmp_path):
    folder = tmp_path / "community" / "mail"
    folder.mkdir(parents=True)
    text = '{% extends "portal/mail/base.txt" %}{% load i18n %}{% block content %}{{ said }}: {{ url }}{% endblock %}'
    (folder / "test.txt").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]


def send(*ids, **kwargs):
    queue("test-letter", *ids, **kwargs)
    outbox.drain(TOPIC)
    return mail.outbox


def row():
    return OutboxRow.objects.get(topic=TOPIC)


def due_again():
    OutboxRow.objects.update(next_try=timezone.now(), leased_until=None)


# What a letter is


def test_a_member_gets_text_and_html_in_the_chosen_language(ann):
    (sent,) = send(7)
    assert sent.to == ["ann@mail.example"]
    assert sent.subject == "Uw account"
    assert sent.body.startswith("Dag Ann,")
    assert "Bob & <b>Co</b>: https://guide.example/nl/a/" in sent.body
    ((html, kind),) = [(part.content, part.mimetype) for part in sent.alternatives]
    assert kind == "text/html"
    assert '<html lang="nl" dir="ltr">' in html
    assert "Bob &amp; &lt;b&gt;Co&lt;/b&gt;" in html
    assert '<a href="https://guide.example/nl/a/"' in html
    assert sent.extra_headers["Content-Language"] == "nl"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nothing_in_a_mail_is_fetched_from_anywhere(ann):
    (sent,) = send(7)
    html = sent.alternatives[0].content
    assert not re.search(r"<(img|link|script|style|iframe)|url\(|src=", html)


def test_only_a_subscription_has_an_address_that_ends_it(ann, post, settings):
    (sent,) = send(1)
    assert "List-Unsubscribe" not in sent.extra_headers
    post.letter = letter(ann, stop=lambda: "/nl/notices/off/x/")
    sent = send(2)[-1]
    assert sent.extra_headers["List-Unsubscribe"] == f"<{settings.WAGTAILADMIN_BASE_URL}/nl/notices/off/x/>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{settings.WAGTAILADMIN_BASE_URL}/nl/notices/off/x/" in sent.body


def test_a_subject_of_several_lines_adds_no_header(ann, post):
    post.letter = letter(ann, subject="One\r\nBcc: all@mail.example")
    (sent,) = send(1)
    assert sent.subject == "One Bcc: all@mail.example"
    assert sent.message()["Bcc"] is None


# Whom it reaches


def test_the_outbox_holds_ids_and_neither_addresses_nor_texts(ann):
    for text in ("ann@mail.example", "two words", "a:b", "", "x" * 61):
        with pytest.raises(ValueError, match="ids alone"):
            queue("test-letter", text)
    send(7, "2026-11-22")
    assert row().key == "test-letter:7:2026-11-22"


def test_a_message_that_nobody_writes_is_refused_at_once():
    with pytest.raises(LookupError):
        queue("nowhere", 1)


def test_what_is_left_of_an_earlier_version_stops_nothing(ann):
    outbox.put(TOPIC, "forgotten:1")
    assert len(send(7)) == 1
    assert not outbox.pending(TOPIC).exists()


def test_nothing_is_sent_when_there_is_nothing_to_say_any_more(ann, post):
    queue("test-letter", 7)
    post.letter = None
    outbox.drain(TOPIC)
    assert mail.outbox == []
    assert not outbox.pending(TOPIC).exists()


def test_nothing_is_sent_when_the_reason_was_rolled_back(ann):
    with transaction.atomic():
        queue("test-letter", 7)
        transaction.set_rollback(True)
    outbox.drain(TOPIC)
    assert mail.outbox == []


def test_an_account_is_written_to_at_its_confirmed_main_address(ann):
    EmailAddress.objects.filter(user=ann).update(primary=False)
    EmailAddress.objects.create(user=ann, email="new@mail.example", primary=True, verified=True)
    assert send(1)[-1].to == ["new@mail.example"]
    EmailAddress.objects.filter(user=ann).update(verified=False)
    assert len(send(2)) == 1
    EmailAddress.objects.filter(user=ann).delete()
    assert send(3)[-1].to == ["ann@mail.example"], "an account made in the admin"
    ann.is_active = False
    ann.save()
    assert len(send(4)) == 2


def test_an_address_without_an_account_gets_its_own_language(post):
    post.letter = letter("visitor@mail.example", language="nl")
    (sent,) = send(1)
    assert (sent.to, sent.subject) == (["visitor@mail.example"], "Uw account")


def test_the_same_letter_is_not_sent_again_unless_somebody_asks(ann):
    assert len(send(7)) == 1
    assert len(send(7)) == 1
    assert len(send(8)) == 2
    assert len(send(7, again=True)) == 3
    first, _other, again = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first != again, "a mail program would hide it as known"


# What the server says


def test_a_server_that_is_down_is_asked_again_and_the_letter_arrives_once(ann, settings):
    with mail_server(settings):
        pass  # it is gone again, and nothing answers at its port
    queue("test-letter", 7)
    assert outbox.drain(TOPIC) == 0
    assert row().attempts == 1
    assert row().parked_at is None
    with mail_server(settings) as server:
        due_again()
        assert outbox.drain(TOPIC) == 1
        due_again()
        outbox.drain(TOPIC)
        assert [sent["To"] for sent in server.mails] == ["ann@mail.example"]


def test_a_letter_sent_again_after_a_kill_carries_the_same_number_and_no_third_follows(ann, settings):
    with mail_server(settings) as server:
        queue("test-letter", 7)
        (leased,) = outbox._claim(TOPIC, 1)
        outbox._handlers[TOPIC].handle([outbox.Task(leased.key, leased.version)])  # and here it is killed
        due_again()
        outbox.drain(TOPIC)
        due_again()
        outbox.drain(TOPIC)
        first, second = (sent["Message-ID"] for sent in server.mails)
    assert first == second
    assert first.endswith("@127.0.0.1>")


@pytest.mark.parametrize("answer", ["550 5.1.1 <ann@mail.example> unknown", "550 no such user", "550 5.2.1 disabled"])
def test_nothing_more_is_sent_where_nobody_is(ann, settings, answer):
    with mail_server(settings) as server:
        server.on_recipient = answer
        send(1)
        assert has_stopped("ANN@mail.example")
        assert not outbox.pending(TOPIC).exists()
        server.on_recipient = "250 ok"
        send(2)
        assert server.mails == []
        resume("ann@mail.example")
        send(3)
        assert len(server.mails) == 1


@pytest.mark.parametrize("answer", ["450 4.2.0 try later", "452 4.2.2 full"])
def test_a_refusal_for_now_is_tried_again(ann, settings, answer):
    with mail_server(settings) as server:
        server.on_recipient = answer
        send(1)
        assert not has_stopped("ann@mail.example")
        assert row().parked_at is None
        server.on_recipient = "250 ok"
        due_again()
        outbox.drain(TOPIC)
        assert len(server.mails) == 1


@pytest.mark.parametrize(
    "changes",
    [{"on_recipient": "554 5.7.1 relaying denied for ann@mail.example"}, {"on_data": "554 5.6.0 not like this"}],
)
def test_a_refusal_for_good_that_may_be_our_fault_waits_for_somebody_to_look(ann, settings, changes):
    with mail_server(settings) as server:
        for name, answer in changes.items():
            setattr(server, name, answer)
        send(1)
        assert not has_stopped("ann@mail.example")
        assert row().parked_at
        assert row().attempts == 1
        assert "554" in row().error
        assert "ann@" not in row().error
        server.on_recipient = server.on_data = "250 ok"
        outbox.retry(OutboxRow.objects.all())
        outbox.drain(TOPIC)
        assert len(server.mails) == 1


# Mails that come back


def report(sent, recipient="ann@mail.example", status="5.1.1", action="failed"):
    return f"""From: MAILER-DAEMON@mail.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

Sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}

--B
Content-Type: text/rfc822-headers

To: {recipient}
Message-ID: {sent}
Subject: Hello
--B--
""".encode()


def hand_in(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    call_command("mail_came_back", stdout=io.StringIO())


def test_a_mail_that_comes_back_ends_the_mails_to_that_address(ann, monkeypatch):
    (sent,) = send(1)
    hand_in(monkeypatch, report(sent.extra_headers["Message-ID"]))
    assert has_stopped("ann@mail.example")
    assert len(send(2)) == 1


def test_an_invented_or_passing_report_ends_nothing(ann, monkeypatch):
    (sent,) = send(1)
    number = sent.extra_headers["Message-ID"]
    other = "bob@mail.example"
    forged = [
        report(number, recipient=other),
        report(number.replace(number[27:31], "0000")),
        report("<0.0@127.0.0.1>"),
        report(number, status="4.2.2", action="delayed"),
        report(number, status="5.2.2"),
        b"not a report",
        b"",
    ]
    for text in forged:
        hand_in(monkeypatch, text)
        assert not has_stopped("ann@mail.example")
        assert not has_stopped(other)


def test_addresses_without_a_reader_are_not_kept_in_words(db):
    from community.models import StoppedAddress

    stop("ann@mail.example")
    stop("Ann@Mail.Example ")
    assert "ann" not in str(StoppedAddress.objects.values_list().get()).casefold()


def test_a_mail_is_what_mail_programs_can_read(ann, post, settings):
    post.letter = letter(ann, subject="Größe, façana", context={"said": "日本 " + "x" * 2000, "url": ""})
    with mail_server(settings) as server:
        send(1)
        (sent,) = server.mails
    assert sent["Subject"] == "Größe, façana"
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
    assert "日本" in sent.get_body(("plain",)).get_content()
    assert isinstance(sent, email.message.EmailMessage)


def test_writing_and_signing_up_go_on_while_no_mail_can_be_sent(settings, talk):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    row = posted(signed_in(account("bob", name="Bob")), talk.page, "An answer.", parent=talk.row)
    assert row.state == "published"
    values = {"email": "new@mail.example", "password1": "a-long-password-1", "password2": "a-long-password-1"}
    response = Client().post("/accounts/signup/", {**values, "display_name": "Nora"}, follow=True)
    assert response.status_code == 200
    assert "No mail could be sent." in response.content.decode()
    response = Client().post("/accounts/password/reset/", {"email": "nobody@mail.example"}, follow=True)
    assert "No mail could be sent." in response.content.decode()
