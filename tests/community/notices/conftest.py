"""Readers who follow, and what the worker sends them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from community.models import Subscription
from community.notices import schedule
from portal import outbox
from tests.community.conftest import account, signed_in


@pytest.fixture(autouse=True)
def _page_cache(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"


@pytest.fixture
def ann(db):
    """Reads what others write."""
    return account("ann", name="Ann")


@pytest.fixture
def ann_client(ann):
    return signed_in(ann)


def follows(user, scope, target="", frequency="daily", **fields):
    values = {"frequency": frequency, "confirmed_at": timezone.now(), **fields}
    row, _created = Subscription.objects.update_or_create(
        user=user, scope=scope, target=str(target), defaults=values, create_defaults=values
    )
    return row


def visitor(email, scope, target="", frequency="weekly", language="en", **fields):
    values = {"frequency": frequency, "language": language, "confirmed_at": timezone.now(), **fields}
    return Subscription.objects.create(email=email, scope=scope, target=target, **values)


def sent():
    """What the worker sends now."""
    before = len(mail.outbox)
    outbox.drain()
    return mail.outbox[before:]


def next_digests(days=8):
    """What is sent when the next daily and weekly hours have passed."""
    schedule.queue_digests(timezone.now() + timedelta(days=days))
    return sent()


def to(letters, address):
    return [letter for letter in letters if letter.to == [address]]


def text_of(letter):
    headers = " ".join(f"{name}: {value}" for name, value in letter.extra_headers.items())
    return f"{letter.subject}\n{letter.body}\n{letter.alternatives[0].content}\n{headers}"


def links_of(letter):
    """Every address in the mail, in its text, its HTML and its headers."""
    found = re.findall(r"https?://[^\s\"<>]+", text_of(letter))
    return sorted({link.replace("&amp;", "&") for link in found})


def path_of(link):
    return link.removeprefix("http://testserver").partition("#")[0]
