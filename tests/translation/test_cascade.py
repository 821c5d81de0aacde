"""Moving, unpublishing, deleting an original: the admin asks about its translations on the same page, and does it.

Tests 25 and 26.
"""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from library.models import TopicPage
from portal.models import StandardPage
from tests.factories import locale, make_home, make_topic, translate
from tests.factories.editing import make_user

from .walking import make_trees

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(db):
    make_trees("fr", "de")
    english = make_topic(title="Lapwing")
    french = translate(english, "fr", title="Vanneau")
    german = translate(english, "de", title="Geheimer Kiebitz", live=False)
    return english, french, german


@pytest.fixture
def coordinator(pages):
    client = Client()
    client.force_login(make_user("Coordinators"))
    return client


def url(name, *pages):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk for page in pages])


def live(*pages):
    return [Page.objects.get(pk=page.pk).live for page in pages]


def there(*pages):
    return [Page.objects.filter(pk=page.pk).exists() for page in pages]


class TestUnpublishing:
    def test_asks_and_unpublishes_the_translations(self, pages, coordinator):
        english, french, _german = pages
        shown = coordinator.get(url("unpublish", english)).content.decode()
        assert "Vanneau" in shown
        assert 'value="with"' in shown
        coordinator.post(url("unpublish", english), {"translations": "with"})
        assert live(english, french) == [False, False]

    def test_only_the_original_on_request(self, pages, coordinator):
        coordinator.post(url("unpublish", pages[0]), {"translations": "alone"})
        assert live(*pages[:2]) == [False, True]

    def test_nothing_happens_before_the_question_is_answered(self, pages, coordinator):
        response = coordinator.post(url("unpublish", pages[0]))
        assert response.status_code == 200
        assert "Say what happens to the translations." in response.content.decode()
        assert live(*pages[:2]) == [True, True]

    def test_translation_goes_alone_and_unasked(self, pages, coordinator):
        coordinator.post(url("unpublish", pages[1]))
        assert live(*pages[:2]) == [True, False]

    def test_page_below_follow_in_every_language(self, pages, coordinator):
        section = pages[0].get_parent()
        coordinator.post(url("unpublish", section), {"translations": "with", "include_descendants": "on"})
        assert live(*pages[:2]) == [False, False]

    def test_page_below_follows_also_where_the_translation_above_it_is_a_draft(self, pages, coordinator):
        section = pages[0].get_parent()
        for page in pages[1:]:
            page.get_parent().specific.unpublish()
        answers = {"include_descendants": "on"}
        asked = coordinator.post(url("unpublish", section), answers)
        assert "Say what happens" in asked.content.decode()
        assert [page.locale.language_code for page in asked.context["others"]] == ["fr"]  # nothing German is live
        assert live(*pages[:2]) == [True, True]
        coordinator.post(url("unpublish", section), {"translations": "with", **answers})
        assert live(*pages[:2]) == [False, False]

    def test_editor_withdraws_also_what_she_may_not_publish(self, pages):
        client = Client()
        client.force_login(make_user("Editors"))
        client.post(url("unpublish", pages[0]), {"translations": "with"})
        assert live(*pages[:2]) == [False, False]


class TestDeleting:
    def test_asks_without_a_preset_answer_and_deletes_all(self, pages, coordinator):
        shown = coordinator.get(url("delete", pages[0])).content.decode()
        assert "Vanneau" in shown
        assert "checked" not in shown.split("Its translations")[1].split("</fieldset>")[0]
        assert coordinator.post(url("delete", pages[0])).status_code == 200
        assert there(*pages) == [True, True, True]
        coordinator.post(url("delete", pages[0]), {"translations": "with"})
        assert there(*pages) == [False, False, False]

    def test_only_the_original_on_request(self, pages, coordinator):
        coordinator.post(url("delete", pages[0]), {"translations": "alone"})
        assert there(*pages) == [False, True, True]

    def test_translation_goes_alone(self, pages, coordinator):
        coordinator.post(url("delete", pages[1]))
        assert there(*pages) == [True, False, True]

    def test_what_an_editor_may_not_delete_is_unpublished(self, pages):
        editor = make_user("Editors")
        client = Client()
        client.force_login(editor)
        assert "is not deleted but unpublished" in client.get(url("delete", pages[0])).content.decode()
        client.post(url("delete", pages[0]), {"translations": "with"})
        assert there(*pages[:2]) == [False, True]
        assert live(pages[1]) == [False]

    def test_title_of_a_draft_in_another_language_is_not_told(self, pages):
        client = Client()
        client.force_login(make_user("Editors"))
        GroupPagePermission.objects.filter(page__locale__language_code="de").delete()
        assert "Geheimer" not in client.get(url("delete", pages[0])).content.decode()


