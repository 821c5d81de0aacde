"""For editors: which attached PDF files were read, and why others were not."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from ..models import Problem, Reading


def _policy() -> Any:
    return policy_registry.get_by_type(get_document_model())


class AttachmentsView(ReportView):
    """Files that could not be read come first. Whoever may change a file sees it here."""

    page_title = _("Attached PDF files")
    header_icon = "doc-full"
    model = Reading
    any_permission_required = ["change"]
    index_url_name = "search_attachments"
    index_results_url_name = "search_attachments_results"
    no_results_message = _("No published page has a PDF file attached that was read.")
    columns = [
        TitleColumn("file", label=_("File"), url_name="wagtaildocs:edit", id_accessor="file_id"),
        Column("problem", label=_("Result"), accessor=lambda reading: Problem(reading.problem).label),
        NumberColumn("page_count", label=_("Pages")),
        DateColumn("read_at", label=_("Read on")),
    ]
    list_export = ["file.title", "problem", "page_count", "language", "read_at"]
    export_headings = {
        "file.title": _("File"),
        "problem": _("Result"),
        "page_count": _("Pages"),
        "language": _("Language"),
        "read_at": _("Read on"),
    }

    @property
    def permission_policy(self) -> Any:
        return _policy()

    def get_base_queryset(self) -> Any:
        mine = _policy().instances_user_has_permission_for(self.request.user, "change")
        return Reading.objects.filter(file__in=mine).select_related("file").order_by("-problem", "-read_at", "pk")


class AttachmentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _policy().user_has_any_permission(request.user, ["change"])
