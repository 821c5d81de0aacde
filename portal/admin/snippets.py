"""How vocabularies and registers are listed, filtered, chosen and edited."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from ..models import Consent, Organisation, Person, Platform, Term
from .choosers import ChooserViewSet, GuardedChooserViewSet
from .forms import ConsentForm, RegisterForm, TermForm
from .menu import REGISTERS, VOCABULARIES
from .merge_views import MergeView


class CountingIndexView(IndexView):
    """Offers the merge, and counts uses in one query for the whole list."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().annotate(usage=ReferenceIndex.usage_count_subquery(self.model))

    def get_list_more_buttons(self, instance: Any) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("delete") and self.user_has_permission("change"):
            url = reverse(instance.snippet_viewset.get_url_name("merge"), args=[instance.pk])
            buttons.append(Button(_("Merge into another one"), url=url, icon_name="resubmit", priority=40))
        return buttons


class MainLanguageFirst:
    """Lists of translated entries start in the main language of the site; the filter offers the others."""

    request: HttpRequest

    def get_base_queryset(self) -> QuerySet:
        entries = super().get_base_queryset()  # type: ignore[misc]
        if self.request.GET.get("locale") or self.request.GET.get("q"):
            return entries
        return entries.filter(locale__language_code=settings.LANGUAGE_CODE)


class TermIndexView(MainLanguageFirst, CountingIndexView):
    pass


class RegisterViewSet(SnippetViewSet):
    """A list short enough to be searched by parts of words in the database."""

    search_backend_name = None
    list_per_page = 50
    chooser_viewset_class = ChooserViewSet


class MergeableViewSet(RegisterViewSet):
    index_view_class = CountingIndexView

    @property
    def merge_view(self) -> Any:
        return self.construct_view(MergeView, **self.get_common_view_kwargs())

    def get_urlpatterns(self) -> list[URLPattern]:
        conv = self.pk_path_converter
        return [*super().get_urlpatterns(), path(f"merge/<{conv}:pk>/", self.merge_view, name="merge")]


def usage_column() -> TitleColumn:
    def url(instance: Any) -> str:
        return reverse(instance.snippet_viewset.get_url_name("usage"), args=[instance.pk])

    return TitleColumn("usage", label=_("Used by"), sort_key="usage", get_url=url)


class TermViewSet(MergeableViewSet):
    model = Term
    icon = "tag"
    menu_label = _("Terms")
    menu_hook = VOCABULARIES
    menu_order = 100
    list_filter: ClassVar = {"scheme": ["exact"]}
    search_fields = ["label", "code", "definition"]
    ordering = ["scheme", "order", "label"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("label"), FieldPanel("scheme")]),
            FieldPanel("definition"),
            FieldRowPanel([FieldPanel("parent"), FieldPanel("order")]),
            FieldPanel("code"),
        ],
        base_form_class=TermForm,
    )

    index_view_class = TermIndexView

    @property
    def list_display(self) -> list[Any]:
        return [
            "label",
            Column("scheme", label=_("Vocabulary"), accessor="get_scheme_display", sort_key="scheme"),
            Column("code", label=_("Code"), sort_key="code"),
            LocaleColumn(),
            usage_column(),
        ]


class PlatformViewSet(MergeableViewSet):
    model = Platform
    icon = "mobile-alt"
    menu_label = _("Platforms")
    menu_hook = VOCABULARIES
    menu_order = 120
    list_filter = ["kind", "encrypted", "open_source"]
    search_fields = ["name", "vendor", "former_names"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("vendor"), FieldPanel("former_names")]),
            FieldRowPanel([FieldPanel("encrypted"), FieldPanel("open_source")]),
            FieldPanel("url"),
            FieldPanel("code"),
        ],
        base_form_class=RegisterForm,
    )

    @property
    def list_display(self) -> list[Any]:
        kind = Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind")
        return ["name", kind, Column("vendor", label=_("Maker"), sort_key="vendor"), usage_column()]


class OrganisationViewSet(MergeableViewSet):
    model = Organisation
    icon = "site"
    menu_label = _("Organisations")
    menu_hook = REGISTERS
    menu_order = 100
    list_filter = ["kind", "country"]
    search_fields = ["name", "short_name", "other_names", "city"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
            FieldPanel("other_names"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("country"), FieldPanel("city")]),
            FieldPanel("url"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("wikidata"), FieldPanel("ror")]), FieldPanel("code")],
                heading=_("Identifiers"),
            ),
        ],
        base_form_class=RegisterForm,
    )

    @property
    def list_display(self) -> list[Any]:
        return [
            "name",
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("country", label=_("Country"), accessor="country.name", sort_key="country"),
            usage_column(),
        ]


# People and their consents are personal data: even choosing one takes a permission.


class PersonViewSet(RegisterViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    menu_hook = REGISTERS
    menu_order = 110
    list_filter = ["organisation", "country"]
    search_fields = ["name", "role"]
    chooser_viewset_class = GuardedChooserViewSet
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
            FieldRowPanel([FieldPanel("organisation"), FieldPanel("country")]),
            FieldPanel("email"),
            FieldPanel("consent"),
            FieldPanel("code"),
        ],
        base_form_class=RegisterForm,
    )

    @property
    def list_display(self) -> list[Any]:
        return [
            "name",
            Column("role", label=_("Role")),
            Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
            StatusTagColumn(
                "shown",
                label=_("On the site"),
                accessor=lambda person: _("Shown") if person.may_be_shown else _("Not shown"),
                primary=lambda person: person.may_be_shown,
            ),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Person.objects.select_related("organisation", "consent")


class ConsentFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[
            ("valid", _("Valid")),
            ("ending", _("Ends within 30 days")),
            ("ended", _("Expired or withdrawn")),
        ],
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    class Meta:
        model = Consent
        fields = ["kind"]

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        return {"valid": queryset.valid, "ending": queryset.ending, "ended": queryset.ended}[value]()


def state_of(consent: Consent) -> Any:
    today = timezone.localdate()
    if consent.withdrawn_on and consent.withdrawn_on <= today:
        return _("Withdrawn")
    if consent.expires_on and consent.expires_on <= today:
        return _("Expired")
    return _("Valid") if consent.is_valid else _("Not yet given")


class ConsentViewSet(RegisterViewSet):
    model = Consent
    icon = "lock"
    menu_label = _("Consents")
    menu_hook = REGISTERS
    menu_order = 120
    filterset_class = ConsentFilterSet
    search_fields = ["subject", "scope", "code"]
    chooser_viewset_class = GuardedChooserViewSet
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("subject"), FieldPanel("kind")]),
            FieldPanel("scope"),
            FieldPanel("evidence_note"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("given_on"), FieldPanel("expires_on"), FieldPanel("withdrawn_on")])],
                heading=_("While it holds"),
                help_text=_("What it covers disappears from the site on the day it expires or is withdrawn."),
            ),
            FieldPanel("code"),
        ],
        base_form_class=ConsentForm,
    )

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "subject",
            Column("kind", label=_("For what"), accessor="get_kind_display", sort_key="kind"),
            DateColumn("given_on", label=_("Given on"), sort_key="given_on"),
            DateColumn("expires_on", label=_("Expires on"), sort_key="expires_on"),
            StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda consent: consent.is_valid),
        ]


VIEWSETS = [TermViewSet, PlatformViewSet, OrganisationViewSet, PersonViewSet, ConsentViewSet]
