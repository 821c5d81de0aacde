"""What must reach nobody: held and removed words, reporters, addresses. One crawl over the outputs there are."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from community.models import CommentState, State
from tests.factories import translate

from .conftest import account, posted, send, signed_in
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
    writer = signed_in(joanna)
    seen = posted(writer, page, "Open words.")
    send(Client(REMOTE_ADDR="198.51.100.7"), page, "canary-held words", name="Visitor", parent=seen)
    hidden = posted(writer, page, "canary-hidden words", parent=seen)
    posted(writer, page, "An answer to what is hidden.", parent=hidden)
    withdrawn = posted(writer, page, "canary-withdrawn words")
    posted(writer, page, "An answer to what is withdrawn.", parent=withdrawn)
    from community import services

    services.decide(public_id=hidden.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")
    services.withdraw(row=withdrawn, author=joanna)
    report(signed_in(account("reporter", name="Rita")), seen, text="canary-report words")
    return page, french, list(CommentState.objects.all())


def addresses(page, french, rows):
    key = page.translation_key
    yield from [page.url, french.url, f"{page.url}?comments=en", f"{page.url}?talk=2", f"/nl{page.url[3:]}"]
    yield from [f"{page.url}?c={row.public_id}" for row in rows]
    yield reverse("community:write", args=[key])
    yield reverse("community:held", args=[key])
    yield reverse("community:reported", args=[key])
    for row in rows:
        yield reverse("community:reply", args=[key, row.public_id])
        yield reverse("community:report", args=[key, row.public_id])
        yield reverse("community:withdraw", args=[row.public_id])
        yield f"/admin/comments/{row.public_id}/"
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
            if url.startswith("/en/search"):
                found = [canary for canary in found if "words" in text and canary != "canary-held"]
            assert not found, (who, url, found)
            assert "Rita" not in text
        assert b"Open words." in crawled


def test_only_published_comments_have_addresses_that_answer(planted):
    page, _french, rows = planted
    for row in rows:
        for name in ["reply", "report"]:
            status = Client().get(reverse(f"community:{name}", args=[page.translation_key, row.public_id])).status_code
            assert (status == 200) == (row.state == State.PUBLISHED), (name, row.state)


def test_no_mail_and_no_log_carries_a_comment(planted):
    text = "".join(f"{message.subject} {message.body}" for message in mail.outbox)
    text += "".join(f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
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
