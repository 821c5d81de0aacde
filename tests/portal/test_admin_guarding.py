"""Editors are told what the guard finds in a page; they can publish it all the same."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from portal import guard
from portal.admin import guarding
from tests.factories import make_news, make_pattern, make_practice, make_workshop, translate
from tests.factories.editing import make_user, post_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("Editors", name="eddy")
    client.force_login(user)
    client.user = user
    return client


def saved(client, page, **fields):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(url, {**post_data(page, client.user), "action-publish": "x", **fields})
    assert response.status_code == 302, response.content.decode()[:2000]
    return [str(message) for message in get_messages(response.wsgi_request)]


def said(messages, what):
    return [message for message in messages if what in message]


def test_what_leads_to_a_person_is_named_and_the_page_published(editor):
    page = make_news(title="A meeting", body=[("paragraph", "<p>Ask <b>jan@voorbeeld.nl</b> &amp; me.</p>")])
    messages = saved(editor, page)
    (told,) = said(messages, "looks like an e-mail address")
    assert "“jan@voorbeeld.nl”" in told
    page.refresh_from_db()
    assert page.live
    assert not page.has_unpublished_changes


def test_nothing_is_said_of_what_is_no_matter(editor):
    page = make_news(title="A meeting", body=[("paragraph", "<p>The town hall of Lund opened a group in 2015.</p>")])
    assert not said(saved(editor, page), "Take it out")


def test_every_text_of_every_type_is_read():
    for page in [
        make_pattern(summary="Call +31 6 12345678 at night."),
        make_practice(card_line="Pay NL91 ABNA 0417 1643 00"),
        make_workshop(summary="Write to an.visser@voorbeeld.nl"),
    ]:
        assert len(guarding.findings(page)) == 1, page


def test_a_translation_is_read_in_its_own_language():
    page = make_news(title="Meeting")
    french = translate(page, "fr", title="Réunion", summary="Le voleur est Jean Dupont, du 12 rue des Lilas à Lyon.")
    assert guarding.findings(french)
    assert not guarding.findings(page)


def test_words_cannot_become_markup(editor):
    page = make_news(title="A", body=[("paragraph", "<p>x</p>")], summary='Ask "<b>"@x.nl or <i>a@b.nl</i>')
    for told in said(saved(editor, page), "Take it out"):
        assert "<i>" not in told
        assert "<b>" not in told


def test_a_guard_that_breaks_keeps_no_page_from_being_saved(editor, monkeypatch, caplog):
    def breaks(*_args, **_kwargs):
        raise RuntimeError("broken")

    page = make_news(title="A meeting", summary="Ask jan@voorbeeld.nl.")
    monkeypatch.setattr(guard, "inspect", breaks)
    assert not said(saved(editor, page), "Take it out")
    assert "The guard broke" in caplog.text
    page.refresh_from_db()
    assert page.live
