"""The state of a translation follows from the content, and what is kept is what a recount gives."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from library.models import TopicIndexPage, TopicPage
from portal import outbox
from portal.models import OutboxRow, Term
from tests.factories import locale, make_home, make_index, make_topic, translate
from tests.factories.editing import make_user
from translation import outbox_topics, states, writing
from translation.gaps import gaps
from translation.models import Assignment, State, TranslationStatus, Via

from .walking import translated

pytestmark = pytest.mark.django_db


def of(subject, language="fr"):
    return TranslationStatus.objects.get(translation_key=subject.translation_key, locale=locale(language))


def assert_recount_equals_what_is_kept():
    kept = {(row.translation_key, row.locale_id): row for row in TranslationStatus.objects.all()}
    counted = {(row.translation_key, row.locale_id): row for key in states.all_keys() for row in states.count(key)}
    assert kept.keys() == counted.keys()
    for key, row in counted.items():
        for name in (*states.COUNTED, *states.KEPT):
            assert getattr(kept[key], name) == getattr(row, name), (row.title, name)


@pytest.fixture
def english(commit):
    with commit():
        make_home("fr")
        make_index(TopicIndexPage, "topics", "fr")
        page = make_topic(title="Two words", summary="Three more words.")
    return TopicPage.objects.get(pk=page.pk)


def submit(page, commit, mark="Mot", kind="manual"):
    with commit():
        source, _created = TranslationSource.update_or_create_from_instance(page)
        translation = translated(source, "fr", mark)
        StringTranslation.objects.filter(locale=locale("fr")).update(translation_type=kind)
        if isinstance(page, Page):
            page.copy_for_translation(locale("fr")).save()
    return translation


def edit(page, commit, **fields):
    with commit():
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()


def test_words_are_counted_as_readers_see_them():
    assert states.words("R&amp;D for <b>all</b><br/>of <i>us</i>") == 6


def test_subject_without_a_page_is_missing_with_all_its_words(english):
    status = of(english)
    assert (status.state, status.done, status.target_pk, status.is_live) == (State.MISSING, 0, None, False)
    assert status.words == status.words_to_do
    assert status.words >= 5
    assert_recount_equals_what_is_kept()


def test_draft_original_asks_for_nothing(commit):
    with commit():
        make_home("fr")
        draft = make_topic(title="Draft", live=False)
    assert not TranslationStatus.objects.filter(translation_key=draft.translation_key).exists()


def test_draft_with_every_text_is_in_progress_until_it_is_published(english, commit):
    translation = submit(english, commit)
    status = of(english)
    assert (status.state, status.percent, status.words_to_do) == (State.IN_PROGRESS, 100, 0)
    with commit():
        translation.save_target(publish=True)
    assert of(english).state == State.COMPLETE
    assert_recount_equals_what_is_kept()


def test_each_text_counts_at_once(english, commit):
    translation = submit(english, commit)
    with commit():
        translation.save_target(publish=True)
    text = StringTranslation.objects.get(context__path="title", locale=locale("fr"))
    with commit():
        text.data = "<script>x</script>"  # cannot be used
        text.save()
    status = of(english)
    assert (status.state, status.segments - status.done, status.words_to_do) == (State.IN_PROGRESS, 1, 2)
    assert status.percent < 100
    with commit():
        text.delete()
    assert of(english).words_to_do == 2
    assert_recount_equals_what_is_kept()


def test_draft_without_a_single_text_is_missing(english, commit):
    submit(english, commit)
    with commit():
        for text in StringTranslation.objects.all():
            text.delete()
    status = of(english)
    assert (status.state, status.target_pk is not None) == (State.MISSING, True)


def test_what_is_written_and_not_published_is_not_complete(english, commit):
    translation = submit(english, commit)
    with commit():
        translation.save_target(publish=True)
    text = StringTranslation.objects.get(context__path="title", locale=locale("fr"))
    with commit():
        text.data = "Nouveau"
        text.save()
    assert of(english).state == State.IN_PROGRESS
    with commit():
        translation.save_target(publish=True)
    assert of(english).state == State.COMPLETE
    assert_recount_equals_what_is_kept()


def test_machine_text_is_not_complete_until_a_person_has_written(english, commit):
    translation = submit(english, commit, kind="machine")
    with commit():
        translation.save_target(publish=True)
    status = of(english)
    assert (status.state, status.machine, status.words_to_do) == (State.MACHINE, status.segments, status.words)
    with commit():
        for text in StringTranslation.objects.filter(locale=locale("fr")):
            text.translation_type = "manual"
            text.save()
    with commit():
        translation.save_target(publish=True)
    assert of(english).state == State.COMPLETE
    assert_recount_equals_what_is_kept()


def test_page_with_a_reviewer_is_in_review(english, commit):
    translation = submit(english, commit)
    page = translation.get_target_instance()
    with commit():
        page.save_revision()
        workflow = make_user("Coordinators") and page.get_workflow()
        workflow.start(page, None)
    assert of(english).state == State.IN_REVIEW
    assert_recount_equals_what_is_kept()
    with commit():
        page.current_workflow_state.cancel()
    assert of(english).state == State.IN_PROGRESS


def test_edited_original_is_stale_within_the_request_and_fresh_when_changed_back(english, commit):
    translation = submit(english, commit)
    with commit():
        translation.save_target(publish=True)
    assert of(english).stale_since is None
    before = english.summary
    edit(english, commit, summary="Four quite different words.")
    status = of(english)
    assert status.stale_since is not None
    assert (status.state, status.words_to_do) == (State.COMPLETE, 4)
    since = status.stale_since
    edit(english, commit, summary="Four very different words.")
    assert of(english).stale_since == since
    assert_recount_equals_what_is_kept()
    edit(english, commit, summary=before)
    assert of(english).stale_since is None


def test_stale_stays_until_the_new_text_is_published(english, commit):
    translation = submit(english, commit)
    with commit():
        translation.save_target(publish=True)
    edit(english, commit, summary="Changed.")
    with commit():
        translation.source.update_from_db()
    status = of(english)
    assert status.stale_since
    assert (status.state, status.words_to_do) == (State.IN_PROGRESS, 1)
    segment = translation.source.stringsegment_set.select_related("string", "context").get(context__path="summary")
    with commit():
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=locale("fr"), data="Changé."
        )
    assert of(english).stale_since
    with commit():
        translation.save_target(publish=True)
    status = of(english)
    assert (status.state, status.stale_since) == (State.COMPLETE, None)
    assert_recount_equals_what_is_kept()


def test_image_or_date_changes_nothing(english, commit):
    translation = submit(english, commit)
    with commit():
        translation.save_target(publish=True)
    edit(english, commit, allow_comments=False)
    assert of(english).stale_since is None
    assert of(english).state == State.COMPLETE


def test_entries_have_states_too(commit):
    with commit():
        make_home("fr")
        term = Term.objects.create(scheme="ethical_risk", code="x", label="Two words", locale=locale("en"))
    assert of(term).state == State.MISSING
    translation = submit(term, commit)
    with commit():
        translation.save_target(publish=True)
    assert of(term).state == State.COMPLETE
    assert_recount_equals_what_is_kept()
    with commit():
        term.label = "Three other words"
        term.save()
    status = of(term)
    assert status.stale_since
    with commit():
        translation.source.update_from_db()
    status = of(term)
    assert (status.state, bool(status.stale_since), status.words_to_do) == (State.IN_PROGRESS, True, 3)
    assert_recount_equals_what_is_kept()
    since = status.stale_since
    with commit():
        for segment in gaps(translation):
            writing.write(translation, segment, "Neuf", user=None, via=Via.EDITOR)
    status = of(term)  # readers see the old text until it is saved
    assert (status.state, status.stale_since, status.words_to_do) == (State.IN_PROGRESS, since, 0)
    assert_recount_equals_what_is_kept()
    with commit():
        translation.save_target(publish=True)
    assert (of(term).state, of(term).stale_since) == (State.COMPLETE, None)
    assert_recount_equals_what_is_kept()


def test_same_text_at_two_places_counts_at_both(commit):
    with commit():
        make_home("fr")
        make_index(TopicIndexPage, "topics", "fr")
        page = make_topic(title="Same words", summary="Same words")
    page = TopicPage.objects.get(pk=page.pk)
    submit(page, commit)
    with commit():
        StringTranslation.objects.get(context__path="title", locale=locale("fr")).delete()
    status = of(page)
    assert (status.segments - status.done, status.words_to_do) == (1, 2)


def test_original_may_be_in_any_language(commit):
    with commit():
        make_home("it")
        italian = make_index(TopicIndexPage, "topics", "it").add_child(
            instance=TopicPage(
                definition="D", title="Faenza", slug="faenza", code="faenza", summary="Uno.", locale=locale("it")
            )
        )
        italian.save_revision().publish()
    status = of(italian, "en")
    assert (status.state, status.source_locale.language_code) == (State.MISSING, "it")
    assert not TranslationStatus.objects.filter(
        translation_key=italian.translation_key, locale__language_code="it"
    ).exists()


def test_page_written_by_hand_counts_as_complete(english, commit):
    with commit():
        translate(english, "fr", title="À la main")
    status = of(english)
    assert (status.state, status.words_to_do, status.stale_since) == (State.COMPLETE, 0, None)


def test_deleted_translation_is_missing_and_a_deleted_subject_is_gone(english, commit):
    translation = submit(english, commit)
    with commit():
        translation.save_target(publish=True)
    with commit():
        english.get_translation(Locale.objects.get(language_code="fr")).delete()
    assert of(english).state == State.MISSING
    with commit():
        Page.objects.get(pk=english.pk).delete()
    assert not TranslationStatus.objects.filter(translation_key=english.translation_key).exists()


def test_assignment_ends_with_what_it_was_for(english, commit):
    translation = submit(english, commit)
    Assignment.objects.create(status=of(english), assignee=make_user("Translators fr"))
    with commit():
        StringTranslation.objects.filter(context__path="title").first().save()
    assert Assignment.objects.exists()
    with commit():
        translation.save_target(publish=True)
    assert not Assignment.objects.exists()


def test_days_are_kept_over_a_rebuild(english):
    long_ago = timezone.now() - datetime.timedelta(days=90)
    TranslationStatus.objects.update(waits_since=long_ago)
    TranslationStatus.objects.filter(pk=of(english).pk).update(words=1)
    out = io.StringIO()
    call_command("translation_states", stdout=out)
    assert of(english).waits_since == long_ago
    assert of(english).words > 1
    assert "counted" in out.getvalue()
    assert "fr" in out.getvalue()


def test_many_subjects_at_once_are_counted_in_the_background(commit, monkeypatch):
    with commit():
        make_home("fr")
    with commit():
        for number in range(25):
            Term.objects.create(scheme="ethical_risk", code=f"x{number}", label="L", locale=locale("en"))
    terms = TranslationStatus.objects.filter(title__startswith="L (")
    assert not terms.exists()
    outbox.drain(outbox_topics.TOPIC)
    assert terms.count() == 25
    assert_recount_equals_what_is_kept()


def test_new_language_is_counted_in_the_background(english, commit):
    outbox.drain(outbox_topics.TOPIC)
    with commit():
        Locale.objects.create(language_code="ca")
    outbox.drain(outbox_topics.TOPIC)
    assert of(english, "ca").state == State.MISSING
    Locale.objects.get(language_code="ca").delete()
    outbox.drain(outbox_topics.TOPIC)
    assert not OutboxRow.objects.parked().exists()
    assert_recount_equals_what_is_kept()


def test_one_subject_costs_the_same_whatever_its_size(english, commit, django_assert_max_num_queries):
    submit(english, commit)
    with django_assert_max_num_queries(18):
        states.refresh(english.translation_key)
