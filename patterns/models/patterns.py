from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from portal import reported
from portal import vocabulary as v
from portal.blocks import RICH_TEXT
from portal.diagrams import validate_diagram
from portal.fields import CodesField, StreamField
from portal.models import KnowledgePage, fields_that_follow
from portal.models.pages import Problem, Rows

from .. import blocks, rules
from .views import ViewsOfPatterns


class PatternIndexPage(ViewsOfPatterns, KnowledgePage):
    """The list of patterns of one language."""

    admin_default_ordering = "ord"

    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)
    method_note = RichTextField(_("how patterns are found"), features=RICH_TEXT, blank=True)

    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["patterns.PatternPage", "patterns.PatternGroupPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("pattern index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import pattern_listing

        # Not needed where the list is drawn already.
        listing = SimpleLazyObject(lambda: pattern_listing(self, request))
        return {**super().get_context(request, *args, **kwargs), "listing": listing}


PatternIndexPage.edit_handler = PatternIndexPage.tabs(
    (_("Text"), [*PatternIndexPage.head_panels, FieldPanel("intro"), FieldPanel("method_note")]), sources=False
)


class PatternGroupPage(KnowledgePage):
    """One of the four citizen purposes: act, tell, find, prevent."""

    group = models.CharField(_("group"), max_length=10, choices=v.PatternGroup.choices)
    description = RichTextField(_("description"), features=RICH_TEXT)

    kind = "group"
    discussable = False
    parent_page_types = ["patterns.PatternIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("pattern group")

    @property
    def group_code(self) -> str:
        return self.group

    def clean(self) -> None:
        super().clean()
        taken = PatternGroupPage.objects.filter(group=self.group, locale_id=self.locale_id).exclude(pk=self.pk)
        if taken.exists():
            raise ValidationError({"group": _("This group already has a page in this language.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import patterns_of_group

        return {**super().get_context(request, *args, **kwargs), "patterns": patterns_of_group(self, request)}


PatternGroupPage.edit_handler = PatternGroupPage.tabs(
    (_("Text"), [*PatternGroupPage.head_panels, FieldPanel("group"), FieldPanel("description")])
)


class PatternPage(KnowledgePage):
    """One pattern of DIY policing."""

    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_("Shown as DIY-08. Never reused for another pattern."),
    )
    group = models.CharField(_("group"), max_length=10, choices=v.PatternGroup.choices)
    also_called = models.TextField(
        _("also called"),
        blank=True,
        help_text=_("One name per line, everyday words too. Search finds the pattern by them."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=v.PatternStatus.choices, default=v.PatternStatus.PUBLISHED
    )
    superseded_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes", verbose_name=_("superseded by")
    )
    confidence = models.PositiveSmallIntegerField(
        _("confidence"),
        choices=[(0, _("None yet: a sketch")), (1, _("One star: likely to hold")), (2, _("Two stars: stable"))],
        default=0,
        help_text=_("How sure we are that the pattern holds in other places. It does not rate what the pattern does."),
    )
    confidence_reason = models.TextField(_("reason for the stars"), help_text=_("Stars without a reason mean nothing."))
    card_problem = models.CharField(
        _("problem on the card"), max_length=220, help_text=_("One or two sentences: what pulls people into acting.")
    )
    card_therefore = models.CharField(
        _("therefore on the card"), max_length=220, help_text=_("One or two sentences: what to do about it.")
    )
    diagram = models.TextField(
        _("diagram"),
        blank=True,
        validators=[validate_diagram],
        help_text=_(
            "SVG marks in a box of 120 by 80: circle is a citizen, rect an authority, diamond an incident, "
            "line a message."
        ),
    )
    diagram_text = models.TextField(_("diagram in words"), blank=True)
    context = RichTextField(_("context"), features=RICH_TEXT, help_text=_("Where and when it happens."))
    problem = RichTextField(
        _("problem"), features=RICH_TEXT, help_text=_("First one sentence that states it, then why it is hard.")
    )
    forces = StreamField(
        blocks.FORCES, verbose_name=_("forces"), help_text=_("At least two pairs that pull apart."), collapsed=True
    )
    solution = RichTextField(
        _("therefore"), features=RICH_TEXT, help_text=_("What to do, as an instruction, in one to three sentences.")
    )
    building_blocks = StreamField(blocks.BUILDING_BLOCKS, verbose_name=_("how to go about it"), collapsed=True)
    when_to_use = StreamField(blocks.ITEMS, verbose_name=_("use it when"))
    when_not_to_use = StreamField(blocks.ITEMS, verbose_name=_("leave it when"))
    considerations = StreamField(
        blocks.Considerations(),
        verbose_name=_("considerations"),
        help_text=_("At least one opportunity, one threat and one ethical risk, each with its source."),
        collapsed=True,
    )
    uses = StreamField(blocks.USES, verbose_name=_("uses"), collapsed=True)
    platforms = CodesField(_("channels"), codes=v.PlatformKind)
    phases = CodesField(_("phase"), codes=v.IncidentPhase)
    purposes = CodesField(_("purpose of the citizens"), codes=v.CitizenPurpose)
    activities = CodesField(_("activities of the citizens"), codes=v.CitizenActivity)
    initiative = CodesField(_("who starts it"), codes=v.Initiative)
    actors = StreamField(blocks.ACTORS, verbose_name=_("actors"), collapsed=True)
    guidance = StreamField(blocks.Guidance(), verbose_name=_("guidance"), collapsed=True)

    kind = "pattern"
    has_similar_pages = True
    takes_reports = True
    search_rank = 1.15
    text_sections = {
        "context": ("context", _("Context")),
        "problem": ("problem", _("Problem")),
        "forces": ("forces", _("Forces")),
        "solution": ("so", _("Therefore")),
        "building_blocks": ("how", _("How to go about it")),
        "when_to_use": ("when", _("When to use it")),
        "when_not_to_use": ("when", _("When to use it")),
        "considerations": ("opp", _("Opportunities and threats")),
        "considerations.ethical_risk": ("risks", _("Ethical risks")),
        "considerations.ethical_benefit": ("risks", _("Ethical risks")),
        "considerations.legal_note": ("law", _("Legal notes")),
        "considerations.evidence": ("evidence", _("Evidence")),
        "uses": ("uses", _("Uses")),
        "actors": ("who", _("Who is involved")),
        "guidance.sign": ("problem", _("Problem")),
        "guidance.decision_question": ("so", _("Therefore")),
        "guidance.open_question": ("open", _("Open questions")),
        "guidance.activity": ("try", _("Try it in a group")),
        "guidance.country_note": ("countries", _("Country by country")),
    }
    frozen = KnowledgePage.frozen | {"number"}
    parent_page_types = ["patterns.PatternIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [*KnowledgePage.override_translatable_fields, *fields_that_follow("diagram")]

    class Meta:
        verbose_name = _("pattern")
        verbose_name_plural = _("patterns")

    classify_panels = [
        MultiFieldPanel([FieldPanel("status"), FieldPanel("superseded_by")], heading=_("Status")),
        *KnowledgePage.classify_panels,
    ]

    def clean(self) -> None:
        super().clean()
        same = PatternPage.objects.filter(number=self.number, locale_id=self.locale_id).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"number": _("Another pattern has this number. Numbers are never given twice.")})

    def problems(self, rows: Rows) -> list[Problem]:
        return rules.problems(self, rows)

    def warnings(self) -> list[str]:
        return rules.warnings(self)

    @classmethod
    def next_number(cls) -> int:
        return (cls.objects.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def get_admin_display_title(self) -> str:
        return f"{self.label} {super().get_admin_display_title()}"

    @property
    def label(self) -> str:
        """The permanent label that cards and short addresses carry, such as DIY-08."""
        return label_of(self.number)

    @property
    def number_label(self) -> str:
        return f"{self.number:02d}"

    @property
    def group_code(self) -> str:
        return self.group

    @property
    def closed_because(self) -> str:
        if self.status != v.PatternStatus.SUPERSEDED:
            return ""
        return str(_("This pattern has been replaced. Its discussion can be read, and goes on at the new one."))

    def facets(self) -> dict[str, Iterable[str]]:
        return {
            "group": [self.group],
            "use": {block.value["use"] for block in self.uses},
            "risk": {b.value["term"] for b in self.considerations if b.block_type == "ethical_risk"},
            "benefit": {b.value["term"] for b in self.considerations if b.block_type == "ethical_benefit"},
            "channel": self.platforms,
            "phase": self.phases,
            "confidence": [str(self.confidence)],
            **reported.facets_of(self),
        }

    def search_labels(self) -> list[str]:
        return [self.label, *self.also_called.splitlines()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import pattern_context

        return {**super().get_context(request, *args, **kwargs), **pattern_context(self, request)}


def label_of(number: int) -> str:
    return f"DIY-{number:02d}"


class PatternRelation(TranslatableMixin, Orderable):
    """One relation between two patterns, stored once; `patterns.relations` computes the other side."""

    STORED = [
        choice
        for choice in v.RelationType.choices
        if choice[0] not in {v.RelationType.ESCALATES_FROM, v.RelationType.FOLLOWS, v.RelationType.SMALLER}
    ]

    page = ParentalKey(PatternPage, on_delete=models.CASCADE, related_name="relations")
    type = models.CharField(_("relation"), max_length=20, choices=STORED)
    target = models.ForeignKey(PatternPage, models.CASCADE, related_name="relations_to", verbose_name=_("pattern"))
    reason = models.TextField(_("reason"), help_text=_("Why, in one or two sentences. It is printed on both pages."))

    panels = [FieldRowPanel([FieldPanel("type"), FieldPanel("target")]), FieldPanel("reason")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("relation")

    def __str__(self) -> str:
        return f"{self.page} {self.type} {self.target}"


PatternPage.edit_handler = PatternPage.tabs(
    (
        _("Card"),
        [
            HelpPanel(
                template="patterns/admin/how_to_write.html",
                heading=_("A good pattern in half an hour"),
            ),
            TitleFieldPanel("title"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("group")]),
            FieldPanel("card_problem", widget=AdminAutoHeightTextInput),
            FieldPanel("card_therefore", widget=AdminAutoHeightTextInput),
            FieldPanel("summary"),
            FieldPanel("also_called"),
            MultiFieldPanel([FieldPanel("diagram"), FieldPanel("diagram_text")], heading=_("Diagram")),
        ],
    ),
    (
        _("Pattern"),
        [
            FieldPanel("context"),
            FieldPanel("problem"),
            FieldPanel("forces"),
            FieldPanel("solution"),
            FieldPanel("building_blocks"),
            FieldPanel("when_to_use"),
            FieldPanel("when_not_to_use"),
        ],
    ),
    (
        _("For and against"),
        [
            FieldPanel("considerations"),
            MultiFieldPanel([FieldPanel("confidence"), FieldPanel("confidence_reason")], heading=_("Confidence")),
        ],
    ),
    (
        _("Relations"),
        [
            InlinePanel(
                "relations",
                heading=_("Relations to other patterns"),
                label=_("Relation"),
                help_text=_("Store a relation on one of the two pages only: the other page shows it by itself."),
            ),
            HelpPanel(template="patterns/admin/inverse_relations.html", heading=_("Relations stored on other pages")),
        ],
    ),
    (
        _("Uses"),
        [
            FieldPanel("uses"),
            FieldPanel("actors"),
            MultiFieldPanel(
                [
                    FieldPanel("platforms"),
                    FieldPanel("phases"),
                    FieldPanel("purposes"),
                    FieldPanel("activities"),
                    FieldPanel("initiative"),
                ],
                heading=_("Classification"),
            ),
        ],
    ),
    (_("Guidance"), [FieldPanel("guidance")]),
)
