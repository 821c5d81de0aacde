from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StructBlock
from wagtail.models import Page

from .. import blocks
from ..fields import StreamField
from .pages import KnowledgePage


class HomePage(KnowledgePage):
    """The entry of one language: what the guide is, and the key “What do you see?”."""

    lede = models.TextField(_("opening text"), max_length=600)
    key_entries = StreamField(
        [
            (
                "entry",
                StructBlock(
                    [
                        ("situation", blocks.Line(label=_("What somebody sees"))),
                        ("page", blocks.PageReference("patterns.PatternPage", label=_("Pattern"))),
                    ],
                    icon="help",
                    label=_("Situation"),
                    description=_("What somebody sees, and the pattern it is."),
                ),
            )
        ],
        verbose_name=_("key: what do you see?"),
    )
    patterns_intro = models.TextField(_("introduction to the patterns"), max_length=400, blank=True)
    practices_intro = models.TextField(_("introduction to the practices"), max_length=400, blank=True)
    workshops_intro = models.TextField(_("introduction to the workshops"), max_length=400, blank=True)

    kind = "home"
    discussable = False
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 7
    subpage_types = [
        "portal.StandardPage",
        "patterns.PatternIndexPage",
        "patterns.CollectionIndexPage",
        "practices.PracticeIndexPage",
        "workshops.WorkshopIndexPage",
        "workshops.RecommendationIndexPage",
        "library.TopicIndexPage",
        "library.ResourceIndexPage",
        "library.GlossaryPage",
        "library.NewsIndexPage",
    ]

    class Meta:
        verbose_name = _("home page")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return super().can_create_at(parent) and parent.is_root()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}


HomePage.edit_handler = HomePage.tabs(
    (
        _("Text"),
        [
            *HomePage.head_panels,
            FieldPanel("lede"),
            FieldPanel("key_entries"),
            FieldPanel("patterns_intro"),
            FieldPanel("practices_intro"),
            FieldPanel("workshops_intro"),
        ],
    ),
    sources=False,
)


class StandardPage(KnowledgePage):
    """Plain text about the guide itself: method, privacy, house rules."""

    body = StreamField(blocks.BodyStream(), verbose_name=_("text"))

    kind = "page"
    discussable = False
    parent_page_types = ["portal.HomePage", "portal.StandardPage"]
    subpage_types = ["portal.StandardPage", "library.ProjectPage"]

    class Meta:
        verbose_name = _("standard page")


StandardPage.edit_handler = StandardPage.tabs((_("Text"), [*StandardPage.head_panels, FieldPanel("body")]))
