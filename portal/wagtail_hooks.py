"""What the portal adds to the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from .admin import comparison as comparison  # registers itself
from .admin import menu, merge_views, saving
from .admin.block_examples import install_examples
from .admin.snippets import VIEWSETS

install_examples()
for group in menu.GROUPS:
    hooks.register("register_admin_menu_item", group)
for viewset in VIEWSETS:
    register_snippet(viewset)


@hooks.register("before_delete_snippet")
def entries_in_use_stay(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    return merge_views.refuse_deletion(request, list(instances))


@hooks.register("register_log_actions")
def log_merges(actions: Any) -> None:
    actions.register_action("portal.merge")(merge_views.MergeLogFormatter)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_after_saving(request: HttpRequest, page: Page) -> None:
    saving.tell_warnings(request, page)


@hooks.register("before_bulk_action")
def incomplete_pages_stay_drafts(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    pages = [thing for thing in objects if isinstance(thing, Page)]
    return saving.refuse_incomplete(request, pages) if action_type == "publish" and pages else None
