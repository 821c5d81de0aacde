"""What the portal adds to the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin import menu, merge_views
from .admin.snippets import VIEWSETS

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
