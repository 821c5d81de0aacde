"""A translation is behind when the original says something else than what was translated."""

import re

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from library.models import TopicIndexPage, TopicPage
from tests.factories import locale, make_home, make_index, make_topic, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """wagtail-localize publishes a translation once its transaction is through."""

    def run(translation):
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)

    return run


@pytest.fixture
def pair(publish):
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    original = TopicPage.objects.get(pk=make_topic(title="Subject").pk)
    translate_object(original, [locale("fr")])
    source = TranslationSource.objects.get_for_instance(original)
    translation = source.translations.get(target_locale=locale("fr"))
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale("fr"),
            data=f"FR {segment.string.data}",
            translation_type="manual",
        )
    publish(translation)
    return original, translation


def french(original):
    return original.get_translation(Locale.objects.get(language_code="fr"))


def test_new_translation_is_up_to_date(pair):
    original, _translation = pair
    assert french(original).translation_state.behind_since is None


def test_edited_original_leaves_the_translation_behind_at_once(pair):
    original, _translation = pair
    original.summary = "Something else."
    original.save_revision().publish()
    assert french(original).translation_state.behind_since is not None
    page = Client().get(french(original).url).content.decode()
    assert re.search(r'href="/en/[^"]*#log" hreflang="en">Ce qui a changé</a>', page)
    assert 'id="log"' in Client().get(original.url).content.decode()


def test_changing_back_makes_it_fresh_again(pair):
    original, _translation = pair
    before = original.summary
    for text in ("Something else.", before):
        original.summary = text
        original.save_revision().publish()
    assert french(original).translation_state.behind_since is None


def test_change_without_text_leaves_nothing_behind(pair):
    original, _translation = pair
    original.allow_comments = False
    original.save_revision().publish()
    assert french(original).translation_state.behind_since is None


def test_retranslated_page_is_up_to_date_again(pair, publish):
    original, translation = pair
    original.summary = "Something else."
    original.save_revision().publish()
    translation.source.update_from_db()
    publish(translation)
    assert french(original).translation_state.behind_since is None


def test_page_written_by_hand_in_another_language_is_behind_once_the_original_changes():
    page = make_topic(title="Other")
    by_hand = translate(page, "fr", title="Autre")
    assert not by_hand.translation_state.is_original
    assert by_hand.translation_state.behind_since is None

    page.title = "Another"
    page.save_revision().publish()
    by_hand.translation_state.refresh_from_db()
    assert by_hand.translation_state.behind_since is not None

    by_hand.save_revision().publish()
    by_hand.translation_state.refresh_from_db()
    assert by_hand.translation_state.behind_since is None, "whoever publishes it has read the original"


def test_publishing_a_page_written_by_hand_leaves_no_translation_behind(pair):
    original, _translation = pair
    by_hand = translate(original, "nl", title="Onderwerp")
    assert original.translation_state.is_original
    assert french(original).translation_state.behind_since is None

    by_hand.summary = "Een andere samenvatting."
    by_hand.save_revision().publish()
    assert french(original).translation_state.behind_since is None


def test_original_is_still_the_original_after_a_page_by_hand_was_published():
    page = make_topic(title="Other")
    translate(page, "fr", title="Autre")
    page.save_revision().publish()
    page.translation_state.refresh_from_db()
    assert page.translation_state.is_original
