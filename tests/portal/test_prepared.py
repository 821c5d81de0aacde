import datetime
import uuid

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from patterns.models import PatternPage
from portal.links import translations
from portal.prepared import Prepared, PreparedInstances
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


@Prepared.of(datetime.datetime, datetime.date)
def by_time(moment, day):
    pages = Page.objects.filter(first_published_at__gte=moment, first_published_at__date__gte=day)
    return pages.values_list("pk")


def test_moments_and_days_are_asked_for_as_they_are_given():
    now = timezone.now()
    page = make_pattern(first_published_at=now)
    moments = (now, now + datetime.timedelta(microseconds=1))
    assert [(page.pk,) in by_time(each, timezone.localdate()) for each in moments] == [True, False]


def test_a_value_that_is_not_in_the_query_is_an_error():
    unused = Prepared(lambda pk: Page.objects.filter(depth=1).values_list("pk"), int)
    with pytest.raises(LookupError):
        unused(1)


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


@PreparedInstances.of("locale", types=[uuid.UUID])
def patterns(key):
    return PatternPage.objects.filter(translation_key=key).order_by("pk")


def test_whole_objects_are_those_that_django_gives(django_assert_num_queries):
    page = make_pattern(title="Watch", summary="What neighbours do.")
    french = translate(page, "fr")
    fresh = list(PatternPage.objects.filter(translation_key=page.translation_key).order_by("pk"))
    with django_assert_num_queries(1):
        found = patterns(page.translation_key)
        assert [one.locale.language_code for one in found] == ["en", "fr"]
    assert found == fresh == [page, french]
    names = [field.attname for field in PatternPage._meta.concrete_fields]
    assert [[getattr(one, name) for name in names] for one in found] == [
        [getattr(one, name) for name in names] for one in fresh
    ]
    found[0].save()
    assert patterns(uuid.uuid4()) == []


@PreparedInstances.of("wagtail_userprofile", types=[int])
def accounts(pk):
    return User.objects.filter(pk=pk)


def test_what_an_object_has_or_lacks_is_known_without_another_query(django_assert_num_queries):
    with_choices, without = (User.objects.create_user(name) for name in ("one", "other"))
    profile = UserProfile.objects.create(user=with_choices, preferred_language="fr")
    with django_assert_num_queries(2):
        [[one], [other]] = [accounts(user.pk) for user in (with_choices, without)]
        assert one.wagtail_userprofile == profile
        assert one.wagtail_userprofile.preferred_language == "fr"
        assert not hasattr(other, "wagtail_userprofile")
