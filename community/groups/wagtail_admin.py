"""Working groups in the admin: a snippet for the facts and texts, a desk for applications and members."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.admin.choosers import GuardedChooserViewSet
from portal.admin.menu import REGISTERS

from ..desk import kinds
from ..models import Application, WorkingGroup
from .desk_forms import GroupTextForm, WorkingGroupForm
from .desk_views import ApplicationsView, GroupsView, MembersView, applications_for, may_open

DUE = timedelta(days=14)


class TextsPanel(InlinePanel):
    """Its forms look at what is typed, too."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = GroupTextForm
        return options


class WorkingGroupViewSet(SnippetViewSet):
    """For coordinators: chairs see to members and applications on the desk."""

    model = WorkingGroup
    icon = "group"
    menu_label = _("Working groups")
    menu_hook = REGISTERS
    menu_order = 180
    chooser_viewset_class = GuardedChooserViewSet
    search_backend_name = None
    list_filter = ["visibility"]
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            TextsPanel(
                "texts",
                [FieldPanel("language"), FieldPanel("title"), FieldPanel("purpose")],
                heading=_("Title and purpose"),
                label=_("In one language"),
                min_num=1,
                help_text=_("Readers get their own language, else the first one here."),
            ),
            FieldRowPanel([FieldPanel("code"), FieldPanel("visibility")]),
            MultiFieldPanel([FieldPanel("takes_applications"), FieldPanel("call")], heading=_("Asking to join")),
            FieldRowPanel([FieldPanel("archived_on"), FieldPanel("kept_until")], heading=_("Archive")),
        ],
        base_form_class=WorkingGroupForm,
    )

    @property
    def list_display(self) -> list[Any]:
        return [
            "title",
            Column("code", label=_("Code"), sort_key="code"),
            Column("visibility", label=_("Who reads it"), accessor="get_visibility_display"),
        ]


def urls() -> list[URLPattern]:
    return [
        path("working-groups/", GroupsView.as_view(), name="community_groups"),
        path("working-groups/applications/", ApplicationsView.as_view(), name="community_applications"),
        path("working-groups/<slug:code>/members/", MembersView.as_view(), name="community_members"),
    ]


class GroupsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_open(request.user)


def menu_item() -> MenuItem:
    return GroupsMenuItem(
        _("Working groups"), reverse_lazy("community_groups"), name="working-groups", icon_name="group", order=255
    )


def waiting_applications(user: Any) -> kinds.Summary:
    return kinds.counted(applications_for(user).filter(state=Application.State.NEW), "changed_at", DUE)


def register() -> None:
    kinds.register(
        kinds.Kind(
            "applications",
            _("Applications"),
            waiting_applications,
            lambda: reverse("community_applications"),
            order=40,
            is_for=may_open,
        )
    )
