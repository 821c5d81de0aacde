from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from . import access
from .desk import kinds
from .desk.ready_texts import CannedReplyViewSet
from .desk.urls import urlpatterns
from .desk.watched_words import WatchedWordViewSet
from .due_process import wagtail_hooks as of_appeals  # noqa: F401 - registers itself
from .evidence import wagtail_hooks as of_evidence  # noqa: F401 - registers itself
from .groups import wagtail_admin as groups_admin
from .threads import wagtail_hooks as of_threads  # noqa: F401 - registers itself


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return urlpatterns


class ModeratorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.may_moderate(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return ModeratorsMenuItem(
        _("Comments"), reverse_lazy("community_queue"), name="comments", icon_name="comment", order=250
    )


class WaitingPanel(Component):
    """What waits for this moderator, and for how long, on the first page of the admin."""

    order = 120
    template_name = "community/desk/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"waiting": [(kind, kind.summary(user)) for kind in kinds.for_user(user)]}


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Component]) -> None:
    if kinds.for_user(request.user):
        panels.append(WaitingPanel())


@hooks.register("register_admin_urls")
def groups_urls() -> list[URLPattern]:
    return groups_admin.urls()


@hooks.register("register_admin_menu_item")
def groups_menu_item() -> MenuItem:
    return groups_admin.menu_item()


register_snippet(groups_admin.WorkingGroupViewSet)


@hooks.register("register_log_actions")
def comment_log_actions(actions: Any) -> None:
    actions.register_action("community.admitted", _("Admit to a group"), _("Admitted to a group"))
    actions.register_action("community.membership_changed", _("Change a membership"), _("Membership changed"))
    actions.register_action("community.membership_ended", _("End a membership"), _("Membership ended"))
    actions.register_action("community.published", _("Publish a comment"), _("Comment published or kept"))
    actions.register_action("community.hidden", _("Hide a comment"), _("Comment hidden"))
    actions.register_action("community.erased", _("Erase a comment"), _("Comment erased for good"))


@hooks.register("register_permissions")
def comment_permissions() -> Any:
    """Offered in the form of groups."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="community", codename="moderate_comment")


register_snippet(CannedReplyViewSet)
register_snippet(WatchedWordViewSet)
