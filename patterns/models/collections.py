from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StructBlock

from portal.blocks import PageReference, short_text
from portal.fields import StreamField
from portal.models import KnowledgePage
from portal.models.pages import Problem, Rows
from portal.vocabulary import CollectionKind


class CollectionIndexPage(KnowledgePage):
    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["patterns.CollectionPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("collection index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.listing import children_listing

        return {**super().get_context(request, *args, **kwargs), "listing": children_listing(self, request)}


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

    kind = "collection"
    parent_page_types = ["patterns.CollectionIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("collection")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..paths import collection_context

        return {**super().get_context(request, *args, **kwargs), **collection_context(self, request)}

    def problems(self, rows: Rows) -> list[Problem]:
        return [] if len(self.steps) >= 2 else [("steps", _("A collection has at least two steps."))]


CollectionIndexPage.edit_handler = CollectionIndexPage.tabs((_("Text"), CollectionIndexPage.head_panels), sources=False)
CollectionPage.edit_handler = CollectionPage.tabs(
    (_("Text"), [*CollectionPage.head_panels, FieldPanel("collection_kind"), FieldPanel("steps")]), sources=False
)
