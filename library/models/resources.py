from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from portal import vocabulary as v
from portal.blocks import RICH_TEXT
from portal.models import KnowledgePage, fields_that_follow


class ResourceIndexPage(KnowledgePage):
    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["library.ResourcePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("resource index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import resource_listing

        return {**super().get_context(request, *args, **kwargs), "listing": resource_listing(self, request)}


class ResourcePage(KnowledgePage):
    """Something to read or use, and what other pages name as their source."""

    csl_type = models.CharField(_("type"), max_length=10, choices=v.ResourceType.choices)
    work_title = models.CharField(
        _("title of the work"),
        max_length=250,
        blank=True,
        help_text=_("As printed, in its own language. Empty: the page title."),
    )
    creators = models.CharField(_("authors"), max_length=250, blank=True)
    organisation = models.ForeignKey(
        "portal.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    date_note = models.CharField(_("note on the date"), max_length=120, blank=True)
    container = models.CharField(_("published in"), max_length=250, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    language = models.CharField(_("language (code)"), max_length=10, blank=True)
    url = models.URLField(_("web address"), blank=True, help_text=_("Only one that a source prints or you checked."))
    archived_url = models.URLField(_("archived copy"), blank=True)
    doi = models.CharField(_("DOI"), max_length=100, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    annotation = RichTextField(_("why read it"), features=RICH_TEXT, blank=True)
    grant = models.CharField(_("grant"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)

    kind = "resource"
    search_rank = 0.9  # what others wrote; readers come for the guide’s own texts first
    has_similar_pages = True
    parent_page_types = ["library.ResourceIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        *fields_that_follow(
            "work_title", "creators", "container", "publisher", "language", "doi", "isbn", "grant", "licence"
        ),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def facets(self) -> dict[str, Iterable[str]]:
        return {
            "type": [self.csl_type],
            "language": [self.language] if self.language else [],
            "year": [str(self.year)] if self.year else [],
        }

    def search_labels(self) -> list[str]:
        return [self.work_title, self.creators, self.publisher, self.container]

    @property
    def cited_title(self) -> str:
        return self.work_title or self.title

    @property
    def cited_by(self) -> str:
        """Authors, else the organisation, for a reference line."""
        if self.creators:
            return self.creators
        return self.organisation.name if self.organisation else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import resource_context

        return {**super().get_context(request, *args, **kwargs), **resource_context(self, request)}


ResourceIndexPage.edit_handler = ResourceIndexPage.tabs((_("Text"), ResourceIndexPage.head_panels), sources=False)
ResourcePage.edit_handler = ResourcePage.tabs(
    (
        _("Resource"),
        [
            *ResourcePage.head_panels,
            FieldPanel("annotation"),
            FieldRowPanel([FieldPanel("csl_type"), FieldPanel("language")]),
            FieldPanel("work_title"),
            FieldPanel("creators"),
            FieldPanel("organisation"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("date_note")]),
            FieldPanel("container"),
            FieldPanel("publisher"),
            MultiFieldPanel(
                [
                    FieldPanel("url"),
                    FieldPanel("archived_url"),
                    FieldPanel("accessed_on"),
                    FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                ],
                heading=_("Where to find it"),
            ),
            FieldRowPanel([FieldPanel("grant"), FieldPanel("licence")]),
        ],
    ),
    sources=False,
)
