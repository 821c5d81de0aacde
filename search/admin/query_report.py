"""What readers searched for, by week, with a way to do something about it in each row."""

from collections.abc import Callable
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
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from portal.admin.upkeep_report import languages
from portal.languages import language_name
from portal.models import KnowledgePage

from ..models import AskedAs, Pick, QueryCount, Synonym
from ..picks import asked
from ..query_log import SHOWN_FROM, normalised
from ..synonyms import tokens_of
from .viewsets import FROM_REPORT

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


def results_url(row: dict[str, Any]) -> str:
    """What readers find now."""
    return f"/{row['language']}/search/?{urlencode({'q': row['query']})}"


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


class Remedy:
    """What editors write for a search: for which searches there is one, and the way to write or change it.

    `key` says which two searches are the same one to it.
    """

    def __init__(self, model: Any, field: str, add: Any, change: Any, key: Callable[[str, str], Any]) -> None:
        self.model, self.field, self.add, self.change, self.key = model, field, add, change, key

    @cached_property
    def written(self) -> dict[tuple[str, Any], int]:
        rows = self.model.objects.order_by("-pk")
        return {(row.language, self.key(line, row.language)): row.pk for row in rows for line in row.lines}

    def action(self, user: Any, language: str, query: str) -> tuple[Any, str] | None:
        viewset, name = self.model.snippet_viewset, self.model._meta.model_name
        if pk := self.written.get((language, self.key(query, language))):
            allowed, label, url = "change", self.change, reverse(viewset.get_url_name("edit"), args=[pk])
        else:
            given = urlencode({"language": language, self.field: query, **FROM_REPORT})
            allowed, label, url = "add", self.add, f"{reverse(viewset.get_url_name('add'))}?{given}"
        return (label, url) if user.has_perm(f"search.{allowed}_{name}") else None


class QueryColumn(TitleColumn):
    """The search, and below it what to do about it: on a phone a column of buttons would be out of sight."""

    cell_template_name = "search/admin/query_cell.html"

    def __init__(self, *args: Any, actions: Callable[[dict[str, Any]], list[tuple[Any, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = actions

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**found, "actions": self.actions(instance)}


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

    @cached_property
    def columns(self) -> list[Column]:
        return [
            QueryColumn("query", label=_("Search"), get_url=results_url, actions=self.actions),
            Column("language", label=_("Language"), accessor=lambda row: language_name(row["language"])),
            Column("week", label=_("Week from"), accessor=lambda row: date_format(row["week"], "SHORT_DATE_FORMAT")),
            NumberColumn("total", label=_("Times")),
            NumberColumn("none", label=_("Without a result")),
            NumberColumn("with_filters", label=_("With filters")),
        ]

    def user_has_permission(self, permission: str) -> bool:
        return self.request.user.has_perm(permission)  # one of its own: counts cannot be edited

    def get_base_queryset(self) -> QuerySet:
        return weekly()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "shown_from": SHOWN_FROM}

    def actions(self, row: dict[str, Any]) -> list[tuple[Any, str]]:
        """What this user may do about a search: label and address. What was done already is there to be changed."""
        language, query = row["language"], row["query"]
        found = []
        for kind in (self.asked_as, self.synonyms, self.picks):
            if action := kind.action(self.request.user, language, query):
                found.append(action)
        if parent := self.parents.get(language) or self.parents.get(settings.LANGUAGE_CODE):
            title = urlencode({"title": capfirst(query)})
            found.append((_("Draft a pattern"), f"{reverse('search_draft', args=[parent])}?{title}"))
        return found

    @cached_property
    def asked_as(self) -> "Remedy":
        """The very text: there are far more of them than of the others, and the report writes just that."""
        add, change = _("A page answers it"), _("Change what it is asked as")
        return Remedy(AskedAs, "wordings", add, change, lambda line, _language: normalised(line))

    @cached_property
    def synonyms(self) -> "Remedy":
        return Remedy(Synonym, "terms", _("Add a synonym"), _("Change the synonym"), tokens_of)

    @cached_property
    def picks(self) -> "Remedy":
        return Remedy(Pick, "queries", _("Add a pick"), _("Change the pick"), asked)

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
