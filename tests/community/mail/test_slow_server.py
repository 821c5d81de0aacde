"""A mail server that takes its time, or never answers: whoever writes does not wait for it, and no letter is lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from community.models import CommentState, Frequency, Scope, State, Subscription
from portal import outbox
from portal.mail.queueing import TOPIC
from portal.models import OutboxRow
from tests.community.conftest import account, posted, signed_in
from tests.services.smtp import mail_server


@pytest.fixture
def ann(db):
    """Wants to know at once of each comment on the page."""
    return account("ann", name="Ann")


def follow(ann, page):
    Subscription.objects.create(
        user=ann,
        scope=Scope.THREAD,
        target=str(page.translation_key),
        frequency=Frequency.INSTANT,
        confirmed_at=timezone.now(),
    )


def due_again():
    OutboxRow.objects.update(next_try=timezone.now(), leased_until=None)


def waiting():
    return OutboxRow.objects.filter(topic=TOPIC, done_at=None)


def words_of(sent):
    return sent.get_body(("plain",)).get_content()


def worker():
    """What the worker does, in a thread of its own as it has a process of its own."""

    def run():
        try:
            outbox.drain()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


@pytest.mark.django_db
def test_a_comment_is_posted_without_a_word_to_the_mail_server(talk, ann, settings):
    follow(ann, talk.page)
    outbox.drain()
    with mail_server(settings) as server:
        server.may_answer.clear()
        row = posted(signed_in(account("bob", name="Bob")), talk.page, "An answer.", parent=talk.row)
        assert row.state == State.PUBLISHED
        assert not server.asked.is_set()
    assert OutboxRow.objects.filter(topic="community.notices", done_at=None).exists()


@pytest.mark.django_db
def test_a_server_that_never_answers_is_given_up_and_the_letter_goes_later_once(talk, ann, settings):
    follow(ann, talk.page)
    outbox.drain()
    posted(signed_in(account("bob", name="Bob")), talk.page, "An answer.", parent=talk.row)
    outbox.drain("community.notices")
    assert waiting().count() == 1
    with mail_server(settings) as server:
        settings.EMAIL_TIMEOUT = 1
        server.may_answer.clear()
        assert outbox.drain(TOPIC) == 0
        assert server.asked.is_set()
        row = waiting().get()
        assert (row.attempts, row.parked_at, row.leased_until) == (1, None, None)
        assert row.next_try > timezone.now()
        assert "@" not in row.error
        assert outbox.drain(TOPIC) == 0  # not at once again
        server.mails.clear()
    with mail_server(settings) as server:
        due_again()
        assert outbox.drain(TOPIC) == 1
        due_again()
        outbox.drain(TOPIC)
        assert [sent["To"] for sent in server.mails] == ["ann@mail.example"]
        assert "An answer." in words_of(server.mails[0])


@pytest.mark.django_db
def test_a_lease_is_longer_than_the_longest_that_one_letter_can_take():
    """Else another worker would take the letter while the first still waits, and it would go twice."""
    production = open("portal/settings/production.py").read()  # noqa: SIM115 - it cannot be imported without secrets
    (timeout,) = (int(line.split("=")[1]) for line in production.splitlines() if line.startswith("EMAIL_TIMEOUT"))
    # Connection, greeting, TLS, sign-in, sender, recipient, text: no more than five of them wait to the end in a row.
    assert timedelta(seconds=timeout) * 5 < outbox.LEASE


@pytest.mark.django_db(transaction=True)
def test_others_write_while_the_worker_waits_for_the_server(talk, ann, settings):
    follow(ann, talk.page)
    outbox.drain()
    bob, carl = (signed_in(account(name, name=name.title())) for name in ("bob", "carl"))
    posted(bob, talk.page, "The first answer.", parent=talk.row)
    outbox.drain("community.notices")
    with mail_server(settings) as server:
        server.may_answer.clear()
        sending = worker()
        assert server.asked.wait(20), "the worker never reached the server"
        row = posted(carl, talk.page, "The second answer, meanwhile.", parent=talk.row)
        assert row.state == State.PUBLISHED
        assert sending.is_alive()  # it still waits, and nobody waited with it
        assert server.mails == []
        assert CommentState.objects.count() == 3
        server.may_answer.set()
        sending.join(30)
        assert not sending.is_alive()
        due_again()
        outbox.drain()
        texts = [words_of(sent) for sent in server.mails]
    assert sum("The first answer." in text for text in texts) == 1
    assert sum("The second answer, meanwhile." in text for text in texts) == 1
    assert not waiting().exists()
