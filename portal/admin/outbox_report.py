"""Background work that was given up, and another attempt at it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from .. import outbox
from ..models import OutboxRow

policy = ModelPermissionPolicy(OutboxRow)


class RetryColumn(Column):
    cell_template_name = "portal/admin/outbox_retry_cell.html"

    def get_cell_context_data(self, instance: OutboxRow, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return {**context, "csrf_token": get_token(request), "name": f"{outbox.label(instance.topic)}: {instance.key}"}


class OutboxView(ReportView):
    page_title = _("Background work")
    header_icon = "rotate"
    model = OutboxRow
    permission_policy = policy
    permission_required = "retry"
    results_template_name = "portal/admin/outbox_results.html"
    index_url_name = "portal_outbox"
    index_results_url_name = "portal_outbox_results"
    no_results_message = _("No background work was given up.")
    list_export = ["topic", "key", "attempts", "error", "put_at", "parked_at"]
    export_headings = {
        "topic": _("What"),
        "key": pgettext_lazy("piece of work", "Which"),
        "attempts": _("Attempts"),
        "error": _("Last error"),
        "put_at": _("Begun"),
        "parked_at": _("Given up"),
    }
    columns = [
        Column("topic", label=_("What"), accessor=lambda row: outbox.label(row.topic)),
        Column("key", label=pgettext_lazy("piece of work", "Which")),
        Column("error", label=_("Last error")),
        NumberColumn("attempts", label=_("Attempts")),
        DateColumn("parked_at", label=_("Given up")),
        RetryColumn("retry", label="", accessor="pk"),
    ]

    def get_base_queryset(self) -> Any:
        return OutboxRow.objects.parked().order_by("-parked_at", "pk")


class RetryView(PermissionCheckedMixin, View):
    """One row, or all that were given up."""

    http_method_names = ["post"]
    permission_policy = policy
    permission_required = "retry"

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        rows = OutboxRow.objects.parked()
        count = outbox.retry(rows if pk is None else rows.filter(pk=pk))
        if count:
            text = ngettext(
                "%(count)d piece of background work will be tried again now.",
                "%(count)d pieces of background work will be tried again now.",
                count,
            )
            messages.success(request, text % {"count": count})
        else:
            messages.warning(request, _("Nothing was left to try again."))
        return HttpResponseRedirect(reverse("portal_outbox"))


class OutboxMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_permission(request.user, "retry")
