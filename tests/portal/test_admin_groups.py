"""The groups of the admin let each work, and no more."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, Workflow

from portal.groups import ensure_groups
from portal.models import Consent, HomePage, Person, Term
from tests.factories import locale, make_home, make_topic, translate
from tests.factories.editing import make_user, post_data, signed_in

pytestmark = pytest.mark.django_db


def may(user, page):
    tester = Page.objects.get(pk=page.pk).permissions_for_user(user)
    return {name for name in ("can_edit", "can_publish", "can_delete", "can_add_subpage") if getattr(tester, name)()}


@pytest.fixture
def pages():
    make_home("fr")
    english = make_topic(title="Subject")
    return english, translate(english, "fr", title="Sujet", slug="sujet")


def test_running_again_changes_nothing_and_keeps_what_was_changed():
    make_home("fr")
    ensure_groups()
    editors = Group.objects.get(name="Editors")
    editors.permissions.clear()
    editors.page_permissions.filter(permission__codename="publish_page").delete()
    before = editors.page_permissions.count()
    ensure_groups()
    assert not editors.permissions.exists()
    assert editors.page_permissions.count() == before
    assert Workflow.objects.count() == 2


def test_translators_of_a_site_that_exists_get_the_rights_of_new_ones():
    make_home()
    ensure_groups()
    names = {f"Translators {code}" for code, _name in settings.LANGUAGES}
    groups = Group.objects.filter(name__in=names)
    new = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in groups}
    assert new.keys() == names
    own, _created = Group.objects.get_or_create(name="Door")
    for group in groups:
        group.permissions.remove(*group.permissions.filter(codename__in=["change_term", "change_glossaryterm"]))
    import_module("portal.migrations.0008_translators_change_entries").grant(apps, None)
    assert {group.name: set(group.permissions.values_list("codename", flat=True)) for group in groups} == new
    assert not own.permissions.exists()


def test_tree_of_a_new_language_is_given_to_its_groups():
    make_home()
    ensure_groups()
    dutch = make_home("nl")
    rights = Group.objects.get(name="Translators nl").page_permissions.values_list("page_id", "permission__codename")
    assert list(rights) == [(dutch.pk, "change_page")]
    assert dutch.get_workflow().name == "Approval by a coordinator"


def test_editor_publishes_in_the_main_language_and_writes_in_the_others(pages):
    english, french = pages
    editor = make_user("Editors")
    assert "can_publish" in may(editor, english)
    assert "can_edit" in may(editor, french)
    assert "can_publish" not in may(editor, french)


def test_author_writes_own_drafts_and_submits_them(pages):
    english, _french = pages
    author = make_user("Authors")
    assert may(author, english) == set()
    own = make_topic(title="Mine", live=False, owner=author)
    assert "can_edit" in may(author, own)
    assert "can_publish" not in may(author, own)
    assert own.permissions_for_user(author).can_submit_for_moderation()


def test_coordinator_publishes_everywhere_and_submits_for_translation(pages):
    coordinator = make_user("Coordinators")
    for page in pages:
        assert {"can_edit", "can_publish"} <= may(coordinator, page)
    assert coordinator.has_perm("wagtail_localize.submit_translation")


@pytest.mark.parametrize("group", ["Authors", "Editors", "Moderators", "Translators fr"])
def test_only_coordinators_submit_for_translation(group):
    make_home()
    assert not make_user(group).has_perm("wagtail_localize.submit_translation")


def test_moderator_moderates_comments_and_edits_no_page(pages):
    moderator = make_user("Moderators")
    assert moderator.has_perm("community.moderate_comment")
    assert may(moderator, pages[0]) == may(moderator, pages[1]) == set()
    assert not make_user("Editors").has_perm("community.moderate_comment")


# A translator of French


def test_translator_edits_pages_of_the_own_language_only(pages):
    english, french = pages
    translator = make_user("Translators fr")
    assert may(translator, french) == {"can_edit"}
    assert may(translator, english) == set()


def test_translator_of_french_opens_french_pages_in_the_admin_and_no_other(pages):
    english, french = pages
    translator = signed_in("Translators fr")
    assert translator.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).status_code == 200
    for name in ("edit", "delete", "unpublish", "copy", "history"):
        assert translator.get(reverse(f"wagtailadmin_pages:{name}", args=[english.pk])).status_code in {302, 403}
    for name in ("delete", "unpublish", "move"):
        assert translator.get(reverse(f"wagtailadmin_pages:{name}", args=[french.pk])).status_code in {302, 403}


def test_translator_cannot_publish_by_sending_the_button_nobody_shows(pages):
    french = pages[1]
    french.title = "Ébauche"
    french.save_revision()
    translator = signed_in("Translators fr")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    translator.post(f"{bulk}?id={french.pk}", {"include_descendants": "on"})
    sent = post_data(french.specific) | {"action-publish": "1"}
    translator.post(reverse("wagtailadmin_pages:edit", args=[french.pk]), sent)
    assert Page.objects.get(pk=french.pk).title == "Sujet"


def test_translator_cannot_submit_or_sync_translations(pages):
    english, _french = pages
    translator = signed_in("Translators fr")
    submit = reverse("wagtail_localize:submit_page_translation", args=[english.pk])
    assert translator.post(submit, {"locales": [locale("fr").pk]}).status_code in {302, 403}
    assert english.get_translations().count() == 1


def test_translator_has_no_way_into_registers_and_in_vocabularies_only_into_the_own_language():
    make_home("fr")
    english = Term.objects.create(scheme="ethical_risk", code="x", label="X", locale=locale("en"))
    translator = signed_in("Translators fr")
    home = translator.get(reverse("wagtailadmin_home")).content.decode()
    assert "portal/person" not in home
    for model in (Person, Consent):
        assert translator.get(reverse(model.snippet_viewset.get_url_name("list"))).status_code == 302
    views = english.snippet_viewset.get_url_name
    assert translator.get(reverse(views("list"))).status_code == 200
    for name in ("edit", "delete", "copy", "merge"):
        assert translator.get(reverse(views(name), args=[english.pk])).status_code in {302, 403}
    assert translator.get(reverse(views("add"))).status_code == 302


@pytest.mark.parametrize("group", ["Authors", "Moderators", "Translators fr"])
@pytest.mark.parametrize("model", [Person, Consent])
def test_people_and_consents_cannot_be_chosen_without_the_permission(group, model):
    make_home("fr")
    Person.objects.create(code="p", name="Ada Hidden", email="ada@example.org")
    Consent.objects.create(code="c", subject="Ada Hidden", kind="quote", scope="S", given_on="2024-01-01")
    client = signed_in(group)
    chooser = model.snippet_viewset.chooser_viewset
    pk = model.objects.get().pk
    for name, args in (("choose", []), ("choose_results", []), ("chosen", [pk]), ("chosen_multiple", [])):
        response = client.get(reverse(chooser.get_url_name(name), args=args), {"id": pk})
        assert response.status_code in {302, 403}
        assert b"Ada" not in response.content


def test_editor_sees_people_in_the_list_but_no_address():
    make_home()
    Person.objects.create(code="p", name="Ada Shown", email="ada@example.org")
    editor = signed_in("Editors")
    for url in (
        reverse(Person.snippet_viewset.get_url_name("list")),
        reverse(Person.snippet_viewset.chooser_viewset.get_url_name("choose")),
    ):
        html = editor.get(url).content.decode()
        assert "Ada Shown" in html
        assert "ada@example.org" not in html


def test_nobody_but_administrators_starts_a_tree():
    make_home()
    for group in ("Authors", "Editors", "Coordinators"):
        root = Page.get_first_root_node()
        assert not root.permissions_for_user(make_user(group)).can_add_subpage()
    assert HomePage.objects.count() == 1
