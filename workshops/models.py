import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from portal import vocabulary as v
from portal.blocks import RICH_TEXT, BodyStream
from portal.fields import CodesField, PartialDateField, StreamField
from portal.models import KnowledgePage, fields_that_follow
from portal.models.pages import Problem, Rows

from . import blocks, rules


class WorkshopIndexPage(RoutablePageMixin, KnowledgePage):
    """The list of workshops of one language."""

    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)

    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["workshops.WorkshopPage", "workshops.WorkshopSeriesPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("workshop index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .listing import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class WorkshopSeriesPage(KnowledgePage):
    """Several workshops that were planned together."""

    aim = RichTextField(_("aim"), features=RICH_TEXT)
    planned_count = models.PositiveSmallIntegerField(
        _("planned number of workshops"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    organiser = models.ForeignKey(
        "portal.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organiser")
    )

    kind = "series"
    parent_page_types = ["workshops.WorkshopIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("workshop series")
        verbose_name_plural = _("workshop series")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .presentation import series_context

        return {**super().get_context(request, *args, **kwargs), **series_context(self, request)}


class WorkshopPage(KnowledgePage):
    """One workshop with what was asked, found and recommended."""

    event_kind = models.CharField(_("kind"), max_length=12, choices=v.EventKind.choices, default=v.EventKind.WORKSHOP)
    date_start: Any = PartialDateField(
        _("first day"), help_text=_("A day, or what is known: 2017-01-10, 2017-01, 2017.")
    )
    date_end: Any = PartialDateField(_("last day"))
    date_note = models.CharField(_("note on the date"), max_length=200, blank=True)
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    country: Any = CountryField(_("country"), blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    online_url = models.URLField(_("online address"), blank=True)
    series = models.ForeignKey(
        WorkshopSeriesPage, models.SET_NULL, null=True, blank=True, related_name="workshops", verbose_name=_("series")
    )
    series_number = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True)
    organisers = StreamField(blocks.ORGANISERS, verbose_name=_("organisers, hosts and funders"), collapsed=True)
    aim = RichTextField(_("aim"), features=RICH_TEXT, blank=True)
    participants = StreamField(blocks.PARTICIPANTS, verbose_name=_("who took part"), collapsed=True)
    guiding_questions = StreamField(blocks.QUESTIONS, verbose_name=_("guiding questions"))
    programme = StreamField(blocks.PROGRAMME, verbose_name=_("programme"), collapsed=True)
    findings = StreamField(blocks.FINDINGS, verbose_name=_("findings"), collapsed=True)
    quotes = StreamField(
        blocks.QUOTES,
        verbose_name=_("quotes"),
        help_text=_("Shown only while the recorded consent is valid."),
        collapsed=True,
    )
    outcomes = StreamField(blocks.OUTCOMES, verbose_name=_("outcomes"), collapsed=True)
    outreach = StreamField(blocks.OUTREACH, verbose_name=_("outreach"), collapsed=True)
    report_status = models.CharField(
        pgettext_lazy("workshop", "report"), max_length=10, choices=v.ReportStatus.choices, default=v.ReportStatus.NONE
    )
    report_documents = StreamField(blocks.REPORTS, verbose_name=_("documents of the report"), collapsed=True)
    report_note = models.CharField(_("note on the report"), max_length=250, blank=True)
    registration = models.TextField(_("how to register"), blank=True, help_text=_("Needed for an event to come."))
    body = StreamField(BodyStream(), verbose_name=_("more"))

    kind = "workshop"
    has_similar_pages = True
    text_sections = {
        "aim": ("aim", _("Aim")),
        "participants": ("who", _("Who took part")),
        "guiding_questions": ("questions", _("Questions")),
        "programme": ("programme", _("Programme")),
        "findings": ("findings", _("Findings")),
        "outcomes": ("outcomes", _("Outcomes")),
        "outreach": ("outcomes", _("Outcomes")),
        "registration": ("register", _("How to register")),
    }
    parent_page_types = ["workshops.WorkshopIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        *fields_that_follow("date_start", "date_end", "country", "series"),
    ]

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def problems(self, rows: Rows) -> list[Problem]:
        return rules.problems(self)

    @property
    def is_to_come(self) -> bool:
        return bool(self.date_start) and self.date_start > timezone.localdate().isoformat()[: len(self.date_start)]

    @property
    def number_label(self) -> str:
        if self.series_number and self.series and self.series.planned_count:
            return f"{self.series_number}/{self.series.planned_count}"
        return str(self.country.code or "")

    @property
    def shown_quotes(self) -> list[Any]:
        """The quotes whose recorded consent is valid today."""
        return [b.value for b in self.quotes if b.value["consent"] and b.value["consent"].is_valid]

    def facets(self) -> dict[str, Iterable[str]]:
        return {
            "year": [self.date_start[:4]] if self.date_start else [],
            "country": [self.country.code] if self.country else [],
            "place": [self.place_name] if self.place_name else [],
            "event_kind": [self.event_kind],
        }

    @property
    def happened_on(self) -> datetime.date | None:
        return self.date_start.first_day if self.date_start else None

    def search_labels(self) -> list[str]:
        return [self.place_name, str(self.country.name) if self.country else "", self.venue]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .presentation import workshop_context

        return {**super().get_context(request, *args, **kwargs), **workshop_context(self, request)}


class RecommendationIndexPage(KnowledgePage):
    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["workshops.RecommendationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("recommendation index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .recommendations import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class RecommendationPage(KnowledgePage):
    """One recommendation, traceable from the finding it came from to the practice that follows it."""

    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    rationale = RichTextField(_("why"), features=RICH_TEXT)
    addressees = CodesField(_("addressed to"), codes=v.Actor)
    status = models.CharField(
        _("status"), max_length=12, choices=v.RecommendationStatus.choices, default=v.RecommendationStatus.PROPOSED
    )

    kind = "recommendation"
    frozen = KnowledgePage.frozen | {"number"}
    parent_page_types = ["workshops.RecommendationIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def clean(self) -> None:
        super().clean()
        same = RecommendationPage.objects.filter(number=self.number, locale_id=self.locale_id).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"number": _("Another recommendation has this number.")})

    @classmethod
    def next_number(cls) -> int:
        return (cls.objects.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def problems(self, rows: Rows) -> list[Problem]:
        return [] if rows("portal_sources") else [("portal_sources", _("Name at least one source."))]

    def get_admin_display_title(self) -> str:
        return f"{self.label} {super().get_admin_display_title()}"

    @property
    def label(self) -> str:
        return f"REC-{self.number:02d}"

    @property
    def number_label(self) -> str:
        return f"R{self.number:02d}"

    def facets(self) -> dict[str, Iterable[str]]:
        return {"addressee": self.addressees, "status": [self.status]}

    def search_labels(self) -> list[str]:
        return [self.label]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .recommendations import recommendation_context

        return {**super().get_context(request, *args, **kwargs), **recommendation_context(self, request)}


class RecommendationPattern(Orderable):
    page = ParentalKey(RecommendationPage, on_delete=models.CASCADE, related_name="patterns")
    pattern = models.ForeignKey(
        "patterns.PatternPage", models.CASCADE, related_name="recommendation_links", verbose_name=_("pattern")
    )

    panels = [FieldPanel("pattern")]

    def __str__(self) -> str:
        return str(self.pattern)


class RecommendationPractice(TranslatableMixin, Orderable):
    page = ParentalKey(RecommendationPage, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey(
        "practices.PracticePage", models.CASCADE, related_name="recommendation_links", verbose_name=_("practice")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=v.FollowingStatus.choices, default=v.FollowingStatus.NOT_STATED
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    panels = [FieldRowPanel([FieldPanel("practice"), FieldPanel("status")]), FieldPanel("note")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("practice")

    def __str__(self) -> str:
        return str(self.practice)

    @property
    def status_label(self) -> str:
        """Nothing where nobody has said it."""
        return "" if self.status == v.FollowingStatus.NOT_STATED else self.get_status_display()


WorkshopIndexPage.edit_handler = WorkshopIndexPage.tabs(
    (_("Text"), [*WorkshopIndexPage.head_panels, FieldPanel("intro")]), sources=False
)
WorkshopSeriesPage.edit_handler = WorkshopSeriesPage.tabs(
    (
        _("Text"),
        [
            *WorkshopSeriesPage.head_panels,
            FieldPanel("aim"),
            FieldRowPanel([FieldPanel("planned_count"), FieldPanel("organiser")]),
        ],
    )
)
WorkshopPage.edit_handler = WorkshopPage.tabs(
    (
        _("Workshop"),
        [
            *WorkshopPage.head_panels,
            FieldPanel("event_kind"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("date_start"), FieldPanel("date_end")]), FieldPanel("date_note")],
                heading=_("Time"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("place_name"), FieldPanel("country")]),
                    FieldPanel("venue"),
                    FieldPanel("online_url"),
                ],
                heading=_("Place"),
            ),
            FieldRowPanel([FieldPanel("series"), FieldPanel("series_number")]),
            FieldPanel("organisers"),
            FieldPanel("registration"),
        ],
    ),
    (
        _("Questions"),
        [FieldPanel("aim"), FieldPanel("participants"), FieldPanel("guiding_questions"), FieldPanel("programme")],
    ),
    (_("Findings"), [FieldPanel("findings"), FieldPanel("quotes")]),
    (
        _("Outcomes"),
        [
            FieldPanel("outcomes"),
            FieldPanel("outreach"),
            FieldRowPanel([FieldPanel("report_status"), FieldPanel("report_note")]),
            FieldPanel("report_documents"),
            FieldPanel("body"),
        ],
    ),
)
RecommendationIndexPage.edit_handler = RecommendationIndexPage.tabs(
    (_("Text"), RecommendationIndexPage.head_panels), sources=False
)
RecommendationPage.edit_handler = RecommendationPage.tabs(
    (
        _("Text"),
        [
            TitleFieldPanel("title"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("status")]),
            FieldPanel("summary"),
            FieldPanel("rationale"),
            FieldPanel("addressees"),
            InlinePanel("patterns", heading=_("Patterns"), label=_("Pattern")),
            InlinePanel("practices", heading=_("Practices"), label=_("Practice")),
        ],
    )
)
