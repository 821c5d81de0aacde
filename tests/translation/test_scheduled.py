"""Originals and translations that are to appear at an hour, and what is told of them until then."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import TranslationSource

from library.models import TopicIndexPage, TopicPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import signed_in
from translation.models import State, TranslationStatus

from .remembering import finish, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def page(commit):
    with commit():
        make_home("fr")
        make_index(TopicIndexPage, "topics", "fr")
        return make_topic(title="Photos", summary="Today.")


def schedule(page, commit, **fields):
    page = TopicPage.objects.get(pk=page.pk)
    for name, value in {"go_live_at": timezone.now() + datetime.timedelta(days=1), **fields}.items():
        setattr(page, name, value)
    with commit():
        page.save_revision().publish()


def the_hour_comes(commit):
    past = timezone.now() - datetime.timedelta(hours=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
        revision.save()
    with commit():
        call_command("publish_scheduled")


def status(page):
    return TranslationStatus.objects.filter(translation_key=page.translation_key, locale=locale("fr")).first()


def read(language, page):
    return Client().get(f"/{language}/topics/{page.slug}/", follow=True).content.decode()


def test_change_of_the_original_makes_stale_at_its_hour_and_not_before(page, commit):
    with commit():
        french = finish(submit(page))
    schedule(page, commit, summary="Tomorrow.")
    assert (status(page).state, status(page).stale_since) == (State.COMPLETE, None)
    assert "This translation is behind" not in read("fr", french)
    the_hour_comes(commit)
    assert TopicPage.objects.get(pk=page.pk).summary == "Tomorrow."
    assert status(page).stale_since is not None
    assert TopicPage.objects.get(pk=french.pk).translation_state.behind_since is not None


def test_original_that_is_to_appear_later_is_not_sent_and_asks_for_nothing_until_then(page, commit):
    with commit():
        later = make_topic(title="Later", live=False)
    schedule(later, commit)
    address = reverse("wagtail_localize:submit_page_translation", args=[later.pk])
    signed_in("Coordinators").post(address, {"locales": [locale("fr").pk]})
    assert not TranslationSource.objects.filter(object_id=later.translation_key).exists()
    assert status(later) is None
    the_hour_comes(commit)
    assert Page.objects.get(pk=later.pk).live
    assert status(later).state == State.MISSING


def test_translation_appears_at_its_hour_and_readers_have_the_original_until_then(page, commit):
    with commit():
        french = finish(submit(page), publish=False)
    draft = french.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    with commit():
        draft.save_revision().publish()
    assert status(page).state == State.IN_PROGRESS
    assert "Today." in read("fr", page)
    the_hour_comes(commit)
    assert status(page).state == State.COMPLETE
    assert "Today." not in read("fr", page)
