"""What the portal adds to the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from .admin import comparison as comparison  # registers itself
from .admin import menu, merge_views, saving
from .admin.attention import AttentionPanel
from .admin.block_examples import install_examples
from .admin.content_checks import PageContentChecker
from .admin.outbox_report import OutboxMenuItem, OutboxView, RetryView
from .admin.page_chooser import BrowsePagesOfType, choosable
from .admin.snippets import VIEWSETS
from .admin.upkeep_report import UpkeepMenuItem, UpkeepView

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


@hooks.register("after_copy_page")
def copies_are_pages_of_their_own(request: HttpRequest, page: Page, new_page: Page) -> None:
    saving.give_own_identity(new_page)


@hooks.register("before_bulk_action")
def incomplete_pages_stay_drafts(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    pages = [thing for thing in objects if isinstance(thing, Page)]
    return saving.refuse_incomplete(request, pages) if action_type == "publish" and pages else None


@hooks.register("construct_page_chooser_queryset")
def choosing_pages_is_for_whoever_writes_some(pages: Any, request: HttpRequest) -> Any:
    return choosable(pages, request.user)


@hooks.register("construct_homepage_panels")
def say_what_needs_attention(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(AttentionPanel(request.user))


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("choose-page-of-type/", BrowsePagesOfType.as_view(), name="portal_choose_page"),
        path("choose-page-of-type/<int:parent_page_id>/", BrowsePagesOfType.as_view()),
        path("reports/upkeep/", UpkeepView.as_view(), name="portal_upkeep"),
        path("reports/upkeep/results/", UpkeepView.as_view(results_only=True), name="portal_upkeep_results"),
        path("reports/background-work/", OutboxView.as_view(), name="portal_outbox"),
        path("reports/background-work/results/", OutboxView.as_view(results_only=True), name="portal_outbox_results"),
        path("reports/background-work/retry/", RetryView.as_view(), name="portal_outbox_retry_all"),
        path("reports/background-work/retry/<int:pk>/", RetryView.as_view(), name="portal_outbox_retry"),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return UpkeepMenuItem(_("Upkeep"), reverse("portal_upkeep"), icon_name="clipboard-list", order=100)


@hooks.register("register_reports_menu_item")
def background_work_menu_item() -> MenuItem:
    return OutboxMenuItem(_("Background work"), reverse("portal_outbox"), icon_name="rotate", order=1000)


@hooks.register("register_permissions")
def permissions_in_the_form_of_groups() -> Any:
    return Permission.objects.filter(content_type__app_label="portal", codename="retry_outboxrow")


@hooks.register("insert_global_admin_css")
def own_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin/admin.css"))


@hooks.register("construct_wagtail_userbar")
def check_content_only(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    items[:] = [
        PageContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
