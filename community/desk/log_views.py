from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from portal.tables import csv_file

from ..moderation import acts
from . import log
from .views import DeskView

PAGE_SIZE = 50


class LogView(DeskView):
    """Read by GET; a POST downloads what the filter shows, and is a line of the log itself."""

    template_name = "community/desk/log.html"
    page_subtitle = gettext_lazy("Log")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = log.LogFilterForm(self.request.GET, user=self.request.user)
        given = form.cleaned_data if form.is_valid() else {}
        page = Paginator(log.keys(self.request.user, given), PAGE_SIZE).get_page(self.request.GET.get("p"))
        kept = self.request.GET.copy()
        kept.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "entries": log.entries(list(page)),
            "kept": kept.urlencode(),
            "here": reverse("community_log"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = log.LogFilterForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        rows = list(log.table(request.user, form.cleaned_data))
        acts.record(acts.Kind.EXPORTED, by=request.user, lines=len(rows) - 1)
        return csv_file("moderation-log", rows)
