"""The groups of the admin and the least rights that let each work.

Publishing and submitting translations is left to coordinators: wagtail-localize asks for too little there. So editors
publish in the main language of the site and write in the others, and what is written there is approved by
coordinators.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from .models import HomePage, PageApproval

AUTHORS, EDITORS, MODERATORS, COORDINATORS = "Authors", "Editors", "Moderators", "Coordinators"
GROUP_MODERATORS = "Working group moderators"  # who moderates which group, the memberships say
BY_EDITOR, BY_COORDINATOR = "Approval by an editor", "Approval by a coordinator"
ADMIN = ("wagtailadmin.access_admin",)
WRITE, PUBLISH = ("add_page", "change_page"), ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
CHOSEN_FILES = ("choose_image",)
OWN_FILES = ("add_image", "choose_image", "add_document", "choose_document")


def _on(verbs: str, *models: str) -> tuple[str, ...]:
    return tuple(
        f"{app}.{verb}_{model}" for verb in verbs.split() for app, model in (name.split(".") for name in models)
    )


ENTRIES = _on("add change delete view", "portal.term", "portal.platform", "portal.organisation", "library.glossaryterm")
TRANSLATED = _on("change", "portal.term", "library.glossaryterm")  # in their own language: the app `translation` asks
SEARCH = (*_on("add change delete view", "search.synonym", "search.pick", "search.askedas"), "search.view_queryreport")
REPLIES = _on("add change delete view", "community.cannedreply", "community.watchedword")
PEOPLE = _on("add change view", "portal.person", "portal.consent")


@dataclass(frozen=True)
class Role:
    """What a group may do: permissions, page rights by kind of tree, rights on images and documents."""

    name: str
    permissions: tuple[str, ...] = ADMIN
    main_tree: tuple[str, ...] = ()  # the home page of the main language and all below it
    other_trees: tuple[str, ...] = ()
    language: str = ""  # the one tree of a translator
    files: tuple[str, ...] = ()

    def rights_on(self, language: str) -> tuple[str, ...]:
        if self.language and self.language != language:
            return ()
        return self.main_tree if language == settings.LANGUAGE_CODE else self.other_trees


def translators(language: str) -> str:
    return f"Translators {language}"


def roles() -> list[Role]:
    coordinator = (
        *ADMIN,
        *ENTRIES,
        *PEOPLE,
        *SEARCH,
        *_on("delete", "portal.person", "portal.consent"),
        *_on("add change delete view", "wagtailredirects.redirect"),
        "wagtail_localize.submit_translation",
        "portal.retry_outboxrow",
        "community.change_dutycontact",
        *_on("add change view", "community.workinggroup"),
    )
    every = (*PUBLISH, "bulk_delete_page")
    return [
        Role(AUTHORS, main_tree=("add_page",), other_trees=("add_page",), files=OWN_FILES),
        Role(EDITORS, (*ADMIN, *ENTRIES, *PEOPLE, *SEARCH), main_tree=PUBLISH, other_trees=WRITE, files=FILES),
        Role(MODERATORS, (*ADMIN, "community.moderate_comment", *REPLIES)),
        Role(GROUP_MODERATORS),
        Role(COORDINATORS, coordinator, main_tree=every, other_trees=every, files=FILES),
        *(
            Role(
                translators(code),
                (*ADMIN, *TRANSLATED),
                main_tree=("change_page",),
                other_trees=("change_page",),
                language=code,
                files=CHOSEN_FILES,
            )
            for code, _name in settings.LANGUAGES
        ),
    ]


@transaction.atomic
def ensure_groups() -> None:
    """Make the groups that are missing, and give them the trees that are new.

    What an administrator changed in a group stays as it is. Editors and Moderators come from Wagtail with rights on
    the root of all trees; a group in that state has not been changed by anybody, and is set up anew.
    """
    _make_permissions()
    made: list[Any] = []
    for role in roles():
        group: Any
        group, is_new = Group.objects.get_or_create(name=role.name)
        if is_new or group.page_permissions.filter(page__depth=1).exists():
            _set_up(group, role)
            made.append(group)
    _ensure_workflows()
    for home in HomePage.objects.select_related("locale"):
        grant_tree(home)
        _grant(home, made)  # a language may have its pages before it has its translators


def _make_permissions() -> None:
    """Django makes them after all migrations; this may run before that."""
    for name in ("portal", "library", "search", "community", "wagtailadmin", "wagtail_localize", "wagtailredirects"):
        create_permissions(apps.get_app_config(name), verbosity=0)


def _set_up(group: Any, role: Role) -> None:
    wanted = Q(pk__in=[])
    for permission in role.permissions:
        app, codename = permission.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    group.page_permissions.all().delete()
    group.collection_permissions.all().delete()
    root = Collection.get_first_root_node()
    files = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=role.files
    )
    for file_permission in files:
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=file_permission)


def grant_tree(home: HomePage) -> None:
    """Give the groups their rights on a new home page and all below it; a tree with rights is left alone."""
    known = {role.name: role for role in roles()}
    groups = list(Group.objects.filter(name__in=known))
    if not groups or GroupPagePermission.objects.filter(page_id=home.pk, group__in=groups).exists():
        return
    _grant(home, groups)
    language = home.locale.language_code
    workflow = Workflow.objects.filter(name=BY_COORDINATOR).first()
    if workflow and language != settings.LANGUAGE_CODE:
        WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})


def _grant(home: HomePage, groups: list[Any]) -> None:
    known = {role.name: role for role in roles()}
    permissions = {p.codename: p for p in Permission.objects.filter(content_type__app_label="wagtailcore")}
    for group in groups:
        for codename in known[group.name].rights_on(home.locale.language_code):
            GroupPagePermission.objects.get_or_create(group=group, page_id=home.pk, permission=permissions[codename])


def _ensure_workflows() -> None:
    """Editors approve in the main language, coordinators everywhere."""
    everywhere = _workflow(BY_EDITOR, [EDITORS, COORDINATORS], replaces="Moderators approval")
    _workflow(BY_COORDINATOR, [COORDINATORS])
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": everywhere})


def _workflow(name: str, groups: list[str], replaces: str = "") -> Workflow:
    """The workflow with one approval; made, or made of the one that Wagtail brings, only once."""
    if workflow := Workflow.objects.filter(name=name).first():
        return workflow
    workflow = Workflow.objects.filter(name=replaces).first() or Workflow()
    workflow.name = name
    workflow.save()
    task = PageApproval.objects.create(name=name)
    task.groups.set(Group.objects.filter(name__in=groups))
    workflow.workflow_tasks.all().delete()
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr)
    Task.objects.filter(name=replaces, task_states__isnull=True).delete()
    return workflow
