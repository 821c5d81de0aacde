import datetime
import uuid

import pytest
from django.utils import timezone
from wagtail.models import Page

from portal.links import translations
from portal.prepared import Prepared
from tests.factories import make_pattern, translate

pytestmark = pytest.mark.django_db


@Prepared.of(uuid.UUID)
def by_key(key):
    return (
        Page.objects.filter(translation_key=key, depth__gt=1)
        .order_by("pk")
        .values_list("pk", "translation_key", "live")
    )


@Prepared.of(int, str)
def by_id_and_title(pk, title):
    return Page.objects.filter(pk=pk, title=title).values_list("title", "first_published_at")


def test_each_call_asks_for_its_own_values():
    first, second = make_pattern(), make_pattern(live=False)
    assert by_key(first.translation_key) == [(first.pk, first.translation_key, True)]
    assert by_key(second.translation_key) == [(second.pk, second.translation_key, False)]
    assert by_key(uuid.uuid4()) == []


def test_values_are_converted_as_django_converts_them():
    page = make_pattern(title="Watch'; --")
    assert by_id_and_title(page.pk, page.title) == [(page.title, page.first_published_at)]
    assert by_id_and_title(page.pk, "other") == []


def test_one_query_a_call(django_assert_num_queries):
    page = make_pattern()
    by_key(page.translation_key)
    with django_assert_num_queries(1):
        by_key(page.translation_key)


def test_translations_carry_when_they_fell_behind():
    page = make_pattern(title="Watch")
    french = translate(page, "fr", title="Veille")
    since = timezone.make_aware(datetime.datetime(2026, 1, 2))
    french.translation_state.is_original, french.translation_state.behind_since = False, since
    french.translation_state.save()
    assert [(one.language, one.behind_since) for one in translations(page.translation_key)] == [
        ("en", None),
        ("fr", since),
    ]
