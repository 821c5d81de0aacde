"""People on every side of a decision, and the steps they take as a browser would."""

import datetime
import re
import time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from community import services, tokens
from community.models import CommentState, Report, State
from portal import outbox

from ..conftest import _fresh_counters, account, posted, signed_in

__all__ = ["_fresh_counters"]


def url_of(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"community:{name}", args=args)


def token_for(bound_to):
    return tokens.make(bound_to, shown_at=time.time() - 20)


def report(row, client=None, *, reason="rule-1", language="en", **fields):
    """Report a comment; the answer, which leads to the status page."""
    url = url_of("report", row.thread.translation_key, row.public_id, language=language)
    data = {"reason": reason, "text": "", "token": token_for(f"report {row.public_id}"), "website": "", **fields}
    return (client or Client()).post(url, data)


def notice(row, client=None, *, about="law", language="en", **fields):
    url = url_of("notice", row.thread.translation_key, row.public_id, language=language) + f"?about={about}"
    data = {
        "text": "It calls for violence against a neighbour.",
        "law": "",
        "name": "Nora Melder",
        "email": "nora@mail.example",
        "good_faith": "on",
        "token": token_for(f"notice {row.public_id}"),
        "website": "",
        **fields,
    }
    return (client or Client()).post(url, data)


def decide(row, moderator, new=State.HIDDEN, reason="rule-3", **fields):
    return services.decide(public_id=row.public_id, moderator=moderator, new=new, reason=reason, **fields)


def letters():
    """What the worker sends now, and nothing sent before."""
    mail.outbox.clear()
    outbox.drain("community.mail")
    return list(mail.outbox)


def letter_to(address):
    found = [letter for letter in letters() if letter.to == [address]]
    assert len(found) == 1, [letter.to for letter in found]
    return found[0]


def whole(letter):
    html = "".join(str(part[0]) for part in letter.alternatives)
    return f"{letter.subject}\n{letter.body}\n{html}\n{letter.extra_headers} {letter.to}"


def words(response):
    """What is read on a page: without tags, lines joined."""
    text = re.sub(r"(?s)<(script|style|head|footer)\b.*?</\1>", " ", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def row(page, joanna):
    return posted(signed_in(joanna), page, "The baker of the third street did it.")


@pytest.fixture
def second(db):
    """Another moderator."""
    return account("ann", name="Ann de Wit", groups=["Moderators"])


@pytest.fixture
def rita(db):
    """A member who reports."""
    return account("rita", name="Rita")


def posted_earlier(client, page, text, **kwargs):
    """Long enough ago not to count against how often somebody may write."""
    row = posted(client, page, text, **kwargs)
    CommentState.objects.filter(pk=row.pk).update(posted_at=row.posted_at - datetime.timedelta(hours=1))
    return row


def only_report():
    return Report.objects.get()
