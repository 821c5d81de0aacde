"""What this part of the community adds to the admin; `community.wagtail_hooks` loads it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.models import Page

from .. import access
from ..searchable import is_discussed
from . import desk


@hooks.register("register_admin_urls")
def thread_urls() -> list[URLPattern]:
    concerns = desk.ConcernsView
    return [
        path("discussions/", desk.ThreadsView.as_view(), name="community_threads"),
        path("discussions/<uuid:key>/", desk.ThreadView.as_view(), name="community_thread"),
        path("reports/concerns/", concerns.as_view(), name="community_concerns"),
        path("reports/concerns/results/", concerns.as_view(results_only=True), name="community_concerns_results"),
        path("reports/concerns/<int:pk>/handled/", desk.HandleView.as_view(), name="community_concern_handled"),
    ]


class ThreadsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.may_moderate(request.user)


@hooks.register("register_admin_menu_item")
def threads_menu_item() -> MenuItem:
    url = reverse_lazy("community_threads")
    return ThreadsMenuItem(_("Discussions"), url, name="discussions", icon_name="openquote", order=252)


class ConcernsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return desk.may_see_concerns(request.user)


@hooks.register("register_reports_menu_item")
def concerns_menu_item() -> MenuItem:
    return ConcernsMenuItem(
        _("Concerns of readers"), reverse_lazy("community_concerns"), icon_name="warning", order=150
    )


@hooks.register("register_page_header_buttons")
def discussions_of_section(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """For moderators, where the discussions of a whole section are closed and opened."""
    if page.depth > 1 and access.moderates_site(user) and not is_discussed(page.specific_class):
        url = reverse("community_thread", args=[page.translation_key])
        yield Button(_("Discussions below"), url, icon_name="openquote", priority=75)


@hooks.register("register_page_header_buttons")
def concerns_of_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of the page's editor, with how many are open."""
    count = desk.open_concerns(user).filter(comment__thread__translation_key=page.translation_key).count()
    if count:
        label = ngettext("%(number)d concern of a reader", "%(number)d concerns of readers", count)
        yield Button(label % {"number": count}, desk.concerns_url(page), icon_name="warning", priority=70)


class ConcernsPanel(Component):
    """On the first page of the admin, while editors have concerns to see to."""

    order = 125
    template_name = "community/desk/concerns_panel.html"

    def __init__(self, count: int) -> None:
        self.count = count

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": self.count}


@hooks.register("construct_homepage_panels")
def open_concerns(request: HttpRequest, panels: list[Component]) -> None:
    if desk.may_see_concerns(request.user) and (count := desk.open_concerns(request.user).count()):
        panels.append(ConcernsPanel(count))


@hooks.register("register_log_actions")
def log_running(actions: Any) -> None:
    actions.register_action("community.pinned", _("Pin a comment"), _("Comment pinned"))
    actions.register_action("community.unpinned", _("Unpin a comment"), _("Comment not pinned any more"))
    actions.register_action("community.official", _("Mark the editors’ answer"), _("Marked as the editors’ answer"))
    actions.register_action("community.unofficial", _("Take back the mark"), _("Not the editors’ answer any more"))
    actions.register_action("community.thread", _("Run a discussion"), _("Discussion opened, closed or slowed down"))
