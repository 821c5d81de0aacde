"""What every page of knowledge shares: code, summary, tags, sources, dates, and how it is shown."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.blocks import StructBlock
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from .. import blocks
from ..fields import StreamField
from ..forms import KnowledgePageForm
from ..vocabulary import ChangeKind, Provenance

Rows = Callable[[str], list]
Problem = tuple[str, Any]


def fields_that_follow(*names: str) -> list[SynchronizedField]:
    """Fields whose value follows the original in every language."""
    return [SynchronizedField(name) for name in names]


class PageTag(ItemBase):
    tag = models.ForeignKey("taggit.Tag", models.CASCADE, related_name="portal_pages")
    content_object = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="portal_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="portal_pagetag_unique")]


class PageSource(TranslatableMixin, Orderable):
    """A source a page rests on, in the order in which the page numbers them."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="portal_sources")
    resource = models.ForeignKey("library.ResourcePage", models.CASCADE, related_name="+", verbose_name=_("resource"))
    locator = models.CharField(_("where in the source"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)

    panels = [FieldPanel("resource"), FieldRowPanel([FieldPanel("locator"), FieldPanel("note")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("source")

    def __str__(self) -> str:
        return str(self.resource)


class PageFacet(models.Model):
    """What listings filter by: the codes of a published page, rewritten whenever it is published."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="portal_facets")
    facet = models.CharField(max_length=30)
    value = models.CharField(max_length=100)

    wagtail_reference_index_ignore = True  # says nothing about what pages point to

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "facet", "value"], name="portal_facet_unique")]
        indexes = [models.Index(fields=["facet", "value"])]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


CHANGE = StructBlock(
    [
        ("date", blocks.Day(label=_("Date"))),
        ("kind", blocks.Choice(ChangeKind, label=_("Kind"))),
        ("text", blocks.Text(label=_("What changed"))),
    ],
    icon="history",
    label=_("Change"),
    description=_("What changed on the page, for its readers."),
)


class KnowledgePage(Page):
    """Base of the portal's page types.

    A type sets `kind` (its code in search, feeds and exports) and, where it is numbered or grouped, overrides
    `number_label` and `group_code`. What a type needs to be published is what `problems()` returns.
    """

    code = models.SlugField(
        _("code"),
        max_length=80,
        help_text=_("Permanent and the same in every language: links and relations use it. Lower case, with hyphens."),
    )
    summary = models.TextField(
        _("summary"), max_length=300, help_text=_("At most 300 characters, plain words. Shown in lists and search.")
    )
    provenance = models.CharField(
        _("where the text comes from"), max_length=12, choices=Provenance.choices, default=Provenance.EDITOR
    )
    last_verified_on = models.DateField(
        _("last verified on"), null=True, blank=True, help_text=_("When somebody last checked that this is still true.")
    )
    last_verified_by = models.CharField(
        _("verified by"), max_length=120, blank=True, help_text=_("A role or an organisation, not a private person.")
    )
    review_due = models.DateField(_("review due"), null=True, blank=True)
    comment_prompt = models.CharField(
        _("question to readers"), max_length=200, blank=True, help_text=_("One question, shown above the discussion.")
    )
    allow_comments = models.BooleanField(_("open for comments"), default=True)
    change_notes = StreamField([("change", CHANGE)], verbose_name=_("change notes"), collapsed=True)
    image = models.ForeignKey(
        "portal.PortalImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lead image")
    )
    image_alt = models.CharField(
        _("lead image in words"),
        max_length=250,
        blank=True,
        help_text=_("For people who do not see it, in the language of this page. Empty: as the image is described."),
    )
    tags = ClusterTaggableManager(
        through=PageTag, blank=True, verbose_name=_("tags"), help_text=_("Free words, the same in every language.")
    )

    kind: ClassVar[str] = "page"
    discussable: ClassVar[bool] = True
    takes_reports: ClassVar[bool] = False  # whether people can tell how it went when they tried it
    search_rank: ClassVar[float] = 1.0  # multiplies the score in search: above 1 for what readers come for
    has_similar_pages: ClassVar[bool] = False  # whether it offers pages like itself, and is offered by them
    # Where the text of a field stands on the page, by `field` or `field.block`: the anchor and its heading.
    text_sections: ClassVar[dict[str, tuple[str, Any]]] = {}
    frozen: ClassVar[frozenset[str]] = frozenset({"code"})  # what never changes after the first publication
    base_form_class = KnowledgePageForm
    override_translatable_fields = [
        BaseTranslatableField("slug"),  # every language keeps its own address
        *fields_that_follow("code", "last_verified_by"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.AutocompleteField("code"),
        index.FilterField("code"),
    ]

    class Meta:
        abstract = True

    # Admin

    head_panels = [TitleFieldPanel("title"), FieldPanel("summary")]
    classify_panels = [FieldPanel("tags")]
    upkeep_panels = [
        MultiFieldPanel(
            [
                FieldPanel("provenance"),
                FieldRowPanel([FieldPanel("last_verified_on"), FieldPanel("last_verified_by")]),
                FieldPanel("review_due"),
            ],
            heading=_("Is it still true?"),
        ),
        FieldPanel("change_notes"),
        MultiFieldPanel([FieldPanel("allow_comments"), FieldPanel("comment_prompt")], heading=_("Discussion")),
    ]
    source_panels = [InlinePanel("portal_sources", heading=_("Sources"), label=_("Source"))]
    promote_panels = [
        MultiFieldPanel([FieldPanel("code"), FieldPanel("slug"), FieldPanel("seo_title")], heading=_("Address")),
        FieldPanel("search_description"),
        FieldPanel("image"),
        FieldPanel("image_alt"),
    ]

    @classmethod
    def tabs(cls, *tabs: tuple[Any, list], sources: bool = True) -> TabbedInterface:
        """The edit form: the type's own tabs, then sources, upkeep and address as on every other type."""
        shared: list[tuple[Any, list]] = [(_("Sources"), cls.source_panels)] if sources else []
        upkeep = [*cls.classify_panels, *cls.upkeep_panels, *cls.settings_panels]  # the last hold schedule and comments
        shared += [(_("Upkeep"), upkeep), (_("Address"), cls.promote_panels)]
        return TabbedInterface([ObjectList(panels, heading=heading) for heading, panels in [*tabs, *shared]])

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if not hasattr(self, "locale_id") or self.locale_id is None:
            return
        others = type(self)._default_manager.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.code and others.exists():
            errors["code"] = _("Another page of this type already has this code. Choose a new one.")
        errors |= self.frozen_errors()
        if errors:
            raise ValidationError(errors)

    def frozen_errors(self) -> dict[str, Any]:
        """Errors for fields that must not change once the page was published."""
        if not self.pk or not self.first_published_at:
            return {}
        stored = type(self)._default_manager.filter(pk=self.pk).values(*self.frozen).first() or {}
        return {
            name: _("This cannot change after the first publication: links and cards refer to it. It was “%(old)s”.")
            % {"old": old}
            for name, old in stored.items()
            if old != getattr(self, name)
        }

    def problems(self, rows: Rows) -> list[Problem]:
        """What must be mended before the page is published, as (field, message in plain words).

        `rows(name)` gives the rows of a child relation, from the form while editing, else from the page.
        """
        return []

    def warnings(self) -> list[str]:
        """What looks wrong but may be right; shown after saving, never in the way."""
        return []

    def own_rows(self, name: str) -> list:
        return list(getattr(self, name).all())

    # What the rest of the site asks a page

    @property
    def closed_because(self) -> str:
        """Why nothing can be added to its discussion; empty for most."""
        return ""

    @property
    def number_label(self) -> str:
        """What stands large on the card: a pattern's number, a practice's country; empty for most."""
        return ""

    @property
    def group_code(self) -> str:
        """The colour and texture of the card: a pattern group, or `place`."""
        return "place"

    def facets(self) -> dict[str, Iterable[str]]:
        """The codes that listings and search filter by."""
        return {}

    def search_labels(self) -> list[str]:
        """Other words under which the page should be found, such as everyday names."""
        return []

    @property
    def happened_on(self) -> datetime.date | None:
        """For what ages: the day it tells of. The nearer to today, the more it counts in search."""
        return None

    @property
    def explains_words(self) -> bool:
        """Whether its texts lead to the meaning of words, which articles print at their end."""
        return self.kind not in ("home", "index", "group")

    def get_absolute_url(self) -> str:
        return self.get_url() or ""

    def serve(self, request: HttpRequest, view: Any = None, args: Any = (), kwargs: Any = None) -> HttpResponse:
        """`view` answers for an address below the page's own: see `portal.views_of_pages`."""
        return view(request, *args, **(kwargs or {})) if view else super().serve(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import page_context

        return {**super().get_context(request, *args, **kwargs), **page_context(self, request)}

    def serve_password_required_response(self, request: HttpRequest, form: Any, action_url: str) -> HttpResponse:
        """The form alone: with the page's own context the template could tell what stands behind the password."""
        context = {"form": form, "action_url": action_url}
        return TemplateResponse(request, "wagtailcore/password_required.html", context)

    @cached_property
    def last_change(self) -> Any:
        """The newest change note, or None."""
        changes = sorted(self.change_notes, key=lambda block: block.value["date"], reverse=True)
        return changes[0].value if changes else None
