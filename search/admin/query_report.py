"""What readers searched for, by week, with a way to do something about it in each row."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncWeek
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from portal.admin.upkeep_report import languages
from portal.languages import language_name
from portal.models import KnowledgePage

from ..models import Pick, QueryCount, Synonym
from ..query_log import SHOWN_FROM

MAY_SEE = "search.view_queryreport"
DRAFTED = "pattern"  # the kind of page that a gap becomes


def weekly() -> QuerySet:
    """Rows as dicts; those that fewer readers asked for in a week stay with the machine."""
    unfiltered = Q(filtered=False)
    return (
        QueryCount.objects.annotate(week=TruncWeek("day"))
        .order_by()
        .values("week", "language", "query")
        .annotate(
            total=Sum("count"),
            none=Coalesce(Sum("count", filter=unfiltered & Q(bucket=QueryCount.Bucket.NONE)), 0),
            with_filters=Coalesce(Sum("count", filter=~unfiltered), 0),
        )
        .filter(total__gte=SHOWN_FROM)
        .order_by("-week", "-none", "-total", "language", "query")
    )


class QueryFilterSet(WagtailFilterSet):
    found = django_filters.ChoiceFilter(
        label=_("Results"),
        method="only",
        choices=[("none", _("Searches without a result"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=languages, widget=forms.RadioSelect)

    class Meta:
        model = QueryCount
        fields: list[str] = []

    def only(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(none__gt=0)


class ActionsColumn(Column):
    cell_template_name = "search/admin/query_actions_cell.html"


class QueryReportView(ReportView):
    page_title = _("What readers search for")
    header_icon = "search"
    model = QueryCount
    permission_required = MAY_SEE
    filterset_class = QueryFilterSet
    results_template_name = "search/admin/query_report_results.html"
    index_url_name = "search_queries"
    index_results_url_name = "search_queries_results"
    no_results_message = _("Nothing was searched for often enough to be shown.")
    list_export = ["week", "language", "query", "total", "none", "with_filters"]
    export_headings = {
        "week": _("Week from"),
        "language": _("Language"),
        "query": _("Search"),
        "total": _("Times"),
        "none": _("Without a result"),
        "with_filters": _("With filters"),
    }
    counts = (
        Column("query", label=_("Search")),
        Column("language", label=_("Language"), accessor=lambda row: language_name(row["language"])),
        DateColumn("week", label=_("Week from")),
        NumberColumn("total", label=_("Times")),
        NumberColumn("none", label=_("Without a result")),
        NumberColumn("with_filters", label=_("With filters")),
    )

    @cached_property
    def columns(self) -> list[Column]:
        return [*self.counts, ActionsColumn("actions", label="", accessor=self.actions)]

    def user_has_permission(self, permission: str) -> bool:
        return self.request.user.has_perm(permission)  # one of its own: counts cannot be edited

    def get_base_queryset(self) -> QuerySet:
        return weekly()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "shown_from": SHOWN_FROM}

    def actions(self, row: dict[str, Any]) -> list[tuple[Any, str]]:
        """What this user may do about a search: label and address."""
        found = [
            (label, f"{url}?{urlencode({'language': row['language'], field: row['query']})}")
            for label, url, field in self.forms
        ]
        if parent := self.parents.get(row["language"]) or self.parents.get(settings.LANGUAGE_CODE):
            title = urlencode({"title": capfirst(row["query"])})
            found.append((_("Draft a pattern"), f"{reverse('search_draft', args=[parent])}?{title}"))
        return found

    @cached_property
    def forms(self) -> list[tuple[Any, str, str]]:
        offered: Any = ((_("Add a synonym"), Synonym, "terms"), (_("Add a pick"), Pick, "queries"))
        return [
            (label, reverse(model.snippet_viewset.get_url_name("add")), field)
            for label, model, field in offered
            if self.request.user.has_perm(f"search.add_{model._meta.model_name}")
        ]

    @cached_property
    def parents(self) -> dict[str, int]:
        """By language where this user may write a new page of the kind."""
        model = drafted_model()
        places = Page.objects.type(*model.allowed_parent_page_models()).order_by("path")
        return {
            page.locale.language_code: page.pk
            for page in places.select_related("locale", "content_type")
            if page.permissions_for_user(self.request.user).can_add_subpage()
        }


def drafted_model() -> Any:
    return next(m for m in apps.get_models() if issubclass(m, KnowledgePage) and m.kind == DRAFTED)


class DraftView(CreateView):
    """Wagtail's form for a new page, with its title filled in. Nothing is written before the editor saves it there."""

    def dispatch(self, request: HttpRequest, parent_page_id: int) -> HttpResponse:
        content_type = ContentType.objects.get_for_model(drafted_model())
        return super().dispatch(request, content_type.app_label, content_type.model, parent_page_id)

    def get(self, request: HttpRequest) -> HttpResponse:
        self.page.title = self.page.draft_title = request.GET.get("title", "")[:200]
        return super().get(request)


class QueryReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEE)
