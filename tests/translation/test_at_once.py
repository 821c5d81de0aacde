"""What comes in while a page is published is not lost and does not count as published."""

import threading

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import TopicIndexPage, TopicPage
from tests.community.conftest import together
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user, signed_in
from translation import carrying, doctor, states, writing
from translation.exchange import planning, po
from translation.models import State, TranslationStatus, Via

from .exchange.test_planning import apply, edited, planned
from .remembering import edit, finish, say, segment, submit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def translation(transactional_db):
    """A complete, published French page."""
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    translation = submit(make_topic(title="Lanterns", summary="About it."))
    say(translation, "About it.", "Avant.")
    finish(translation)
    states.rebuild()
    return translation


def autosave(translation):
    """As the script of the workbench sends what was typed."""
    one = segment(translation, "About it.")
    address = reverse("translation_text", args=["fr", translation.pk, one.pk])
    client, token = signed_in("Translators fr"), writing.token(writing.current(translation, one))
    fields = {"text": "Après.", "expected": token, "do": "stay"}
    return lambda: client.post(address, fields, headers={"accept": "application/json"}).json()["saved"]


def bring_a_file(translation):
    plan = planned(translation, edited(translation, About="Après."))
    user = make_user("Translators fr")
    return lambda: apply(plan, user=user).written == 1


def by_the_editor(translation, client):
    page = translation.get_target_instance()
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})


def by_handing_out(translation, client):
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    return client.post(address, {"publish_translations": "on"})


def shown(translation):
    return TopicPage.objects.get(pk=translation.get_target_instance().pk).summary


def state(translation):
    key = {"translation_key": translation.source.object_id, "locale": locale("fr")}
    return TranslationStatus.objects.get(**key).state


@pytest.mark.parametrize("publish", [by_the_editor, by_handing_out])
@pytest.mark.parametrize("come_in", [autosave, bring_a_file])
def test_text_that_comes_in_while_the_page_is_published_waits_for_the_next_time(
    translation, monkeypatch, publish, come_in
):
    write, coordinator = come_in(translation), signed_in("Coordinators")
    has_read, is_written = threading.Event(), threading.Event()
    read = TranslationSource._get_segments_for_translation

    def slowly(*args, **kwargs):
        found = read(*args, **kwargs)
        has_read.set()
        is_written.wait(1)  # the other waits until the page is published, so nobody sets it
        return found

    def meanwhile():
        assert has_read.wait(60)
        try:
            return write()
        finally:
            is_written.set()

    monkeypatch.setattr(TranslationSource, "_get_segments_for_translation", slowly)
    answer, is_saved = together(lambda: publish(translation, coordinator), meanwhile)
    monkeypatch.undo()
    assert getattr(answer, "status_code", answer) == 302
    assert is_saved is True
    assert StringTranslation.objects.get(context__path="summary").data == "Après."
    assert shown(translation) == "Avant."
    assert state(translation) == State.IN_PROGRESS
    assert not [fault.where for fault in doctor.wrong_states()]
    publish(translation, coordinator)
    assert (shown(translation), state(translation)) == ("Après.", State.COMPLETE)


def test_texts_that_are_handed_out_while_the_page_is_published_are_not_on_it(translation, monkeypatch):
    """Between the look for gaps and the making of the page."""
    edit(translation.source.get_source_instance(), summary="Something else.")
    coordinator, decider = signed_in("Coordinators"), make_user("Editors")
    has_looked, is_handed_out = threading.Event(), threading.Event()
    read = TranslationSource._get_segments_for_translation

    def slowly(*args, **kwargs):
        has_looked.set()
        is_handed_out.wait(1)  # the other waits until the page is published, so nobody sets it
        return read(*args, **kwargs)

    def meanwhile():
        assert has_looked.wait(60)
        carrying.hand_out(TranslationSource.objects.get(), [], decider)
        is_handed_out.set()

    monkeypatch.setattr(TranslationSource, "_get_segments_for_translation", slowly)
    answer, _nothing = together(lambda: by_the_editor(translation, coordinator), meanwhile)
    monkeypatch.undo()
    assert getattr(answer, "status_code", answer) == 302
    assert shown(translation) == "Avant."
    assert state(translation) == State.IN_PROGRESS
    assert by_the_editor(translation, coordinator).status_code == 409
    assert not [fault.where for fault in doctor.wrong_states()]


def test_what_was_handed_out_while_somebody_waited_to_write_is_what_is_published(translation):
    """Who had the translation in hand already makes the page of the newest texts."""
    edit(translation.source.get_source_instance(), title="Torches")
    waiting = Translation.objects.select_related("source").get(pk=translation.pk)
    carrying.hand_out(TranslationSource.objects.get(), [], make_user("Editors"))
    with transaction.atomic():
        writing.lock(waiting)
    assert waiting.source.as_instance().title == "Torches"


def test_file_that_was_looked_at_before_a_publication_is_written_after_it(translation):
    """No conflict: publishing changes no text."""
    document = po.read(str(edited(translation, About="Après.")).encode())
    by_the_editor(translation, signed_in("Coordinators"))
    plan = planning.plan(document, translation)
    assert apply(plan).written == 1
    assert (shown(translation), state(translation)) == ("Avant.", State.IN_PROGRESS)


def test_text_saved_just_before_is_published(translation):
    writing.write(translation, segment(translation, "About it."), "Après.", user=None, via=Via.EDITOR)
    by_the_editor(translation, signed_in("Coordinators"))
    assert (shown(translation), state(translation)) == ("Après.", State.COMPLETE)
