import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from portal.blocks import RICH_TEXT, BodyStream, short_text
from portal.fields import PartialDateField, StreamField
from portal.models import KnowledgePage, fields_that_follow
from portal.models.pages import Problem, Rows


class NewsIndexPage(KnowledgePage):
    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["library.NewsPage", "library.CallPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import news_listing

        return {**super().get_context(request, *args, **kwargs), "listing": news_listing(self, request)}


class NewsPage(KnowledgePage):
    date = models.DateField(_("date"))
    dateline = models.CharField(_("dateline"), max_length=120, blank=True, help_text=_("Place and month, as printed."))
    body = StreamField(BodyStream(), verbose_name=_("text"))

    kind = "news"
    parent_page_types = ["library.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def happened_on(self) -> datetime.date:
        return self.date

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import named_in

        return {**super().get_context(request, *args, **kwargs), **named_in(self, request)}


class CallPage(KnowledgePage):
    """A call for participation; whether it is open follows from its dates."""

    opens = PartialDateField(_("opens"))
    closes = PartialDateField(_("closes"))
    dateline = models.CharField(_("dateline"), max_length=120, blank=True)
    organiser = models.ForeignKey(
        "portal.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organiser")
    )
    who = RichTextField(_("who can take part"), features=RICH_TEXT)
    what_you_get = RichTextField(_("what you get"), features=RICH_TEXT, blank=True)
    questions = StreamField(
        [("question", short_text(_("Question"), icon="help", description=_("One question in one sentence.")))],
        verbose_name=_("questions it asks"),
    )
    how_to_apply = RichTextField(_("how to take part"), features=RICH_TEXT)
    body = StreamField(BodyStream(), verbose_name=_("text"))

    kind = "call"
    parent_page_types = ["library.NewsIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [*KnowledgePage.override_translatable_fields, *fields_that_follow("opens", "closes")]

    class Meta:
        verbose_name = _("call for participation")
        verbose_name_plural = _("calls for participation")

    def problems(self, rows: Rows) -> list[Problem]:
        if self.opens and self.closes and self.closes < self.opens[: len(self.closes)]:
            return [("closes", _("A call cannot close before it opens."))]
        return []

    @property
    def state(self) -> str:
        """`open`, `closed`, or `unknown` where no closing date is known."""
        if not self.closes:
            return "unknown"
        today = timezone.localdate().isoformat()
        return "open" if self.closes >= today[: len(self.closes)] else "closed"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import call_context

        return {**super().get_context(request, *args, **kwargs), **call_context(self, request)}


class CallContact(Orderable):
    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey("portal.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=120, blank=True)

    panels = [FieldPanel("person"), FieldPanel("role")]

    def __str__(self) -> str:
        return str(self.person)


NewsIndexPage.edit_handler = NewsIndexPage.tabs((_("Text"), NewsIndexPage.head_panels), sources=False)
NewsPage.edit_handler = NewsPage.tabs(
    (
        _("Text"),
        [*NewsPage.head_panels, FieldRowPanel([FieldPanel("date"), FieldPanel("dateline")]), FieldPanel("body")],
    )
)
CallPage.edit_handler = CallPage.tabs(
    (
        _("Call"),
        [
            *CallPage.head_panels,
            FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("dateline")]),
            FieldPanel("organiser"),
            FieldPanel("who"),
            FieldPanel("what_you_get"),
            FieldPanel("questions"),
            FieldPanel("how_to_apply"),
            FieldPanel("body"),
            InlinePanel("contacts", heading=_("Contacts"), label=_("Contact")),
        ],
    )
)
