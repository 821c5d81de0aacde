"""A published page, people who write, and the form as a browser without JavaScript sends it."""

import re
import threading
import time
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse

from community import names, tokens
from community.models import CommentState
from portal import navigation
from tests.factories import make_pattern


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()
    navigation.forget()


@pytest.fixture
def page(db):
    return make_pattern(title="Neighbourhood watch", number=8)


def account(username, *, name="", groups=(), **fields):
    user = User.objects.create_user(username, f"{username}@mail.example", "a-long-password-1", **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    if name:
        names.give_name(user=user, name=name, language="en")
    return user


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def joanna(db):
    return account("joanna", name="Joanna")


@pytest.fixture
def moderator(db):
    return account("mo", name="Mo de Groot", groups=["Moderators"], is_staff=False)


@pytest.fixture
def editor(db):
    return account("eddy", name="Eddy", groups=["Editors"])


def fields_of(html):
    """What a browser would send of the form as it stands: its hidden fields."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def write_url(page, parent=None, language="en"):
    from django.utils import translation

    with translation.override(language):
        if parent is None:
            return reverse("community:write", args=[page.translation_key])
        return reverse("community:reply", args=[page.translation_key, parent.public_id])


def aged(page, seconds=30):
    return tokens.make(f"write {page.translation_key}", shown_at=time.time() - seconds)


def send(client, page, text, *, parent=None, do="send", url_language="en", **fields):
    data = {"text": text, "language": "en", "token": aged(page), "website": "", "do": do, **fields}
    return client.post(write_url(page, parent, url_language), data)


def posted(client, page, text, **kwargs):
    """Post a comment and return its row."""
    response = send(client, page, text, **kwargs)
    assert response.status_code == 302, response.content.decode()[:3000]
    return CommentState.objects.latest("pk")


@pytest.fixture
def talk(page, joanna):
    """One published comment by a member."""
    client = signed_in(joanna)
    row = posted(client, page, "We opened a group before anyone was named to answer it.")
    return SimpleNamespace(page=page, client=client, row=row, author=joanna)


def shown(page, query="", client=None, language=None):
    """The discussion as readers get it."""
    from django.template import Context, Template
    from django.test import RequestFactory
    from django.utils import translation

    request = RequestFactory().get("/" + query)
    with translation.override(language or "en"):
        template = Template("{% load community_tags %}{% discussion page %}")
        return template.render(Context({"page": page, "request": request}))


def together(*calls):
    """What each call gives, or the exception it raises, when all begin at the same moment in threads of their own."""
    results, gate = [None] * len(calls), threading.Barrier(len(calls))

    def run(number, call):
        gate.wait()
        try:
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
