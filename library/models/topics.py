from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from portal.blocks import RICH_TEXT, BodyStream, short_text
from portal.fields import StreamField
from portal.models import KnowledgePage

QUESTIONS = [("question", short_text(_("Question"), icon="help", description=_("One question in one sentence.")))]


class TopicIndexPage(KnowledgePage):
    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["library.TopicPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("topic index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.listing import children_listing

        return {**super().get_context(request, *args, **kwargs), "listing": children_listing(self, request)}


class TopicPage(KnowledgePage):
    """A subject as a whole, such as civic technology: what it is, what is known, what is open."""

    definition = RichTextField(_("definition"), features=RICH_TEXT)
    body = StreamField(BodyStream(), verbose_name=_("text"))
    key_questions = StreamField(QUESTIONS, verbose_name=_("key questions"))
    open_questions = StreamField(QUESTIONS, verbose_name=_("open questions"))

    kind = "topic"
    has_similar_pages = True
    text_sections = {
        "definition": ("definition", _("What it is")),
        "key_questions": ("key-questions", _("Questions to settle")),
        "open_questions": ("open-questions", _("Open questions")),
    }
    parent_page_types = ["library.TopicIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import named_in

        return {**super().get_context(request, *args, **kwargs), **named_in(self, request)}


TopicIndexPage.edit_handler = TopicIndexPage.tabs((_("Text"), TopicIndexPage.head_panels), sources=False)
TopicPage.edit_handler = TopicPage.tabs(
    (
        _("Text"),
        [
            *TopicPage.head_panels,
            FieldPanel("definition"),
            FieldPanel("body"),
            FieldPanel("key_questions"),
            FieldPanel("open_questions"),
        ],
    )
)
