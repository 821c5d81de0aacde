"""What search adds to the admin: synonyms, picks, wordings, what readers search for, which attached files were read."""

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem
from wagtail.snippets.models import register_snippet

from portal.admin.menu import Group

from .admin.asked import AskedAsViewSet
from .admin.query_report import DraftView, QueryReportMenuItem, QueryReportView
from .admin.viewsets import MENU, VIEWSETS
from .attachments.report import AttachmentsMenuItem, AttachmentsView

for viewset in (*VIEWSETS, AskedAsViewSet):
    register_snippet(viewset)


@hooks.register("register_admin_menu_item")
def menu_of_search() -> MenuItem:
    return Group(_("Search results"), Menu(MENU), name="search-results", icon_name="search", order=170)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("reports/searches/", QueryReportView.as_view(), name="search_queries"),
        path("reports/searches/results/", QueryReportView.as_view(results_only=True), name="search_queries_results"),
        path("reports/attached-files/", AttachmentsView.as_view(), name="search_attachments"),
        path(
            "reports/attached-files/results/",
            AttachmentsView.as_view(results_only=True),
            name="search_attachments_results",
        ),
        path("reports/searches/draft/<int:parent_page_id>/", DraftView.as_view(), name="search_draft"),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return QueryReportMenuItem(_("What readers search for"), reverse("search_queries"), icon_name="search", order=110)


@hooks.register("register_reports_menu_item")
def attachments_menu_item() -> MenuItem:
    return AttachmentsMenuItem(_("Attached PDF files"), reverse("search_attachments"), icon_name="doc-full", order=120)


@hooks.register("register_permissions")
def permissions_in_the_form_of_groups() -> Any:
    return Permission.objects.filter(content_type__app_label="search", codename="view_queryreport")
