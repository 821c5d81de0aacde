"""Whatever is done to an original and its translation, in any order: no text is lost, no mixed page is live, what is
kept about states is what a recount gives, the tree is sound, and what is closed is closed in every language.
"""

from contextlib import suppress

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from library.models import TopicIndexPage, TopicPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import doctor, privacy, promotion, review, writing
from translation.gaps import gaps
from translation.models import TextEvent
from translation.writing import Via

MARKS = {"en": "Word", "fr": "Mot"}
NUMBERS = st.integers(0, 5)


class Desk(RuleBasedStateMachine):
    """Every text begins with the mark of its language, so that a mixture shows."""

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.said = 0
        self.written = set()
        self.user = make_user("Coordinators", name="coordinator")
        with self.committed():
            self.key = make_topic(
                title="Word 0", summary="Word 0", definition="<p>Word 0</p><p>Word 1</p>"
            ).translation_key

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    def committed(self):
        return TestCase.captureOnCommitCallbacks(execute=True)

    def page(self, language):
        return TopicPage.objects.filter(translation_key=self.key, locale__language_code=language).first()

    def source(self):
        sources = TranslationSource.objects.filter(object_id=self.key, translations__enabled=True)
        return sources.select_related("locale").first()

    def original(self):
        source = self.source()
        return self.page(source.locale.language_code) if source else self.page("en") or self.page("fr")

    def translation(self):
        found = Translation.objects.filter(source__object_id=self.key, enabled=True).first()
        return found if found and self.page(found.target_locale.language_code) else None

    def new(self, language, number):
        self.said += 1
        return f"{MARKS[language]} {self.said} {number}"

    @rule(field=st.sampled_from(["title", "summary", "definition"]), number=NUMBERS)
    def edit_original(self, field, number):
        page = self.original()
        if page is None:
            return
        text = self.new(page.locale.language_code, number)
        mark = MARKS[page.locale.language_code]
        # Whoever publishes what a deleted original left behind, begun and not live, writes it whole.
        for one in [field] if page.live else ["title", "summary", "definition"]:
            setattr(page, one, f"<p>{text}</p><p>{mark} 1</p>" if one == "definition" else text)
        with self.committed():
            page.save_revision().publish()

    @rule()
    def begin(self):
        """The first time, and again after the translation was deleted."""
        page = self.original()
        if page is not None and page.live:
            other = "fr" if page.locale.language_code == "en" else "en"
            if self.page(other) is None:
                with self.committed():
                    translate_object(page, [locale(other)], user=self.user)

    @rule(number=NUMBERS, via=st.sampled_from([Via.EDITOR, Via.MACHINE, Via.MEMORY]))
    def write(self, number, via):
        translation = self.translation()
        if translation is None:
            return
        segments = list(translation.source.stringsegment_set.order_by("order"))
        if segments:
            text = self.new(translation.target_locale.language_code, number)
            with self.committed():
                writing.write(translation, segments[number % len(segments)], text, user=self.user, via=via)
            self.written.add(text)

    @rule()
    def write_all(self):
        translation = self.translation()
        for segment in gaps(translation) if translation else ():
            text = self.new(translation.target_locale.language_code, 0)
            with self.committed():
                writing.write(translation, segment, text, user=self.user, via=Via.EDITOR)
            self.written.add(text)

    @rule()
    def bring_a_file(self):
        translation = self.translation()
        if translation is None:
            return
        file = translation.export_po()
        language = translation.target_locale.language_code
        for entry in file:
            entry.msgstr = self.new(language, 9)
            self.written.add(entry.msgstr)
        with self.committed():
            translation.import_po(file, user=self.user)

    @rule()
    def hand_out(self):
        source = self.source()
        if source is not None and self.original() is not None:
            with self.committed():
                source.update_from_db()

    @rule()
    def publish_if_complete(self):
        translation = self.translation()
        if translation is not None and not gaps(translation).exists():
            with self.committed():
                translation.save_target(user=self.user, publish=True)

    @rule()
    def unpublish(self):
        translation = self.translation()
        page = self.page(translation.target_locale.language_code) if translation else None
        if page is not None:
            with self.committed():
                page.unpublish()

    @rule(home=st.booleans(), language=st.sampled_from(["en", "fr"]))
    def move(self, home, language):
        page = self.page(language)
        if page is not None:
            target = make_home(language) if home else make_index(TopicIndexPage, "topics", language)
            with self.committed():
                page.move(Page.objects.get(pk=target.pk), pos="last-child")

    @rule(language=st.sampled_from(["en", "fr"]))
    @precondition(lambda self: self.said > 4)
    def delete(self, language):
        page = self.page(language)
        if page is not None and self.page("fr" if language == "en" else "en") is not None:
            with self.committed():
                page.delete()

    @rule()
    @precondition(lambda self: self.said > 4)
    def promote(self):
        """What is not finished is refused, so it is finished first; unread texts of a machine are refused still."""
        for before in (self.hand_out, self.write_all, self.publish_if_complete):
            before()
        translation = self.translation()
        page = self.page(translation.target_locale.language_code) if translation else None
        if page is not None and page.live:
            with self.committed(), suppress(review.Refused):
                promotion.promote(page, user=self.user)

    @rule()
    def close_or_open(self):
        page = self.original()
        if page is not None:
            found = page.view_restrictions.first()
            with self.committed():
                if found is None:
                    PageViewRestriction.objects.create(page=page, restriction_type="login")
                else:
                    found.delete()

    @invariant()
    def no_text_is_lost(self):
        kept = set(StringTranslation.objects.values_list("data", flat=True))
        kept |= set(TextEvent.objects.filter(translation_key=self.key).values_list("new", flat=True))
        assert self.written <= kept

    @invariant()
    def no_page_is_mixed(self):
        for language, mark in MARKS.items():
            page = self.page(language)
            if page is not None and page.live:
                texts = [one.string.data for one in extract_segments(page) if isinstance(one, StringSegmentValue)]
                assert all(text.startswith(mark) for text in texts), texts

    @invariant()
    def states_are_those_of_a_recount(self):
        assert not [fault.where for fault in doctor.wrong_states()]

    @invariant()
    def tree_is_sound(self):
        assert not any(Page.find_problems())

    @invariant()
    def closed_is_closed_in_every_language(self):
        assert not privacy.open_translations()


@pytest.mark.django_db
def test_invariants_hold_in_any_order(django_capture_on_commit_callbacks):
    """Tests 11, 12, 19, 46, 57, 60, 61 and 62 over random orders; pitfalls P2, P3, P4, P8, P15, P18."""
    with django_capture_on_commit_callbacks(execute=True):
        make_home("fr")
        make_index(TopicIndexPage, "topics")
        make_index(TopicIndexPage, "topics", "fr")
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