class TestMoving:
    @pytest.fixture
    def destination(self, pages):
        below = make_home()
        about = below.add_child(
            instance=StandardPage(title="About", slug="about", code="about", summary="S", locale=locale("en"))
        )
        TopicPage.parent_page_types.append("portal.StandardPage")
        StandardPage.subpage_types.append("library.TopicPage")
        for model in (TopicPage, StandardPage):
            model._clean_parent_page_models = model._clean_subpage_models = None
        yield about
        TopicPage.parent_page_types.remove("portal.StandardPage")
        StandardPage.subpage_types.remove("library.TopicPage")
        for model in (TopicPage, StandardPage):
            model._clean_parent_page_models = model._clean_subpage_models = None

    def parents(self, *pages):
        return [Page.objects.get(pk=page.pk).get_parent().title for page in pages]

    def test_moves_translations_to_the_same_place_and_tells_which_stay(self, pages, destination, coordinator):
        translate(destination, "fr", title="À propos")
        shown = coordinator.get(url("move_confirm", pages[0], destination)).content.decode()
        assert "Vanneau" in shown
        assert "stays, since there is no place for it there" in shown  # German
        response = coordinator.post(url("move_confirm", pages[0], destination), {"translations": "with"}, follow=True)
        assert self.parents(*pages) == ["About", "À propos", "topics de"]
        assert "German" in response.content.decode()
        assert not any(Page.find_problems())

    def test_only_the_original_on_request_and_nothing_unanswered(self, pages, destination, coordinator):
        translate(destination, "fr", title="À propos")
        coordinator.post(url("move_confirm", pages[0], destination))
        assert self.parents(pages[0]) == ["Topics"]
        coordinator.post(url("move_confirm", pages[0], destination), {"translations": "alone"})
        assert self.parents(*pages[:2]) == ["About", "topics fr"]

    def test_address_that_is_taken_there_keeps_the_translation_where_it_is(self, pages, destination, coordinator):
        french = translate(destination, "fr", title="À propos")
        other = make_topic(title="Other")
        other = translate(other, "fr", title="Autre", slug=pages[1].slug + "-2")
        other.move(french, pos="last-child")
        Page.objects.filter(pk=other.pk).update(slug=pages[1].slug)
        coordinator.post(url("move_confirm", pages[0], destination), {"translations": "with"})
        assert self.parents(*pages[:2]) == ["About", "topics fr"]


class TestSeveralAtOnce:
    @pytest.mark.parametrize("action", ["unpublish", "delete"])
    def test_pages_with_translations_are_asked_about_one_by_one(self, pages, coordinator, action):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        response = coordinator.post(f"{address}?id={pages[0].pk}", {"include_descendants": ""}, follow=True)
        assert "Do it one by one" in response.content.decode()
        assert there(*pages) == [True, True, True]
        assert live(*pages[:2]) == [True, True]

    def test_translations_alone_are_no_question(self, pages, coordinator):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        coordinator.post(f"{address}?id={pages[1].pk}", {})
        assert live(*pages[:2]) == [True, False]


class TestPrivacy:
    def test_is_set_at_the_original(self, pages, coordinator):
        form = {"restriction_type": "login", "password": "", "groups": []}
        assert coordinator.post(url("set_privacy", pages[0]), form).status_code == 200
        assert PageViewRestriction.objects.filter(page=pages[1]).exists()

    def test_cannot_be_loosened_at_a_translation(self, pages, coordinator):
        PageViewRestriction.objects.create(page=pages[0], restriction_type="login")
        shown = coordinator.get(url("set_privacy", pages[1]))
        assert "Lapwing" in shown.json()["html"]
        response = coordinator.post(url("set_privacy", pages[1]), {"restriction_type": "none"})
        assert response.status_code in (302, 403)
        assert PageViewRestriction.objects.filter(page=pages[1]).exists()


class TestTheEnd:
    def test_end_of_an_original_holds_for_its_translations(self, pages):
        english, french, german = pages
        end = timezone.now() + datetime.timedelta(days=1)
        english.expire_at = end
        english.save_revision().publish()
        assert [Page.objects.get(pk=page.pk).expire_at for page in pages] == [end, end, end]
        german.refresh_from_db()
        german.save_revision().publish()
        assert Page.objects.get(pk=german.pk).expire_at == end
        french.refresh_from_db()
        french.expire_at = None
        french.save_revision().publish()
        assert Page.objects.get(pk=french.pk).expire_at == end

    def test_end_that_is_taken_back_is_taken_back_for_all(self, pages):
        english, french, _german = pages
        english.expire_at = timezone.now() + datetime.timedelta(days=1)
        english.save_revision().publish()
        english.refresh_from_db()
        english.expire_at = None
        english.save_revision().publish()
        assert Page.objects.get(pk=french.pk).expire_at is None

    def test_all_end_together_when_the_day_has_come(self, pages):
        english, french, _german = pages
        english.expire_at = timezone.now() + datetime.timedelta(days=1)
        english.save_revision().publish()
        Page.objects.update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
        call_command("publish_scheduled")
        assert live(english, french) == [False, False]

    def test_translation_that_is_to_appear_later_is_not_shown_before(self, pages):
        german = pages[2]
        german.go_live_at = timezone.now() + datetime.timedelta(days=1)
        german.save_revision().publish()
        assert live(german) == [False]
        assert "Kiebitz" not in Client().get("/de/topics/").content.decode()
