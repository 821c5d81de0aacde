"""The form “Report what you tried” as a browser without JavaScript sends it, and reports in every state."""

import time

import pytest
from django.urls import reverse
from django.utils import translation

from community import services, tokens
from community.models import Act, CommentState, Outcome, State

from ..conftest import account, signed_in


def tried_url(page, language="en"):
    with translation.override(language):
        return reverse("community:tried", args=[page.translation_key])


def filled(page, **fields):
    return {
        "act": Act.TRIED,
        "country": "NL",
        "region": "",
        "began": "2025-01",
        "ended": "05/2025",
        "organisation": "police",
        "scale": "neighbourhood",
        "outcome": Outcome.FAILED,
        "text": "One group for everybody, without a moderator.",
        "changed": "Hundreds of messages a week.",
        "known_by": "Our own count.",
        "language": "en",
        "website": "",
        "token": tokens.make(f"tried {page.translation_key}", shown_at=time.time() - 30),
        "do": "send",
        **fields,
    }


def send_report(client, page, **fields):
    return client.post(tried_url(page), filled(page, **fields))


def reported(client, page, **fields):
    """Send a report and return its row, which is held."""
    fields.setdefault("text", f"We tried it. {CommentState.objects.count()}")
    response = send_report(client, page, **fields)
    assert response.status_code == 302, response.content.decode()[:4000]
    return CommentState.objects.latest("pk")


def published(row, moderator):
    services.decide(public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")
    row.refresh_from_db()
    return row


def hidden(row, moderator):
    services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")
    row.refresh_from_db()
    return row


@pytest.fixture
def writer(joanna):
    return signed_in(joanna)


@pytest.fixture
def many(db, page):
    """People enough for many reports: one may write only so often."""
    return [signed_in(account(f"writer{number}", name=f"Writer {number}")) for number in range(8)]
