from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail.search import index

from portal.blocks import RICH_TEXT
from portal.models import KnowledgePage, fields_that_follow


class GlossaryPage(KnowledgePage):
    """The glossary of one language; its terms are snippets."""

    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)

    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("glossary")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..glossary import glossary_context

        return {**super().get_context(request, *args, **kwargs), **glossary_context(self, request)}


class GlossaryTerm(TranslatableMixin, index.Indexed, models.Model):
    """One term of the field, with an anchor of its own on the glossary page."""

    code = models.SlugField(_("code"), max_length=80, help_text=_("Never changes; the same in every language."))
    term = models.CharField(_("term"), max_length=120)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    alternatives = models.TextField(_("other words"), blank=True, help_text=_("One per line."))
    definition = models.TextField(_("definition"), help_text=_("At most 60 words."))
    note = models.TextField(_("note"), blank=True)
    broader = models.CharField(_("broader term (code)"), max_length=80, blank=True)
    see_also = models.JSONField(_("see also (codes)"), default=list, blank=True)
    source = models.ForeignKey(
        "library.ResourcePage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    override_translatable_fields = fields_that_follow("code", "broader")
    search_fields = [
        index.SearchField("term"),
        index.SearchField("definition"),
        index.AutocompleteField("term"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]
        constraints = [models.UniqueConstraint(fields=["locale", "code"], name="library_glossaryterm_code_unique")]

    def __str__(self) -> str:
        return self.term

    @property
    def other_words(self) -> list[str]:
        return [word for word in self.alternatives.splitlines() if word.strip()]


GlossaryPage.edit_handler = GlossaryPage.tabs(
    (_("Text"), [*GlossaryPage.head_panels, FieldPanel("intro")]), sources=False
)
