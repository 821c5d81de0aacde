"""The lists behind the numbers on the home page of the admin."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .. import upkeep
from ..languages import language_name


def languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code, _own_name in settings.LANGUAGES]


class UpkeepFilterSet(WagtailFilterSet):
    about = django_filters.ChoiceFilter(
        label=_("What"),
        method="about_what",
        empty_label=None,
        null_label=None,
        choices=[
            ("review", _("Due for review")),
            ("hidden", _("Points to an unpublished page")),
            ("behind", _("Translation is behind")),
            ("missing", _("Not translated")),
        ],
        widget=forms.RadioSelect,
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), method="keep", choices=languages, widget=forms.RadioSelect
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def keep(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset  # `about` reads the language itself: it means another thing for each list

    def about_what(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        language = self.data.get("language") or settings.LANGUAGE_CODE
        if value == "missing":
            return upkeep.untranslated(language)
        if value == "behind":
            return upkeep.behind(queryset, language)
        found = upkeep.review_due(queryset) if value == "review" else upkeep.pointing_to_unpublished(queryset)
        return found.filter(locale__language_code=language) if self.data.get("language") else found


class UpkeepView(PageReportView):
    """Pages that need attention; each list says what for."""

    page_title = _("Upkeep")
    header_icon = "clipboard-list"
    filterset_class = UpkeepFilterSet
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "portal_upkeep"
    index_results_url_name = "portal_upkeep_results"
    any_permission_required = ["add", "change", "publish"]
    no_results_message = _("No page needs this now.")
    list_export = ["title", "locale.language_code", "latest_revision_created_at", "full_url"]
    export_headings = {"title": _("Title"), "locale.language_code": _("Language"), "full_url": _("Address")}
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("language", label=_("Language"), accessor="locale.get_display_name"),
        Column("type", label=_("Type"), accessor=lambda page: page.cached_content_type.name),
        DateColumn("last_published_at", label=pgettext_lazy("on which day", "Published")),
    ]

    def get_queryset(self) -> Any:
        pages = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        self.queryset = pages.order_by("path")
        return super().get_queryset()

    def get_filtered_queryset(self) -> Any:
        found = super().get_filtered_queryset()
        if "about" not in self.request.GET:
            found = upkeep.review_due(found)
        return found.select_related("locale", "content_type").order_by("path")


class UpkeepMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])
