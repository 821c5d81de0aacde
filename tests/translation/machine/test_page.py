"""The page about machine translation: what a translator is told before she presses, and “read, it is right”."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from portal import outbox
from tests.factories.editing import make_user, signed_in
from translation import writing
from translation.machine import running
from translation.models import MachineUse, TextEvent, Via

from . import service as services
from .conftest import address, segment, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(translator):
    client = Client()
    client.force_login(translator)
    return client


@pytest.fixture
def unread(translation, translator):
    """A machine has translated the summary."""
    one = segment(translation, "About lanterns.")
    return writing.write(translation, one, "Des lanternes.", user=translator, via=Via.MACHINE, tool="Test")


def confirm(client, translation, text, token):
    data = {"do": "confirm", "segment": segment(translation, text).pk, "token": token}
    return client.post(address(translation), data, follow=True).content.decode()


def test_she_reads_to_whom_and_how_much_before_anything_is_sent(service, settings, translation, client):
    settings.MACHINE_TRANSLATION_WORDS = 6
    page = client.get(address(translation))
    text = " ".join(page.content.decode().split())
    assert "The texts are sent to LibreTranslate at 127.0.0.1." in text
    assert f"This sends {page.context['machine'].plan.words} words. Of the 6 of this language in" in text
    assert "6 are left" in text
    assert "more words do not fit" in text
    assert service.asked == []


def test_button_fills_the_gaps_and_tells_what_came_of_it(service, translation, client):
    told = client.post(address(translation), {"do": "ask"}, follow=True).content.decode()
    assert "on their way" in told
    assert "under way" in told
    assert "at it already" in client.post(address(translation), {"do": "ask"}, follow=True).content.decode()
    outbox.drain(running.TOPIC)
    page = client.get(address(translation))
    assert "LANTERNS AT NIGHT" in page.content.decode()
    assert "texts kept" in page.content.decode()
    assert "There is nothing left to translate." in page.content.decode()


def test_failure_is_told_with_what_to_do(service, translation, client):
    """56"""
    service.behaviours = [services.failing(500)]
    client.post(address(translation), {"do": "ask"})
    outbox.drain(running.TOPIC)
    told = client.get(address(translation)).content.decode()
    assert "The service had an error." in told
    assert "you can ask again" in told
    assert "Fill the gaps" in told


def test_what_a_service_says_is_shown_as_text(service, translation, client):
    service.translate = lambda text: text.replace("Lanterns", "Ici &amp; là, « &lt;img src=x onerror=y&gt; »")
    client.post(address(translation), {"do": "ask"})
    outbox.drain(running.TOPIC)
    told = client.get(address(translation)).content.decode()
    assert "onerror" in told
    assert "<img src=x" not in told


def test_button_of_the_shipped_editor_leads_here(service, translation, client):
    """P17: never an error of ours, and nothing past the budget."""
    old = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    assert client.get(old).status_code == 405
    service.behaviours = [services.failing(500)]
    assert client.post(old).url == address(translation)
    outbox.drain(running.TOPIC)
    assert MachineUse.objects.get().failure == "broken"
    assert not StringTranslation.objects.exists()


def test_site_without_a_service_says_so_and_sends_nothing(translation, client):
    assert "uses no machine translation" in client.get(address(translation)).content.decode()
    told = client.post(address(translation), {"do": "ask"}, follow=True).content.decode()
    assert "turned off" in told
    assert not MachineUse.objects.exists()


def test_text_that_somebody_has_read_is_that_persons(translation, unread, client, translator):
    """55"""
    assert "Des lanternes." in client.get(address(translation)).content.decode()
    assert "Noted" in confirm(client, translation, "About lanterns.", writing.token(unread))
    unread.refresh_from_db()
    assert (unread.data, unread.translation_type, unread.last_translated_by) == ("Des lanternes.", "manual", translator)
    assert TextEvent.objects.first().via == Via.EDITOR
    assert "Des lanternes." not in client.get(address(translation)).content.decode()


def test_only_what_was_shown_is_noted_as_read(translation, unread, client, translator):
    token = writing.token(unread)
    one = segment(translation, "About lanterns.")
    writing.write(translation, one, "Autre chose.", user=translator, via=Via.MACHINE)
    assert "Somebody else has changed this text" in confirm(client, translation, "About lanterns.", token)
    assert "Somebody else has changed this text" in confirm(client, translation, "About lanterns.", "")
    assert StringTranslation.objects.get().translation_type == "machine"


def test_text_is_gone_when_somebody_says_that_it_is_right(translation, unread, client):
    token = writing.token(unread)
    unread.delete()
    assert "Somebody else has changed this text" in confirm(client, translation, "About lanterns.", token)
    assert texts(translation) == {}


@pytest.mark.parametrize("data", [{}, {"do": "x"}, {"do": "confirm"}, {"do": "confirm", "segment": "x"}])
def test_nonsense_is_not_found(translation, client, data):
    assert client.post(address(translation), data, follow=True).status_code == 404


def test_segment_of_another_page_is_not_found(translation, client):
    data = {"do": "confirm", "segment": "999999999"}
    assert client.post(address(translation), data, follow=True).status_code == 404
    wrong = reverse("translation_machine", args=["de", translation.pk])
    assert client.get(wrong, follow=True).status_code == 404


def test_other_languages_and_locked_pages_are_out_of_reach(service, translation, unread, client):
    spanish = signed_in("Translators es")
    assert spanish.get(address(translation)).status_code == 302
    assert spanish.post(address(translation), {"do": "ask"}).status_code == 302
    Page.objects.filter(pk=translation.get_target_instance().pk).update(locked=True)
    assert client.get(address(translation)).status_code == 200
    client.post(address(translation), {"do": "ask"})
    confirm(client, translation, "About lanterns.", writing.token(unread))
    assert not MachineUse.objects.exists()
    unread.refresh_from_db()
    assert unread.translation_type == "machine"


def test_it_leads_back_to_where_it_was_pressed_and_nowhere_else(service, translation, client):
    there = reverse("translation_desk", args=["fr"])
    assert client.post(address(translation), {"do": "ask", "next": there}).url == there
    assert client.post(address(translation), {"do": "ask", "next": "https://evil.example/"}).url == address(translation)


def test_queries_do_not_grow_with_the_texts(service, translation, client, django_assert_max_num_queries):
    client.get(address(translation))
    with django_assert_max_num_queries(45) as few:
        client.get(address(translation))
    english = translation.source.get_source_instance()
    english.definition = "".join(f"<p>Lantern number {number}.</p>" for number in range(40))
    english.save_revision().publish()
    translation.source.update_from_db()
    with django_assert_max_num_queries(len(few)):
        client.get(address(translation))


def test_name_of_the_person_may_go(service, translation, client, translator):
    client.post(address(translation), {"do": "ask"})
    translator.delete()
    assert MachineUse.objects.get().user is None
    other = Client()
    other.force_login(make_user("Coordinators"))
    assert other.get(address(translation)).status_code == 200


def bench(translation):
    return reverse("translation_workbench", args=["fr", translation.pk])


def test_workbench_offers_it_and_tells_what_came_of_it(service, translation, client):
    told = client.get(bench(translation)).content.decode()
    assert "The texts are sent to LibreTranslate" in told
    service.behaviours = [services.failing(500)]
    assert client.post(address(translation), {"do": "ask", "next": bench(translation)}).url == bench(translation)
    outbox.drain(running.TOPIC)
    assert "The service had an error." in client.get(bench(translation)).content.decode()


def test_workbench_of_a_site_without_a_service_or_of_a_locked_page_offers_none(service, settings, translation, client):
    Page.objects.filter(pk=translation.get_target_instance().pk).update(locked=True)
    assert "Fill the gaps" not in client.get(bench(translation)).content.decode()
    Page.objects.update(locked=False)
    assert "Fill the gaps" in client.get(bench(translation)).content.decode()
    settings.MACHINE_TRANSLATION = ""
    assert "Machine translation" not in client.get(bench(translation)).content.decode()


def test_saving_an_unread_text_on_the_workbench_as_it_is_makes_it_read(translation, unread, client):
    """55"""
    assert "Nobody has read this text yet" in client.get(bench(translation)).content.decode()
    one = segment(translation, "About lanterns.")
    save = reverse("translation_text", args=["fr", translation.pk, one.pk])
    client.post(save, {"text": "Des lanternes.", "expected": writing.token(unread), "do": "stay"})
    unread.refresh_from_db()
    assert unread.translation_type == "manual"
    assert "Nobody has read this text yet" not in client.get(bench(translation)).content.decode()
