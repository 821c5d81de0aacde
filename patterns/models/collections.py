from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StructBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.blocks import PageReference, TermChoice, short_text
from portal.fields import StreamField
from portal.models import KnowledgePage
from portal.models.pages import Problem, Rows
from portal.vocabulary import CollectionKind, TermScheme


class CollectionIndexPage(RoutablePageMixin, KnowledgePage):
    """The collections of the editors, and the place where readers put together their own."""

    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["patterns.CollectionPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("collection index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.listing import children_listing

        from ..listing import questions

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = SimpleLazyObject(lambda: children_listing(self, request))  # its views show something else
        context["questions"] = SimpleLazyObject(lambda: questions(request))
        return context

    @path("build/", name="build")
    def build(self, request: HttpRequest) -> HttpResponse:
        from ..building.views import build_page

        return build_page(self, request)

    @path("checklist/", name="checklist")
    def checklist(self, request: HttpRequest) -> HttpResponse:
        from ..building.views import checklist_page

        return checklist_page(self, request)

    @path("pack/", name="pack")
    def pack(self, request: HttpRequest) -> HttpResponse:
        from ..building.views import pack_page

        return pack_page(self, request)

    @path("kept/", name="kept")
    def kept(self, request: HttpRequest) -> HttpResponse:
        from ..building.keeping import kept_page

        return kept_page(self, request)

    @path("sequence/", name="sequence")
    def sequence(self, request: HttpRequest) -> HttpResponse:
        from ..building.views import sequence_csv

        return sequence_csv(self, request)

    @path("facilitate/", name="facilitate")
    def facilitate(self, request: HttpRequest) -> HttpResponse:
        from ..showing.views import facilitate_page

        return facilitate_page(self, request)

    @path("kiosk/", name="kiosk")
    def kiosk(self, request: HttpRequest) -> HttpResponse:
        from ..showing.views import kiosk_page

        return kiosk_page(self, request)


class CollectionPage(KnowledgePage):
    """An ordered path through patterns, practices and other pages."""

    collection_kind = models.CharField(_("kind"), max_length=10, choices=CollectionKind.choices)
    steps = StreamField(
        [
            (
                "step",
                StructBlock(
                    [
                        ("page", PageReference("wagtailcore.Page", label=_("Page"))),
                        ("note", short_text(_("Why it comes here"), required=False)),
                    ],
                    icon="arrow-right",
                    label=_("Step"),
                    description=_("A page on the path, and why it comes here."),
                ),
            )
        ],
        verbose_name=_("steps"),
    )

    for_whom = StreamField(
        [
            (
                "role",
                TermChoice(
                    TermScheme.READER_ROLE,
                    label=_("Role"),
                    icon="user",
                    description=_("A role whose readers start here."),
                ),
            )
        ],
        verbose_name=_("for whom"),
        help_text=_("The home page leads readers with these roles to this collection."),
    )

    kind = "collection"
    parent_page_types = ["patterns.CollectionIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("collection")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..paths import collection_context

        return {**super().get_context(request, *args, **kwargs), **collection_context(self, request)}

    def facets(self) -> dict[str, Iterable[str]]:
        return {"role": {block.value for block in self.for_whom}}

    def problems(self, rows: Rows) -> list[Problem]:
        return [] if len(self.steps) >= 2 else [("steps", _("A collection has at least two steps."))]


CollectionIndexPage.edit_handler = CollectionIndexPage.tabs((_("Text"), CollectionIndexPage.head_panels), sources=False)
CollectionPage.edit_handler = CollectionPage.tabs(
    (
        _("Text"),
        [
            *CollectionPage.head_panels,
            FieldPanel("collection_kind"),
            FieldPanel("for_whom"),
            FieldPanel("steps"),
        ],
    ),
    sources=False,
)
