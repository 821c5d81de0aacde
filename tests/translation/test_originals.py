"""Any language may be that of the original; each subject has one; another page can become it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationSource,
)

from library.models import GlossaryTerm, TopicIndexPage, TopicPage
from portal.models import TranslationState
from portal.querysets import in_language, originals, visible
from tests.factories import locale, make_index, make_topic, translate
from tests.factories.editing import make_user
from translation import doctor, promotion, states
from translation.models import State, TextEvent, TranslationStatus

from .walking import make_trees, translated

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "it", "ca")


@pytest.fixture
def trees(db, commit):
    with commit():
        make_trees(*LANGUAGES)


@pytest.fixture
def coordinator(trees):
    client = Client()
    client.force_login(make_user("Coordinators"))
    return client


def submit_url(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def submit(client, page, *languages):
    data = {"locales": [str(locale(code).pk) for code in languages], "include_subtree": ""}
    return client.post(submit_url(page), data)


def publish(page, language, mark, commit):
    """Write every text of a translation that was begun, and publish it."""
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale(language))
    with commit():
        for segment in translation.source.stringsegment_set.select_related("string", "context"):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale(language),
                defaults={"data": f"{mark} {segment.order}", "translation_type": "manual"},
            )
        translation.save_target(publish=True)
    return Page.objects.get(translation_key=page.translation_key, locale=locale(language))


def state(page, language):
    return TranslationStatus.objects.get(translation_key=page.translation_key, locale=locale(language))


@pytest.fixture
def italian(trees, commit, coordinator):
    """Written in Italian, translated into English and French, begun in Catalan."""
    with commit():
        page = make_topic("it", title="Pavoncella", summary="Un uccello.", definition="<p>Uno.</p><p>Due.</p>")
        assert submit(coordinator, page, "en", "fr", "ca").status_code == 302
    publish(page, "en", "Word", commit)
    publish(page, "fr", "Mot", commit)
    return TopicPage.objects.get(pk=page.pk)


def test_italian_original_is_translated_into_every_language(italian):
    """Test 47."""
    assert [state(italian, code).state for code in ("en", "fr", "ca")] == [
        State.COMPLETE,
        State.COMPLETE,
        State.MISSING,
    ]
    assert not TranslationStatus.objects.filter(translation_key=italian.translation_key, locale=italian.locale).exists()
    catalan = Client().get(f"/ca/topics/{italian.slug}/").content.decode()
    assert "Pavoncella" in catalan
    assert 'lang="it"' in catalan
    assert not doctor.examine()


def test_to_send_a_translation_leads_to_its_original(italian, coordinator):
    """Test 48, pitfalls P5 and P12."""
    english = italian.get_translation(locale("en"))
    response = coordinator.get(submit_url(english))
    assert (response.status_code, response.url) == (302, submit_url(italian))
    submit(coordinator, english, "ca")
    assert TranslationSource.objects.filter(object_id=italian.translation_key).count() == 1


def test_also_a_translation_that_was_begun_from_elsewhere(italian, coordinator):
    by_hand = translate(make_topic(title="Lapwing"), "fr", title="Vanneau")
    source, _created = TranslationSource.update_or_create_from_instance(by_hand.get_translation(locale("en")))
    Translation.objects.create(source=source, target_locale=locale("it"))
    response = coordinator.get(submit_url(by_hand))
    assert response.url == submit_url(by_hand.get_translation(locale("en")))


def test_child_is_not_sent_before_the_page_above_it(trees, coordinator, commit):
    """Tests 50 and 51, pitfall P13: no page above appears as a copy in the other language."""
    Page.objects.get(pk=make_index(TopicIndexPage, "topics", "ca").pk).delete()
    page = make_topic("it", title="Pavoncella")
    response = submit(coordinator, page, "ca")
    assert "Begin there" in response.content.decode()
    assert not Page.objects.filter(locale=locale("ca"), depth__gt=2).exists()
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_draft_is_not_sent(trees, coordinator):
    """Test 22, pitfall P14: its first text alone would be read."""
    page = make_topic("it", title="Bozza", live=False)
    page.title = "Bozza seconda"
    page.save_revision()
    submit(coordinator, page, "en")
    assert not TranslationSource.objects.filter(object_id=page.translation_key).exists()


def test_no_language_copies_another_one(trees):
    """Test 52, pitfall P12: the form does not offer it, and the doctor ends it where it was set before."""
    assert LocaleSynchronization not in [one["model"] for one in get_locale_components()]
    LocaleSynchronization.objects.bulk_create(
        [
            LocaleSynchronization(locale=locale("fr"), sync_from=locale("en")),
            LocaleSynchronization(locale=locale("en"), sync_from=locale("fr")),
        ]
    )
    assert [fault.what for fault in doctor.examine()].count("language that copies another one") == 2
    doctor.treat()
    assert not LocaleSynchronization.objects.exists()


class TestPromotion:
    def test_no_text_is_lost_and_every_state_stays(self, italian, commit):
        english = italian.get_translation(locale("en"))
        before = set(StringTranslation.objects.values_list("data", flat=True))
        with commit():
            promotion.promote(english)
        assert before <= set(StringTranslation.objects.values_list("data", flat=True))
        translations = Translation.objects.filter(source__object_id=italian.translation_key)
        assert {one.source.locale.language_code for one in translations} == {"en"}
        assert {one.target_locale.language_code for one in translations} == {"it", "fr", "ca"}
        assert [state(italian, code).state for code in ("it", "fr", "ca")] == [
            State.COMPLETE,
            State.COMPLETE,
            State.MISSING,
        ]
        assert TextEvent.objects.filter(via="carried", new="Pavoncella").exists()
        assert not doctor.examine()

    def test_promoted_page_is_edited_and_the_others_follow(self, italian, commit):
        english = italian.get_translation(locale("en"))
        with commit():
            promotion.promote(english)
        english = TopicPage.objects.get(pk=english.pk)
        english.summary = "Something new."
        with commit():
            english.save_revision().publish()
        assert state(italian, "it").stale_since
        assert state(italian, "fr").stale_since
        assert TranslationState.objects.get(page=italian).behind_since

    def test_after_the_original_was_deleted(self, italian, commit):
        """Test 49. wagtail-localize forgets what was translated; the pages still say it, and the history keeps it."""
        french = italian.get_translation(locale("fr"))
        with commit():
            italian.delete()
        assert not StringTranslation.objects.exists()
        with commit():
            call_command("translation_promote", str(french.pk), stdout=io.StringIO())
        states.rebuild()
        assert not doctor.examine()
        assert state(french, "en").state == State.COMPLETE
        assert "Mot" in Client().get(f"/de/topics/{french.slug}/", follow=True).content.decode()
        shown = originals(visible(Page.objects.filter(translation_key=french.translation_key)))
        assert [page.pk for page in shown] == [french.pk]
        chosen = in_language(visible(Page.objects.filter(translation_key=french.translation_key)), "ca")
        assert [page.locale.language_code for page in chosen] == ["fr"]

    def test_deleted_and_sent_again_from_another_original_the_page_opens(self, italian, coordinator, commit):
        """Test 57, second half."""
        french, english = (italian.get_translation(locale(code)) for code in ("fr", "en"))
        with commit():
            promotion.promote(english)
            Page.objects.get(pk=french.pk).delete()
            submit(coordinator, english, "fr")
        again = italian.get_translation(locale("fr"))
        assert coordinator.get(reverse("wagtailadmin_pages:edit", args=[again.pk])).status_code in (200, 302)
        assert Translation.objects.filter(source__object_id=english.translation_key, target_locale=locale("fr")).get()

    def test_restriction_stays_with_the_subject(self, italian, commit):
        english, french = (italian.get_translation(locale(code)) for code in ("en", "fr"))
        PageViewRestriction.objects.create(page=italian, restriction_type="login")
        with commit():
            promotion.promote(english)
        PageViewRestriction.objects.get(page=english).delete()
        assert not PageViewRestriction.objects.filter(page=french).exists()
        assert not PageViewRestriction.objects.filter(page=italian).exists()

    def test_draft_is_refused(self, italian):
        with pytest.raises(CommandError):
            call_command("translation_promote", str(italian.get_translation(locale("ca")).pk))
        with pytest.raises(CommandError):
            call_command("translation_promote", "999999")

    def test_entry(self, trees, commit):
        english = GlossaryTerm.objects.create(code="t", term="Lantern", definition="Light.", locale=locale("en"))
        source, _created = TranslationSource.update_or_create_from_instance(english)
        translated(source, "fr", "Lanterne")
        french = english.copy_for_translation(locale("fr"))
        french.term, french.definition = "Lanterne 1", "Lanterne 2"
        french.save()
        with commit():
            promotion.promote(french)
        assert set(StringTranslation.objects.filter(locale=locale("en")).values_list("data", flat=True)) == {
            "Lantern",
            "Light.",
        }


def test_doctor_leads_translations_of_a_second_original_to_the_first(italian, commit):
    """Pitfall P5."""
    english = italian.get_translation(locale("en"))
    Translation.objects.filter(target_locale=locale("ca")).delete()
    rival, _created = TranslationSource.update_or_create_from_instance(english)
    translated(rival, "ca", "Mot català")
    states.rebuild()
    assert "several originals of one subject" in {fault.what for fault in doctor.examine()}
    with commit():
        doctor.treat()
    assert not doctor.examine()
    catalan = Translation.objects.get(target_locale=locale("ca"), source__object_id=italian.translation_key)
    assert catalan.source.locale.language_code == "it"
    assert state(italian, "ca").done == state(italian, "ca").segments


def test_every_setting_of_wagtail_localize_is_written_as_it_is_read(settings):
    """Pitfall P23: names begin in two ways, and a wrong one would do nothing."""
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    known = {"WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", "WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE"}
    ours = {name for name in dir(settings) if "LOCALIZE" in name} - {"WAGTAILLOCALIZE_MACHINE_TRANSLATOR"}
    assert ours <= known
    assert not getattr(settings, "WAGTAILLOCALIZE_DISABLE_ON_DELETE", False)
