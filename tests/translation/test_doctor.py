"""The doctor finds what goes wrong, mends it where nothing is lost, and finds nothing in the loaded content."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from library.models import GlossaryPage, TopicPage
from tests.factories import locale, make_index, make_topic
from translation import doctor, states
from translation.models import State, TranslationStatus

from .walking import make_trees, translated


@pytest.fixture
def translation(django_capture_on_commit_callbacks):
    """A sound, published translation into French."""
    make_trees("fr", "de")
    link = '<p>Read <a href="https://example.org/">it</a>.</p>'
    english = TopicPage.objects.get(pk=make_topic(title="Subject", summary="S", definition=link).pk)
    source, _created = TranslationSource.update_or_create_from_instance(english)
    translation = translated(source, "fr", "Mot")
    page = english.copy_for_translation(locale("fr"))
    page.slug = "sujet"
    page.save()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    states.rebuild()
    assert not doctor.examine()
    return translation


def found():
    return {fault.what for fault in doctor.examine()}


def mended():
    done, left = doctor.treat()
    assert done
    return {fault.what for fault in left}


@pytest.mark.django_db
class TestFaults:
    def test_broken_tree(self, translation):
        parent = translation.get_target_instance().get_parent()
        Page.objects.filter(pk=parent.pk).update(numchild=0)
        assert found() == {"page tree: wrong number of pages below"}
        assert not mended()
        assert Page.objects.get(pk=parent.pk).numchild == 1

    def test_alias_in_another_language(self, translation):
        english = translation.source.get_source_instance()
        english.copy_for_translation(locale("de"), alias=True)
        assert "alias in another language" in found()
        assert not mended()
        assert not english.has_translation(locale("de"))

    def test_alias_over_texts_that_somebody_wrote_is_for_people(self, translation):
        page = translation.get_target_instance()
        Page.objects.filter(pk=page.pk).update(alias_of=translation.source.get_source_instance())
        texts = StringTranslation.objects.count()
        assert "alias in another language" in found()
        doctor.treat()
        assert "alias in another language" in found()
        assert StringTranslation.objects.count() == texts

    def test_translation_without_a_page_keeps_what_was_written(self, translation):
        page = translation.get_target_instance()
        Page.objects.filter(pk=page.pk).update(translation_key="1" * 32)
        texts = StringTranslation.objects.count()
        assert "translation without a page or entry" in found()
        assert not mended()
        assert StringTranslation.objects.count() == texts

    def test_original_that_is_gone(self, translation):
        english = translation.source.get_source_instance()
        Page.objects.filter(pk=english.pk).update(translation_key="1" * 32)
        assert "original is gone" in found()
        doctor.treat()
        assert TranslationSource.objects.filter(pk=translation.source_id).exists()  # its French page still uses it

    def test_source_of_nothing_at_all_is_forgotten(self, translation):
        other = make_topic(title="Other")
        TranslationSource.update_or_create_from_instance(other)
        Page.objects.filter(pk=other.pk).update(translation_key="1" * 32)
        assert "original is gone" in found()
        mended()
        assert not TranslationSource.objects.filter(object_id=other.translation_key).exists()

    def test_two_originals_for_one_translation(self, translation):
        german = translation.source.get_source_instance().copy_for_translation(locale("de"))
        german.save()
        second, _created = TranslationSource.update_or_create_from_instance(german)
        Translation.objects.create(source=second, target_locale=locale("fr"))
        assert "two originals for one translation" in found()
        mended()
        assert list(Translation.objects.values_list("pk", flat=True)) == [translation.pk]

    def test_translation_into_its_own_language(self, translation):
        Translation.objects.create(source=translation.source, target_locale=locale("en"))
        assert "translation into the language of the original" in found()
        assert not mended()

    def test_pages_that_are_not_translations_of_each_other_though_they_say_so(self, translation):
        glossary = make_index(GlossaryPage, "glossary", "de")
        Page.objects.filter(pk=glossary.pk).update(translation_key=translation.source.object_id)
        assert "pages of several kinds of one subject" in found()

    def test_page_in_the_tree_of_another_language(self, translation):
        Page.objects.filter(pk=make_topic(title="Lost").pk).update(locale=locale("de"))
        assert "page in the tree of another language" in found()

    def test_texts_of_the_original_on_a_published_page(self, translation):
        StringTranslation.objects.filter(context__path="title").delete()
        states.rebuild()
        assert found() == {"texts of the original on a published page"}

    def test_two_pages_with_one_address(self, translation):
        page = translation.get_target_instance()
        other = make_topic(title="Other")
        Page.objects.filter(pk=other.pk).update(url_path=page.url_path)
        assert "two pages with one address" in found()

    @pytest.mark.parametrize("value", ["javascript:alert(1)", "//evil.example", 12])
    def test_unsafe_link(self, translation, value):
        context = OverridableSegment.objects.get(data_json=json.dumps("https://example.org/")).context
        SegmentOverride.objects.create(locale=locale("fr"), context=context, data_json=json.dumps(value))
        states.rebuild()
        assert found() == {"link that is not safe or of the wrong kind"}
        assert not mended()
        assert not SegmentOverride.objects.exists()

    @pytest.mark.parametrize("value", [12, "12", "https://example.org/fr/", "nous@example.org", "javascript:alert(1)"])
    def test_what_was_chosen_in_a_block_that_left_the_original_is_kept_unless_unsafe(self, translation, value):
        context = translation.source.stringsegment_set.first().context
        SegmentOverride.objects.create(locale=locale("fr"), context=context, data_json=json.dumps(value))
        states.rebuild()
        is_unsafe = value == "javascript:alert(1)"
        assert found() == ({"link that is not safe or of the wrong kind"} if is_unsafe else set())
        doctor.treat()
        assert SegmentOverride.objects.exists() != is_unsafe

    def test_state_that_a_recount_does_not_give(self, translation):
        status = TranslationStatus.objects.get(
            translation_key=translation.source.object_id, locale=translation.target_locale
        )
        TranslationStatus.objects.filter(pk=status.pk).update(state=State.MACHINE)
        assert found() == {"state that a recount does not give"}
        assert not mended()
        status.refresh_from_db()
        assert status.state == State.COMPLETE

    def test_command_fails_with_faults_and_mends_on_request(self, translation):
        TranslationStatus.objects.update(words=1)
        with pytest.raises(CommandError):
            call_command("translation_doctor", stdout=io.StringIO())
        out = io.StringIO()
        call_command("translation_doctor", "--fix", stdout=out)
        assert "mended: state that a recount does not give" in out.getvalue()
        assert "sound" in out.getvalue()


@pytest.mark.content
@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_site")
def test_loaded_content_is_sound_and_complete_where_it_is_live():
    states.rebuild()
    assert not [f"{fault.what}: {fault.where}" for fault in doctor.examine()]
    rows = TranslationStatus.objects.filter(is_live=True)
    assert rows.count() > 300
    assert set(rows.values_list("state", flat=True)) == {State.COMPLETE}
    assert not rows.exclude(stale_since=None).exists()
