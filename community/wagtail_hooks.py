from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from . import access
from .desk import queue
from .desk.views import DecisionView, QueueView


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("comments/", QueueView.as_view(), name="community_queue"),
        path("comments/<slug:public_id>/", DecisionView.as_view(), name="community_decision"),
    ]


class ModeratorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.may_moderate(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return ModeratorsMenuItem(
        _("Comments"), reverse_lazy("community_queue"), name="comments", icon_name="comment", order=250
    )


class WaitingPanel(Component):
    """How many comments wait, and for how long, on the first page of the admin."""

    order = 120
    template_name = "community/desk/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"held": queue.summary(queue.HELD), "reported": queue.summary(queue.REPORTED)}


@hooks.register("construct_homepage_panels")
def waiting_comments(request: HttpRequest, panels: list[Component]) -> None:
    if access.may_moderate(request.user):
        panels.append(WaitingPanel())


@hooks.register("register_log_actions")
def comment_log_actions(actions: Any) -> None:
    actions.register_action("community.published", _("Publish a comment"), _("Comment published or kept"))
    actions.register_action("community.hidden", _("Hide a comment"), _("Comment hidden"))


@hooks.register("register_permissions")
def comment_permissions() -> Any:
    """Offered in the form of groups."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="community", codename="moderate_comment")
