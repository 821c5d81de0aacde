"""Languages come and go by configuration: nothing is lost, and what is left over is found.

Tests 53 and 54; what a language needs is in CONTRIBUTING.md, “Add a language” and “Take a language away”.
"""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from library.models import TopicIndexPage
from portal import addresses, serving
from portal.languages import language_name
from tests.factories import locale, make_home, make_index, make_topic, translate
from tests.factories.editing import make_user
from translation import doctor, states
from translation.models import State, TextEvent, TranslationStatus

pytestmark = pytest.mark.django_db

BELGIAN = [*site.LANGUAGES, ("fr-be", "Français (Belgique)")]


@pytest.fixture
def english(db):
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    return make_topic(title="Lapwing")


def of(page, language):
    return TranslationStatus.objects.filter(translation_key=page.translation_key, locale__language_code=language)


class TestAdded:
    @pytest.fixture
    def belgian(self, english, settings):
        """A regional code beside its language."""
        settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = BELGIAN
        return locale("fr-be")

    def test_every_subject_is_missing_there(self, english, belgian):
        states.rebuild()
        assert of(english, "fr-be").get().state == State.MISSING
        assert of(english, "fr").get().state == State.MISSING

    def test_regional_page_is_one_of_its_own(self, english, belgian):
        french = translate(english, "fr", title="Vanneau")
        make_home("fr-be")
        make_index(TopicIndexPage, "topics", "fr-be")
        regional = translate(english, "fr-be", title="Vanneau huppé")
        states.rebuild()
        assert of(english, "fr-be").get().target_pk == regional.pk
        assert of(english, "fr").get().target_pk == french.pk
        assert language_name("fr-be")
        assert not doctor.examine()

    def test_desk_of_the_new_language_opens_for_its_translators(self, english, belgian):
        make_home("fr-be")
        user = make_user("Translators fr-be")
        states.rebuild()
        client = Client()
        client.force_login(user)
        shown = client.get(reverse("translation_desk", args=["fr-be"]))
        assert shown.status_code == 200
        assert "Lapwing" in shown.content.decode()


class TestTakenAway:
    @pytest.fixture
    def without_french(self, french, settings, django_capture_on_commit_callbacks):
        """French had a page with texts; then the settings name it no more."""
        text = StringTranslation.objects.create(
            translation_of=Translation.objects.get().source.stringsegment_set.first().string,
            context=Translation.objects.get().source.stringsegment_set.first().context,
            locale=french.locale,
            data="Sujet",
        )
        states.rebuild()
        settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [one for one in site.LANGUAGES if one[0] != "fr"]
        return text

    def test_states_go_and_the_content_stays_until_somebody_deletes_it(self, french, without_french):
        states.rebuild()
        assert not TranslationStatus.objects.filter(locale__language_code="fr").exists()
        assert Page.objects.filter(pk=french.pk).exists()
        assert "language that the settings do not name" in {fault.what for fault in doctor.examine()}

    def test_its_pages_are_no_longer_reached(self, french, without_french):
        assert Client().get("/fr/topics/").status_code in (302, 404)

    def test_no_address_fails_for_a_tree_that_the_settings_do_not_name(self, french, without_french, monkeypatch):
        codes = [code for code in addresses.LANGUAGE_CODES if code != "fr"]
        for module in (addresses, serving):
            monkeypatch.setattr(module, "LANGUAGE_CODES", codes)
        assert Client().get("/de/nowhere/").status_code == 404

    def test_deleting_its_tree_and_locale_keeps_the_history(self, french, without_french):
        home = Page.objects.get(depth=2, locale__language_code="fr")
        home.delete()
        Locale.objects.get(language_code="fr").delete()
        states.rebuild()
        assert not [fault.what for fault in doctor.examine()]
        assert TextEvent.objects.filter(language="fr", old="Sujet").exists()


def test_page_in_a_language_without_a_translation_says_so(english):
    """Test 54, second half: what is missing is shown in its original language, marked as such."""
    make_home("nl")
    page = Client().get(f"/nl/topics/{english.slug}/").content.decode()
    assert '<html lang="nl"' in page
    assert 'lang="en"' in page
    assert "Lapwing" in page
