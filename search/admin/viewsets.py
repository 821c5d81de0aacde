"""Synonyms and picks in the admin."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import CreateView

from portal.admin.snippets import RegisterViewSet

from ..models import Pick, Synonym
from .forms import PickForm, SynonymForm

MENU = "register_search_menu_item"


FROM_REPORT = {"from": "searches"}


class PrefilledCreateView(CreateView):
    """The report of searches hands over what was searched for, and gets the editor back for the next one."""

    prefilled = ("language", "terms", "queries", "wordings")

    @property
    def is_from_report(self) -> bool:
        return self.request.GET.get("from") == FROM_REPORT["from"]

    def get_add_url(self) -> str:
        url: str = super().get_add_url()
        return f"{url}?{urlencode(FROM_REPORT)}" if self.is_from_report else url

    def get_success_url(self) -> str:
        url: str = super().get_success_url()
        return reverse("search_queries") if self.is_from_report else url

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET[name][:200] for name in self.prefilled if name in self.request.GET}
        return {**super().get_initial(), **given}


class SynonymViewSet(RegisterViewSet):
    model = Synonym
    icon = "link"
    menu_label = _("Synonyms")
    menu_hook = MENU
    menu_order = 100
    add_view_class = PrefilledCreateView
    list_filter = ["language", "direction"]
    search_fields = ["terms"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Readers who search for one of these terms find pages with the others too, after those with the "
                    "very word. It works from the next search on. The abbreviations and other words of the glossary "
                    "need not be entered here: they count in the same way."
                )
            ),
            FieldPanel("language"),
            FieldPanel("terms", widget=forms.Textarea(attrs={"rows": 5})),
            FieldPanel("direction", widget=forms.RadioSelect),
        ],
        base_form_class=SynonymForm,
    )

    @property
    def list_display(self) -> list[Any]:
        return [
            "__str__",
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            Column("direction", label=_("Direction"), accessor="get_direction_display"),
        ]


def state_of(pick: Pick) -> Any:
    today = timezone.localdate()
    if pick.is_running(today):
        return _("In effect")
    return _("Ended") if pick.ends_on and pick.ends_on < today else _("Not begun")


class PickViewSet(RegisterViewSet):
    model = Pick
    icon = "pick"
    menu_label = _("Editors’ picks")
    menu_hook = MENU
    menu_order = 110
    add_view_class = PrefilledCreateView
    list_filter = ["language", "effect"]
    search_fields = ["queries", "reason"]
    edit_handler = ObjectList(
        [
            FieldPanel("language"),
            FieldPanel("queries", widget=forms.Textarea(attrs={"rows": 4})),
            FieldPanel("page"),
            FieldPanel("effect", widget=forms.RadioSelect),
            FieldRowPanel([FieldPanel("reason"), FieldPanel("order")]),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])],
                heading=_("While it holds"),
            ),
        ],
        base_form_class=PickForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Pick.objects.select_related("page")

    @property
    def list_display(self) -> list[Any]:
        return [
            Column("queries", label=_("Searches"), accessor=lambda pick: ", ".join(pick.lines), sort_key="queries"),
            Column("page", label=_("Page"), accessor="page.get_admin_display_title"),
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            Column("effect", label=_("Effect"), accessor="get_effect_display"),
            DateColumn("ends_on", label=pgettext_lazy("last day", "Until"), sort_key="ends_on"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=state_of,
                primary=lambda pick: pick.is_running(timezone.localdate()),
            ),
        ]


VIEWSETS = [SynonymViewSet, PickViewSet]
