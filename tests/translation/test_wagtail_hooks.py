"""What the admin of wagtail-localize must not do here, and what translators see in it."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation

from library.models import ResourcePage
from tests.factories import make_resource
from tests.factories.editing import signed_in

pytestmark = pytest.mark.django_db


def test_translator_is_not_offered_to_overwrite_the_translation_with_an_alias(french):
    response = signed_in("Translators fr").get(reverse("wagtailadmin_pages:edit", args=[french.pk]) + "?editor=shipped")
    assert response.status_code == 200
    props = json.loads(unescape(re.search(r'data-props="([^"]*)"', response.content.decode()).group(1)))
    assert props["links"]["convertToAliasUrl"] is None


@pytest.mark.parametrize("group", ["Translators fr", "Coordinators"])
def test_nobody_makes_an_alias_of_a_translation(french, group):
    signed_in(group).post(reverse("wagtail_localize:convert_to_alias", args=[french.pk]))
    french.refresh_from_db()
    assert french.alias_of is None


@pytest.mark.parametrize("group", ["Translators fr", "Coordinators"])
def test_nobody_stops_a_translation_since_what_is_written_then_would_be_lost(french, group):
    translation = Translation.objects.get(target_locale=french.locale, source__object_id=french.translation_key)
    signed_in(group).post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    translation.refresh_from_db()
    assert translation.enabled


def titles(client, *pages):
    """What the editor is told of pages that are chosen in it."""
    answers = [client.get(f"/admin/api/main/pages/{page.pk}/", follow=True) for page in pages]
    return [answer.json()["title"] if answer.status_code == 200 else None for answer in answers]


def test_translators_are_told_the_names_of_published_pages_and_of_no_others(french):
    report = ResourcePage.objects.get()
    draft = make_resource(title="Draft", live=False)
    closed = make_resource(title="Closed")
    closed.view_restrictions.create(restriction_type="password", password="x")
    client = signed_in("Translators fr")
    assert titles(client, report, draft, closed, french) == ["Report on lanterns", None, None, french.title]
    listed = client.get("/admin/api/main/pages/").json()["items"]
    assert report.pk not in {item["id"] for item in listed}
    assert titles(signed_in(), report) == [None]
    client.post(f"/admin/api/main/pages/{report.pk}/action/unpublish/", follow=True)
    report.refresh_from_db()
    assert report.live
