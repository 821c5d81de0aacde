"""Every language keeps its own addresses."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from tests.factories.editing import make_user
from translation import review

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(french):
    page = Page.objects.get(pk=french.pk).specific
    page.save_revision().publish()
    return Page.objects.get(pk=french.pk).specific


@pytest.fixture
def translation(french):
    return Translation.objects.get(target_locale=french.locale, source__object_id=french.translation_key)


@pytest.fixture
def coordinator(db):
    client = Client()
    client.force_login(make_user("Coordinators"))
    return client


def address(page):
    return reverse("translation_address", args=[page.pk])


def test_renamed_original_leaves_the_address_of_its_translation(
    translation, french, django_capture_on_commit_callbacks
):
    """Test 24, pitfall P11."""
    before = Page.objects.get(pk=french.pk).url_path
    original = translation.source.get_source_instance()
    original.slug = "quite-another"
    with django_capture_on_commit_callbacks(execute=True):
        original.save_revision().publish()
        translation.source.update_from_db()
        translation.save_target(publish=True)
    assert Page.objects.get(pk=original.pk).slug == "quite-another"
    assert Page.objects.get(pk=french.pk).url_path == before


def test_new_address_shows_and_the_old_one_leads_to_it(french, coordinator, django_capture_on_commit_callbacks):
    old = french.get_url()
    with django_capture_on_commit_callbacks(execute=True):
        response = coordinator.post(address(french), {"slug": "Sujet"})
    assert response.status_code == 302
    page = Page.objects.get(pk=french.pk)
    assert page.slug == "sujet"
    assert not page.has_unpublished_changes
    reader = Client()
    assert reader.get(page.get_url()).status_code == 200
    assert reader.get(old, follow=True).redirect_chain[-1][0] == page.get_url()


def test_draft_that_waits_is_not_published_and_keeps_the_address(french, coordinator):
    page = Page.objects.get(pk=french.pk).specific
    page.summary = "Not for readers yet."
    page.save_revision()
    coordinator.post(address(french), {"slug": "sujet"})
    page = Page.objects.get(pk=french.pk)
    assert page.slug == page.get_latest_revision_as_object().slug == "sujet"
    assert page.has_unpublished_changes
    assert page.specific.summary != "Not for readers yet."
    assert page.get_latest_revision_as_object().summary == "Not for readers yet."


@pytest.mark.parametrize("is_handed_out", [False, True])
def test_address_makes_what_is_stale_no_fresher(
    french, translation, coordinator, is_handed_out, django_capture_on_commit_callbacks
):
    original = translation.source.get_source_instance()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
        original.summary = "Something else."
        original.save_revision().publish()
        if is_handed_out:
            translation.source.update_from_db()
    since = Page.objects.get(pk=french.pk).translation_state.behind_since
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(address(french), {"slug": "sujet"})
    page = Page.objects.get(pk=french.pk)
    assert page.slug == "sujet"
    assert page.translation_state.behind_since == since is not None


def test_draft_with_a_new_address_is_as_old_as_it_was(
    french, translation, coordinator, django_capture_on_commit_callbacks
):
    original = translation.source.get_source_instance()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
        review.save_draft(translation, None)
        original.summary = "Something else."
        original.save_revision().publish()
        translation.source.update_from_db()
        coordinator.post(address(french), {"slug": "sujet"})
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=french.pk).get_latest_revision().publish()
    assert Page.objects.get(pk=french.pk).translation_state.behind_since


def test_address_survives_the_next_publication(french, translation, coordinator, django_capture_on_commit_callbacks):
    coordinator.post(address(french), {"slug": "sujet"})
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert Page.objects.get(pk=french.pk).slug == "sujet"


def test_address_that_is_taken_or_no_address_is_refused_beside_the_field(french, coordinator):
    french.get_parent().specific.add_child(
        instance=type(french)(
            title="Autre", slug="pris", code="autre", summary="S", definition="D", locale=french.locale
        )
    )
    assert "has this address already" in coordinator.post(address(french), {"slug": "pris"}).content.decode()
    for wrong in ("", "a b", "../x", "é"):
        assert coordinator.post(address(french), {"slug": wrong}).status_code == 200
    assert Page.objects.get(pk=french.pk).slug == french.slug


def test_whoever_may_not_publish_changes_only_the_address_of_a_draft(french):
    client = Client()
    client.force_login(make_user("Translators fr"))
    assert client.get(address(french)).status_code in (302, 403)
    client.post(address(french), {"slug": "sujet"})
    assert Page.objects.get(pk=french.pk).slug != "sujet"
    french.unpublish()
    client.post(address(french), {"slug": "sujet"})
    assert Page.objects.get(pk=french.pk).slug == "sujet"


def test_original_and_other_languages_have_no_such_page(french, translation):
    client = Client()
    client.force_login(make_user("Translators de"))
    assert client.get(address(french)).status_code in (302, 403)
    assert client.get(address(translation.source.get_source_instance())).status_code in (302, 404)
