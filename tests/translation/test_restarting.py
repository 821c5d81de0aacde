"""A page whose translation was stopped is edited by hand and its translation started again: the hand's words stay."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import GlossaryTerm, TopicIndexPage, TopicPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import publish, send, signed_in
from translation.models import TextEvent

from .remembering import finish, say, submit
from .walking import translated

pytestmark = pytest.mark.django_db

DEFINITION = '<p>Read <a href="https://a.example/">the rules</a> first.</p><p>Nobody decides alone.</p>'


@pytest.fixture
def french(db):
    """The published French page of a translation that was stopped."""
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    translation = submit(make_topic(title="Photos", definition=DEFINITION))
    say(translation, 'Read <a id="a1">the rules</a> first.', 'Lisez d’abord <a id="a1">les règles</a>.')
    page = finish(translation)
    Translation.objects.update(enabled=False)
    return TopicPage.objects.get(pk=page.pk)


@pytest.fixture
def coordinator(french):
    return signed_in("Coordinators")


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def restart(client, page):
    response = client.post(edit_address(page), {"localize-restart-translation": "1"})
    assert response.status_code == 302
    return " ".join(map(str, get_messages(response.wsgi_request)))


def publish_translation(client, page, commit):
    with commit(execute=True):
        assert client.post(edit_address(page), {"action": "publish"}).status_code == 302
    return TopicPage.objects.get(pk=page.pk)


def test_what_was_written_by_hand_is_published_again(french, coordinator, django_capture_on_commit_callbacks):
    by_hand = french.definition.replace("d’abord", "toujours")
    assert publish(coordinator, french, summary="À la main.", definition=by_hand) == {}
    restart(coordinator, french)
    assert Translation.objects.get().enabled
    page = publish_translation(coordinator, french, django_capture_on_commit_callbacks)
    assert page.summary == "À la main."
    assert "Lisez toujours" in page.definition
    assert 'href="https://a.example/"' in page.definition
    assert TextEvent.objects.filter(new="À la main.", user__username="coordinators").exists()


def test_draft_that_was_written_by_hand_is_kept_too(french, coordinator, django_capture_on_commit_callbacks):
    send(coordinator, french, summary="Pas encore publié.")
    restart(coordinator, french)
    page = publish_translation(coordinator, french, django_capture_on_commit_callbacks)
    assert page.summary == "Pas encore publié."


def test_texts_that_nobody_touched_leave_no_event(french, coordinator):
    events = TextEvent.objects.count()
    restart(coordinator, french)
    assert (Translation.objects.get().enabled, TextEvent.objects.count()) == (True, events)


@pytest.mark.parametrize(
    "change",
    [
        {"definition": DEFINITION + "<p>Un alinéa de plus.</p>"},
        {"definition": DEFINITION.replace("https://a.example/", "https://fr.example/")},
        {"definition": DEFINITION.replace('<a href="https://a.example/">the rules</a>', "les règles")},
        {"body": [{"type": "heading", "value": "Un titre de plus"}]},
    ],
)
def test_what_a_translation_cannot_hold_keeps_it_stopped_and_loses_nothing(french, coordinator, change):
    assert publish(coordinator, french, **change) == {}
    texts = set(StringTranslation.objects.values_list("data", flat=True))
    assert "It was not started again" in restart(coordinator, french)
    assert not Translation.objects.get().enabled
    assert set(StringTranslation.objects.values_list("data", flat=True)) == texts
    assert publish(coordinator, TopicPage.objects.get(pk=french.pk), summary="Encore à la main.") == {}


def test_entry_is_read_back_too(db):
    make_home("fr")
    english = GlossaryTerm.objects.create(code="x", term="Watch", definition="D", locale=locale("en"))
    source, _created = TranslationSource.update_or_create_from_instance(english)
    translated(source, "fr", "Veille").save_target(publish=True)
    Translation.objects.update(enabled=False)
    entry = GlossaryTerm.objects.get(locale=locale("fr"))
    entry.term = "Ronde"
    entry.save()
    edit, client = reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk]), signed_in("Coordinators")
    assert client.post(edit, {"localize-restart-translation": "1"}).status_code == 302
    assert client.post(edit, {"action": "publish"}).status_code == 302
    entry.refresh_from_db()
    assert entry.term == "Ronde"
