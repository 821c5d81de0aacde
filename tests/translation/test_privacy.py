"""Who may not read an original may not read its translations: at once, in every output, wherever the pages stand."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation

from library.models import TopicIndexPage
from portal.models import StandardPage
from portal.querysets import visible
from tests.factories import locale, make_home, make_index, make_topic, translate
from translation import doctor, privacy
from translation.models import CarriedRestriction

from .walking import make_trees

pytestmark = pytest.mark.django_db

SECRET = "Chouettelapone"


@pytest.fixture
def pages(db):
    make_trees("fr", "de")
    english = make_topic(title="Lapwing")
    return english, translate(english, "fr", title=f"Vanneau {SECRET}"), translate(english, "de", title="Kiebitz")


def close(page, kind=PageViewRestriction.LOGIN, **fields):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def is_open(page):
    return visible(Page.objects.filter(pk=page.pk)).exists()


def kinds(page):
    return list(PageViewRestriction.objects.filter(page=page).values_list("restriction_type", flat=True))


OUTPUTS = [
    "/fr/topics/",
    "/fr/search/?q=vanneau",
    "/fr/search/suggest/?q=vann",
    "/fr/feed/",
    "/fr/changes/",
    "/fr/changes/feed/",
    "/sitemap.xml",
    "/fr/status/",
    "/fr/open-data/",
    "/fr/",
    "/en/search/?q=vanneau",
]


def test_restricted_original_closes_its_translations_in_every_output(pages):
    """Tests 25 and 74."""
    _english, french, _german = pages
    reader = Client()
    address = french.get_url()
    assert SECRET in reader.get(address).content.decode()
    before = {output for output in OUTPUTS if SECRET in reader.get(output).content.decode()}
    assert {"/fr/topics/", "/fr/search/?q=vanneau", "/fr/feed/", "/fr/changes/"} <= before
    close(pages[0])
    assert reader.get(address).status_code == 302
    assert not [output for output in OUTPUTS if SECRET in reader.get(output).content.decode()]


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_restriction_of_each_kind_is_carried_changed_and_taken_away_with_that_of_the_original(pages, kind):
    english, *others = pages
    group = Group.objects.create(name="Readers")
    rule = close(english, kind, password="x" if kind == "password" else "")
    rule.groups.add(group)
    for page in others:
        copy = PageViewRestriction.objects.get(page=page)
        assert (copy.restriction_type, copy.password, list(copy.groups.all())) == (kind, rule.password, [group])
    rule.restriction_type, rule.password = "password", "y"
    rule.save()
    assert [PageViewRestriction.objects.get(page=page).password for page in others] == ["y", "y"]
    rule.delete()
    assert not PageViewRestriction.objects.exists()
    assert all(is_open(page) for page in others)


def test_restriction_of_a_section_holds_below_its_translations(pages):
    close(pages[0].get_parent())
    assert not any(is_open(page) for page in pages)
    assert CarriedRestriction.objects.count() == 2  # of the two sections, which cover what is below


def test_restriction_of_a_translation_leaves_its_original_alone(pages):
    english, french, german = pages
    close(french)
    assert is_open(english)
    assert is_open(german)


def test_translation_that_stands_elsewhere_is_closed_itself(pages):
    english, french, _german = pages
    french.move(make_home("fr"), pos="last-child")
    close(english.get_parent())
    assert not is_open(french)
    assert kinds(french) == ["login"]


def test_what_is_translated_later_is_closed_from_the_beginning(pages):
    close(pages[0])
    make_home("it")
    make_index(TopicIndexPage, "topics", "it")
    italian = translate(pages[0], "it", title="Pavoncella")
    assert not is_open(italian)


def test_original_in_another_language_decides(db):
    make_trees("fr", "de")
    french = make_topic("fr", title="Vanneau")
    english = translate(french, "en", title="Lapwing")
    close(french)
    assert not is_open(english)


def test_original_below_a_closed_translation_closes_its_own_translations(pages):
    """The French section is a translation; a page below it was written in French first."""
    french = make_topic("fr", title="Vanneau")
    german = translate(french, "de", title="Kiebitz zwei")
    german.move(make_home("de"), pos="last-child")
    close(pages[0].get_parent())
    assert not is_open(french)
    assert not is_open(german)


def test_original_moved_below_a_closed_page_takes_its_translations_along(pages):
    english, french, _german = pages
    closed = make_home().add_child(
        instance=StandardPage(title="Closed", slug="closed", code="closed", summary="S", locale=locale("en"))
    )
    close(closed)
    MovePageAction(english, closed, pos="last-child").execute(skip_permission_checks=True)
    assert not is_open(french)
    MovePageAction(Page.objects.get(pk=english.pk), make_home(), pos="last-child").execute(skip_permission_checks=True)
    assert is_open(Page.objects.get(pk=english.pk))
    assert is_open(french)


def test_deleting_the_original_opens_nothing(pages):
    english, french, german = pages
    close(english)
    english.delete()
    assert not is_open(french)
    assert not is_open(german)


def test_deleting_a_translation_or_a_section_deletes_its_copy(pages):
    english, french, _german = pages
    close(english)
    close(english.get_parent())
    Page.objects.get(pk=french.pk).delete()
    Page.objects.get(pk=make_index(TopicIndexPage, "topics", "de").pk).delete()
    assert not PageViewRestriction.objects.filter(page__locale__language_code__in=["de"]).exists()


def test_synchronising_and_publishing_keep_what_comes_from_above_the_original(french):
    """wagtail-localize takes away what the original itself does not have."""
    translation = Translation.objects.get(target_locale=french.locale, source__object_id=french.translation_key)
    french.move(make_home("fr"), pos="last-child")
    close(translation.source.get_source_instance().get_parent())
    assert not is_open(french)
    translation.source.update_target_view_restrictions(french.locale)
    assert not is_open(french)


def test_doctor_finds_and_closes_translations_that_were_left_open(pages):
    rule = close(pages[0])
    CarriedRestriction.objects.all().delete()
    PageViewRestriction.objects.exclude(pk=rule.pk)._raw_delete("default")
    assert [one.pk for _original, one in privacy.open_translations()] == [pages[1].pk, pages[2].pk]
    faults = [fault for fault in doctor.examine() if fault.what == "translation open, its original is not"]
    assert len(faults) == 2
    doctor.treat()
    assert not any(is_open(page) for page in pages)
    assert not privacy.open_translations()


def test_making_pages_asks_little_where_nothing_is_restricted(pages, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):  # two are the savepoint
        privacy.settle([pages[0].translation_key])


def test_found_by_members_for_whom_it_is(pages, django_user_model):
    close(pages[0])
    member = django_user_model.objects.create_user("member")
    assert visible(Page.objects.filter(pk=pages[1].pk), member).exists()
