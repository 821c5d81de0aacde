"""What breaks off half-way leaves everything as it was: no half tree, no half source, nothing half published."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from library.models import TopicIndexPage, TopicPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import promotion, states
from translation.models import TranslationStatus

from .remembering import edit, finish, submit

pytestmark = pytest.mark.django_db


class Killed(Exception):
    """As when the process ends."""


@pytest.fixture
def page(db):
    for language in ("fr", "de"):
        make_home(language)
        make_index(TopicIndexPage, "topics", language)
    return make_topic(title="Photos", summary="About it.")


@pytest.fixture
def coordinator(page):
    client = Client(raise_request_exception=False)
    client.force_login(make_user("Coordinators"))
    return client


def killed_at_german(real, language_of):
    def half_way(one, *args, **kwargs):
        if language_of(one, *args) == "de":
            raise Killed
        return real(one, *args, **kwargs)

    return half_way


def rows():
    models = (Page, TranslationSource, Translation, StringSegment, StringTranslation)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_sending_into_two_languages_that_breaks_off_makes_no_page(page, coordinator, monkeypatch):
    before = rows()
    copy = killed_at_german(TopicPage.copy_for_translation, lambda _page, language, *rest: language.language_code)
    monkeypatch.setattr(TopicPage, "copy_for_translation", copy)
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert coordinator.post(address, {"locales": [locale("fr").pk, locale("de").pk]}).status_code == 500
    assert rows() == before
    assert not any(Page.find_problems())
    monkeypatch.undo()
    assert coordinator.post(address, {"locales": [locale("fr").pk, locale("de").pk]}).status_code == 302
    assert page.has_translation(locale("de"))
    assert not any(Page.find_problems())


def test_publishing_in_two_languages_that_breaks_off_publishes_none(
    page, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    for language in ("fr", "de"):
        finish(submit(page, language), f"Mot {language}")
    StringTranslation.objects.filter(context__path="summary").update(data="Nouveau")
    before = rows()
    save = killed_at_german(Translation.save_target, lambda one: one.target_locale.language_code)
    monkeypatch.setattr(Translation, "save_target", save)
    address = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert coordinator.post(address, {"publish_translations": "on"}).status_code == 500
    assert rows() == before


def test_new_original_that_is_not_made_to_the_end_changes_nothing(page, monkeypatch):
    french = finish(submit(page))
    before = rows()

    def killed(*keys):
        raise Killed

    monkeypatch.setattr(promotion.states, "refresh", killed)
    with pytest.raises(Killed):
        promotion.promote(french)
    assert rows() == before


def test_counting_that_breaks_off_is_finished_by_the_next_one(page, monkeypatch):
    edit(page, summary="Four quite different words.")
    states.rebuild()
    TranslationStatus.objects.update(words=1)
    seen = []

    def told(done, total):
        seen.append(done)
        if done == total // 2:
            raise Killed

    with pytest.raises(Killed):
        states.rebuild(told)
    assert TranslationStatus.objects.filter(words=1).exists()
    states.rebuild()
    assert not TranslationStatus.objects.filter(translation_key=page.translation_key, words=1).exists()
