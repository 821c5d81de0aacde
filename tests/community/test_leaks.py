"""What must reach nobody: held and removed words, reporters, addresses. One crawl over the outputs there are."""

import logging
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from community import services
from community.due_process import links
from community.models import CommentState, Frequency, ModerationDecision, Report, Scope, State
from tests.factories import translate

from .conftest import account, posted, send, signed_in
from .due_process.conftest import whole
from .notices.conftest import follows
from .test_desk import report

pytestmark = pytest.mark.django_db
SECRET = [
    "canary-held",
    "canary-hidden",
    "canary-withdrawn",
    "canary-report",
    "mail.example",
    "198.51.100.7",
    "gravatar",
]


@pytest.fixture
def planted(page, joanna, moderator):
    """A thread with everything that must not be seen, and an open comment to show that the crawl sees something."""
    french = translate(page, "fr", title="Surveillance de voisinage")
    follows(account("follower", name="Fay"), Scope.THREAD, page.translation_key, Frequency.INSTANT)
    writer = signed_in(joanna)
    seen = posted(writer, page, "Open words.")
    send(Client(REMOTE_ADDR="198.51.100.7"), page, "canary-held words", name="Visitor", parent=seen)
    hidden = posted(writer, page, "canary-hidden words", parent=seen)
    posted(writer, page, "An answer to what is hidden.", parent=hidden)
    withdrawn = posted(writer, page, "canary-withdrawn words")
    posted(writer, page, "An answer to what is withdrawn.", parent=withdrawn)
    services.decide(public_id=hidden.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")
    services.withdraw(row=withdrawn, author=joanna)
    report(signed_in(account("reporter", name="Rita the reporter")), seen, text="canary-report words")
    return page, french, list(CommentState.objects.all())


def addresses(page, french, rows):
    key = page.translation_key
    yield from [page.url, french.url, f"{page.url}?comments=en", f"{page.url}?talk=2", f"/nl{page.url[3:]}"]
    yield from [f"{page.url}?c={row.public_id}" for row in rows]
    yield reverse("community:write", args=[key])
    yield reverse("community:held", args=[key])
    for name in ["feed", "site_feed"]:
        args = [key] if name == "feed" else []
        yield reverse(f"community:{name}", args=args)
        yield reverse(f"community:{name}_in", args=[*args, "en"])
    yield from ["/admin/discussions/", f"/admin/discussions/{key}/", "/admin/reports/concerns/"]
    yield from [f"{page.url}?sort={sort}" for sort in ("old", "new", "useful")]
    for row in rows:
        yield reverse("community:comment", args=[key, row.public_id])
        yield reverse("community:edit", args=[row.public_id])
        yield reverse("community:reply", args=[key, row.public_id])
        yield reverse("community:report", args=[key, row.public_id])
        yield reverse("community:notice", args=[key, row.public_id])
        yield reverse("community:withdraw", args=[row.public_id])
        yield f"/admin/comments/{row.public_id}/"
    for made in Report.objects.all():
        yield links.status_path(made)
        yield links.status_path(made, "reporter_appeal")
    for pk in range(1, ModerationDecision.objects.latest("pk").pk + 2):
        yield reverse("community:statement", args=[pk])
        yield reverse("community:author_appeal", args=[pk])
    yield reverse("community:own_reports")
    yield reverse("community:find_comment")
    yield from ["/admin/comments/", "/admin/", "/accounts/", "/sitemap.xml", "/en/feed/", "/en/search/?q=canary"]
    yield from ["/en/", "/robots.txt", "/en/nowhere/"]


def test_no_output_shows_what_is_held_removed_or_private(planted, editor):
    page, french, rows = planted
    readers = {"nobody": Client(), "member": signed_in(account("ann", name="Ann")), "editor": signed_in(editor)}
    for who, client in readers.items():
        own = "eddy@mail.example" if who == "editor" else "ann@mail.example"
        crawled = b""
        for url in addresses(page, french, rows):
            response = client.get(url, follow=True)
            body = b"".join(response) if response.streaming else response.content
            crawled += body
            text = body.decode() + str(response.headers)
            found = [canary for canary in SECRET if canary in text.replace(own, "")]
            assert not found, (who, url, found)
            assert "Rita the reporter" not in text
        assert b"Open words." in crawled


def test_only_published_comments_have_addresses_that_answer(planted):
    page, _french, rows = planted
    for row in rows:
        for name in ["reply", "report", "comment"]:
            status = Client().get(reverse(f"community:{name}", args=[page.translation_key, row.public_id])).status_code
            assert (status == 200) == (row.state == State.PUBLISHED), (name, row.state)


def test_no_mail_and_no_log_carries_what_is_not_shown(planted, moderator):
    _page, _french, rows = planted
    services.decide(public_id=rows[0].public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")
    call_command("worker", once=True)
    told = {address for letter in mail.outbox for address in letter.to}
    assert told >= {f"{who}@mail.example" for who in ("joanna", "follower", "reporter")}, "else this proves nothing"
    for letter in mail.outbox:
        said = whole(letter).replace(letter.to[0], "")
        assert not [canary for canary in SECRET if canary in said], letter.subject
        assert "Rita the reporter" not in said or letter.to == ["reporter@mail.example"], letter.subject
    text = "".join(f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
    assert "canary" not in text
    assert "Joanna" not in text


def test_a_restriction_closes_the_discussion_at_once(planted):
    page, french, rows = planted
    page.view_restrictions.create(restriction_type="login")
    french.view_restrictions.create(restriction_type="login")
    for url in addresses(page, french, rows):
        response = Client().get(url, follow=True)
        body = b"".join(response) if response.streaming else response.content
        assert b"Open words." not in body, url


def test_pages_that_are_gone_take_their_comments_with_them(planted):
    page, french, rows = planted
    urls = list(addresses(page, french, rows))
    Page.objects.get(pk=page.pk).specific.unpublish()
    Page.objects.get(pk=french.pk).specific.unpublish()
    for url in urls:
        response = Client().get(url, follow=True)
        body = b"".join(response) if response.streaming else response.content
        assert b"Open words." not in body, url
        assert response.status_code < 500


OF_ONE = ["comment", "reply", "report", "notice"]
OF_OWN = ["edit", "edit_report", "withdraw", "credit"]


def told(client, url, known, method="get"):
    """All that an answer tells, apart from what was asked for and from what is new each time."""
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(url)
    body = (b"".join(response) if response.streaming else response.content).decode()
    body = re.sub(r'(name="(csrfmiddlewaretoken|token)" value=")[^"]+', r"\1", body).replace(known, "ID")
    headers = str(
        {name: value for name, value in response.headers.items() if name not in {"Content-Length", "Expires"}}
    )
    return response.status_code, headers.replace(known, "ID"), body, len(queries)


def test_what_is_not_shown_and_what_never_was_get_the_same_answer(planted, editor):
    """Status, headers, words and the work that it takes, by which a stop watch would tell them apart."""
    page, _french, rows = planted
    readers = [Client(), signed_in(account("ann", name="Ann")), signed_in(editor)]
    names = [(name, [page.translation_key]) for name in OF_ONE] + [(name, []) for name in OF_OWN]
    for client in readers:
        client.get(page.url)
        for name, start in names:
            nothing = reverse(f"community:{name}", args=[*start, "zzzzzzzzzz"])
            for method in ("get", "post"):
                told(client, nothing, "zzzzzzzzzz", method)  # what is asked once in a process is known then
                expected = told(client, nothing, "zzzzzzzzzz", method)
                for row in rows:
                    if row.state != State.PUBLISHED:
                        url = reverse(f"community:{name}", args=[*start, row.public_id])
                        assert told(client, url, row.public_id, method) == expected, (name, method, row.state)


def test_no_line_of_a_log_carries_what_is_not_shown(planted, editor, moderator, caplog):
    """Whoever reads and whatever goes wrong: log files are read by more people than the queue."""
    page, french, rows = planted
    caplog.set_level(logging.INFO)
    for logger in ("django.request", "community", "portal", "allauth"):
        logging.getLogger(logger).setLevel(logging.DEBUG)
    for client in (Client(), signed_in(editor), signed_in(moderator)):
        for url in addresses(page, french, rows):
            client.get(url, follow=True)
    send(Client(REMOTE_ADDR="198.51.100.7"), page, "canary-held again, from me@mail.example", name="Visitor")
    Client(REMOTE_ADDR="198.51.100.7").post(
        "/accounts/login/", {"login": "joanna@mail.example", "password": "canary-held"}
    )
    lines = [line for line in caplog.messages if any(canary in line for canary in SECRET)]
    assert lines == []
    assert "Rita the reporter" not in caplog.text


def test_what_a_member_was_shown_is_kept_for_nobody(planted, joanna, moderator, settings):
    """The author sees what is held, moderators and editors more than that: then a visitor asks for the same."""
    settings.PAGE_CACHE_SECONDS = 600
    page, french, rows = planted
    urls = list(dict.fromkeys(addresses(page, french, rows)))
    seen = ""
    for client in (signed_in(moderator), signed_in(joanna)):
        for url in urls:
            seen += body_of(client.get(url))
    assert "canary-held" in seen, "else this test proves nothing"
    visitor = Client()
    for url in urls:
        for _time in range(2):  # what the first time made is kept for the second
            said = body_of(visitor.get(url))
            found = [canary for canary in SECRET if canary in said and canary not in url]
            assert not found, (url, found)
            assert "Mo de Groot" not in said, url
            assert "logout" not in said, url


def test_the_back_button_shows_nothing_to_who_comes_next(planted, joanna, moderator):
    """A shared computer: after signing out, no page of before is in the browser’s memory."""
    page, french, rows = planted
    for user, name in ((joanna, "Joanna"), (moderator, "Mo de Groot")):
        client = signed_in(user)
        for url in dict.fromkeys(addresses(page, french, rows)):
            response = client.get(url)
            said = body_of(response)
            own = "canary-held" in said or f"{user.username}@mail.example" in said or "logout" in said
            if response.status_code == 200 and own:
                kept = response.headers.get("Cache-Control", "")
                assert "no-store" in kept, (name, url, kept)
                assert "private" in kept, (name, url, kept)


def body_of(response):
    return (b"".join(response) if response.streaming else response.content).decode(errors="replace")
