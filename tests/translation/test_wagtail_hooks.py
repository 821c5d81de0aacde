"""No alias can take the place of a translation."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from tests.factories import locale, make_home, make_topic
from tests.factories.editing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def french():
    make_home("fr")
    english = make_topic(title="Subject")
    source, _created = TranslationSource.update_or_create_from_instance(english)
    translation = Translation.objects.create(source=source, target_locale=locale("fr"))
    source.update_or_create_from_instance(english.get_parent().specific)
    english.get_parent().specific.copy_for_translation(locale("fr"))
    translation.save_target(publish=True)
    return translation.get_target_instance()


def test_translator_is_not_offered_to_overwrite_the_translation_with_an_alias(french):
    response = signed_in("Translators fr").get(reverse("wagtailadmin_pages:edit", args=[french.pk]))
    assert response.status_code == 200
    props = json.loads(unescape(re.search(r'data-props="([^"]*)"', response.content.decode()).group(1)))
    assert props["links"]["convertToAliasUrl"] is None


@pytest.mark.parametrize("group", ["Translators fr", "Coordinators"])
def test_nobody_makes_an_alias_of_a_translation(french, group):
    signed_in(group).post(reverse("wagtail_localize:convert_to_alias", args=[french.pk]))
    french.refresh_from_db()
    assert french.alias_of is None
