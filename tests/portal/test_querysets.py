"""A page outside its hours is shown nowhere, whether or not `publish_scheduled` has run."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from patterns.models import PatternRelation
from portal import navigation, stamps
from portal.querysets import visible
from practices.models import PracticePattern
from search import indexing
from tests.factories import make_home, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
TITLE = "Lantern patrol"


def set_hours(page, **hours):
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(**{name: now + minutes * MINUTE for name, minutes in hours.items()})


@pytest.fixture
def pattern():
    make_home("fr")
    return make_pattern(title=TITLE, number=8)


@pytest.mark.parametrize(
    ("hours", "is_shown"),
    [({"expire_at": -1}, False), ({"expire_at": 1}, True), ({"go_live_at": -1}, True), ({"go_live_at": 1}, False)],
)
def test_hours_decide_at_once(client, pattern, hours, is_shown):
    set_hours(pattern, **hours)
    assert visible(Page.objects.filter(pk=pattern.pk)).exists() is is_shown
    for path in ("/en/patterns/lantern-patrol/", "/fr/patterns/lantern-patrol/"):
        assert (client.get(path).status_code == 200) is is_shown
    assert (client.get("/p/DIY-08", follow=True).status_code == 200) is is_shown


def test_an_expired_page_is_named_nowhere(client, pattern):
    other, practice = make_pattern(title="Street lights"), make_practice(title="Faenza")
    PatternRelation.objects.create(
        page=other, target=pattern, type="complements", reason="Both light the street.", locale=other.locale
    )
    PracticePattern.objects.create(page=practice, pattern=pattern, strength="main", locale=practice.locale)
    paths = ["/en/", "/fr/", "/en/patterns/", "/en/patterns/street-lights/", "/en/practices/faenza/"]
    paths += ["/sitemap.xml", "/en/feed/", "/en/search/?q=lantern"]
    indexing.rebuild()
    assert naming_it(client, paths) == paths
    set_hours(pattern, expire_at=-1)
    navigation.forget()
    assert naming_it(client, paths) == []


def naming_it(client, paths):
    texts = {path: client.get(path).text for path in paths}
    return [path for path, text in texts.items() if TITLE in text or "/lantern-patrol/" in text]


def test_an_expired_translation_gives_way_to_the_original(client, pattern):
    french = translate(pattern, "fr", title="Ronde", slug="ronde")
    set_hours(french, expire_at=-1)
    assert client.get("/fr/patterns/lantern-patrol/").headers["Content-Language"] == "en"
    assert client.get("/fr/patterns/ronde/").status_code == 404
    assert TITLE in client.get("/fr/patterns/").text


def test_what_was_kept_ends_with_the_page(settings, client, pattern):
    settings.PAGE_CACHE_SECONDS = 3600
    caches["pages"].clear()
    set_hours(pattern, expire_at=10)
    navigation.forget()
    for path in ("/en/", "/en/patterns/lantern-patrol/"):
        client.get(path)
    assert all(ends <= timezone.now().timestamp() + 600 for ends in caches["pages"]._expire_info.values())
    caches["pages"].clear()


def test_what_a_process_remembers_ends_with_the_page(rf, pattern, monkeypatch):
    request = rf.get("/en/")
    assert "patterns" in navigation.places("en", request)
    index = Page.objects.parent_of(pattern).get()
    set_hours(index, expire_at=10)
    navigation.forget()
    assert "patterns" in navigation.places("en", rf.get("/en/"))
    later = timezone.now() + 11 * MINUTE
    set_hours(index, expire_at=-1)  # the database has a clock of its own
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "patterns" not in navigation.places("en", rf.get("/en/"))


def test_hours_cost_no_query_once_they_are_known(client, pattern, django_assert_num_queries):
    client.get("/en/patterns/lantern-patrol/")
    with CaptureQueriesContext(connection) as without:
        client.get("/en/patterns/lantern-patrol/")
    set_hours(pattern, expire_at=10)
    with django_assert_num_queries(len(without)):
        client.get("/en/patterns/lantern-patrol/")


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_of_restrictions_ends_with_them(client, django_user_model):
    pattern = make_pattern(title="Neighbourhood watch")
    member = django_user_model.objects.create_user("member", password="x")
    group = Group.objects.create(name="Working group")

    def sees(user=None):
        return visible(Page.objects.filter(pk=pattern.pk), user).exists()

    assert sees()
    restriction = PageViewRestriction.objects.create(page=pattern, restriction_type=PageViewRestriction.GROUPS)
    assert (sees(), sees(member)) == (False, False)
    restriction.groups.add(group)
    member.groups.add(group)
    member = django_user_model.objects.get(pk=member.pk)
    assert (sees(), sees(member)) == (False, True)
    restriction.groups.remove(group)
    assert not sees(member)
    restriction.delete()
    assert sees()


@pytest.mark.django_db(transaction=True)
def test_a_restriction_that_was_not_lifted_after_all_goes_on_closing():
    pattern = make_pattern(title="Neighbourhood watch")
    restriction = PageViewRestriction.objects.create(page=pattern, restriction_type=PageViewRestriction.LOGIN)
    with transaction.atomic():
        PageViewRestriction.objects.filter(pk=restriction.pk).get().delete()
        assert visible(Page.objects.filter(pk=pattern.pk)).exists()
        transaction.set_rollback(True)
    stamps.touch(stamps.SITE)  # the version that the transaction saw, once more
    assert not visible(Page.objects.filter(pk=pattern.pk)).exists()
