from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from portal import reported
from portal import vocabulary as v
from portal.addresses import address
from portal.blocks import RICH_TEXT, BodyStream
from portal.fields import CodesField, PartialDateField, StreamField
from portal.models import KnowledgePage, fields_that_follow
from portal.models.pages import Problem, Rows
from portal.views_of_pages import View

from . import blocks, rules
from .forms import PracticePageForm


class PracticeIndexPage(RoutablePageMixin, KnowledgePage):
    """The list of practices of one language."""

    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)

    kind = "index"
    discussable = False
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["practices.PracticePage"]
    max_count_per_parent = 1
    views: ClassVar = [
        View("", pgettext_lazy("view", "Map"), "vmap"),
        View("timeline/", pgettext_lazy("view", "Timeline"), "list"),
        View("compare/", pgettext_lazy("view", "Compare"), "vmatrix"),
    ]

    class Meta:
        verbose_name = _("practice index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .listing import atlas_beside, practice_listing

        # Neither is needed where the list is drawn already.
        listing: Any = SimpleLazyObject(lambda: practice_listing(self, request))
        atlas = SimpleLazyObject(lambda: atlas_beside(listing, request))
        return {**super().get_context(request, *args, **kwargs), "listing": listing, "atlas": atlas}

    @path("map/", name="map")
    def map_view(self, request: HttpRequest) -> HttpResponse:
        """The list has the map beside it."""
        query = request.META.get("QUERY_STRING", "")
        url = address(self)
        return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)

    @path("timeline/", name="timeline")
    def timeline_view(self, request: HttpRequest) -> HttpResponse:
        from portal.timeline import timeline_page

        return timeline_page(self, request)

    @path("compare/", name="compare")
    def compare_view(self, request: HttpRequest) -> HttpResponse:
        from .comparing import comparison_view

        return comparison_view(self, request)

    @path("compare/csv/", name="compare_csv")
    def compare_csv(self, request: HttpRequest) -> HttpResponse:
        from .comparing import comparison_as_csv

        return comparison_as_csv(self, request)


PracticeIndexPage.edit_handler = PracticeIndexPage.tabs(
    (_("Text"), [*PracticeIndexPage.head_panels, FieldPanel("intro")]), sources=False
)


class PracticePage(KnowledgePage):
    """One local practice, brief or full. A full one carries everything that a good-practice check asks for."""

    extent = models.CharField(
        _("extent"),
        max_length=5,
        choices=v.PracticeExtent.choices,
        default=v.PracticeExtent.BRIEF,
        help_text=_(
            "Start brief. A full entry needs aims, the way it works, challenges, lessons, a pattern and a point."
        ),
    )
    card_line = models.CharField(_("one line"), max_length=140, help_text=_("What they do, for lists."))
    status = models.CharField(
        _("status"), max_length=10, choices=v.PracticeStatus.choices, default=v.PracticeStatus.UNKNOWN
    )
    status_reason = models.TextField(
        _("reason for the status"), blank=True, help_text=_("Needed if it paused or ended.")
    )
    place_name = models.CharField(_("place"), max_length=120)
    admin_area = models.CharField(_("region"), max_length=120, blank=True)
    country: Any = CountryField(_("country"))
    further_countries = models.JSONField(
        _("further countries"), default=list, blank=True, help_text=_('Where else it runs, as codes: ["FI", "FR"].')
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Of the town hall, never of a private address."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    further_places = StreamField(
        blocks.PLACES,
        verbose_name=_("further places"),
        help_text=_("For a practice that runs in several towns: each gets a point on the map."),
        collapsed=True,
    )
    territory = models.CharField(_("territory"), max_length=20, choices=v.Territory.choices, blank=True)
    started: Any = PartialDateField(_("started"), help_text=_("A year, a month or a day: 2015, 2015-06, 2015-06-30."))
    started_note = models.CharField(_("note on the date"), max_length=120, blank=True)
    ended: Any = PartialDateField(_("ended"))
    lead_organisation = models.ForeignKey(
        "portal.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("led by")
    )
    partners = StreamField(blocks.PARTNERS, verbose_name=_("partners"), collapsed=True)
    initiative = CodesField(_("who started it"), codes=v.Initiative)
    participation = models.CharField(
        _("degree of participation"), max_length=12, choices=v.Participation.choices, blank=True
    )
    target_groups = models.TextField(_("who it is for"), blank=True)
    figures = StreamField(
        blocks.FIGURES, verbose_name=_("figures"), help_text=_("Numbers with their date and source."), collapsed=True
    )
    aims = StreamField(blocks.AIMS, verbose_name=_("aims"))
    problem_addressed = RichTextField(_("problem addressed"), features=RICH_TEXT, blank=True)
    steps = StreamField(blocks.STEPS, verbose_name=_("how it works"), collapsed=True)
    channels = StreamField(blocks.CHANNELS, verbose_name=_("channels"), collapsed=True)
    technology = CodesField(_("technology"), codes=v.PlatformKind)
    service_languages = models.JSONField(
        _("languages of the service"), default=list, blank=True, help_text=_('Language codes, such as ["de", "en"].')
    )
    rules = StreamField(blocks.Rules(), verbose_name=_("how it is run"), collapsed=True)
    outcomes = StreamField(blocks.Outcomes(), verbose_name=_("what came of it"), collapsed=True)
    timeline = StreamField(blocks.TIMELINE, verbose_name=_("timeline"), collapsed=True)
    uses = StreamField(blocks.USES, verbose_name=_("uses"), collapsed=True)
    phases = CodesField(_("phase"), codes=v.IncidentPhase)
    criteria = StreamField(blocks.CRITERIA, verbose_name=_("good-practice check"), collapsed=True)
    criteria_checked_on = models.DateField(_("checked on"), null=True, blank=True)
    body = StreamField(BodyStream(), verbose_name=_("more"))

    kind = "practice"
    has_similar_pages = True
    takes_reports = True
    text_sections = {
        "aims": ("aims", _("Aims")),
        "problem_addressed": ("problem", _("Problem")),
        "steps": ("how", _("How it works")),
        "channels": ("how", _("How it works")),
        "rules": ("run", _("How it is run")),
        "outcomes.result": ("results", _("Results")),
        "outcomes.side_effect": ("side-effects", _("Side effects")),
        "outcomes.challenge": ("challenges", _("Challenges")),
        "outcomes.lesson": ("lessons", _("Lessons")),
        "outcomes.condition": ("copy", _("Before you copy it")),
        "outcomes.cost": ("costs", _("Costs")),
        "outcomes.evidence": ("evidence", _("Evidence")),
        "timeline": ("timeline", _("Timeline")),
        "uses": ("uses", _("Uses")),
        "criteria": ("good", _("Good-practice check")),
    }
    base_form_class = PracticePageForm
    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        *fields_that_follow("started", "ended", "country"),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def problems(self, rows: Rows) -> list[Problem]:
        return rules.problems(self, rows)

    def warnings(self) -> list[str]:
        return rules.warnings(self)

    @property
    def number_label(self) -> str:
        return str(self.country.code)

    @property
    def place_line(self) -> str:
        """Where it is, in one line. A practice of a whole country or of several is named by its place alone."""
        country = str(self.country.name)
        is_enough = self.further_countries or self.territory == v.Territory.COUNTRY or self.place_name == country
        return self.place_name if is_enough else f"{self.place_name}, {country}"

    @property
    def criteria_met(self) -> int:
        return sum(block.value["verdict"] == v.Verdict.YES for block in self.criteria)

    def facets(self) -> dict[str, Iterable[str]]:
        return {
            "country": [self.country.code, *self.further_countries],
            "technology": self.technology,
            "use": {block.value["use"] for block in self.uses},
            "status": [self.status],
            "extent": [self.extent],
            "year": [str(self.started)[:4]] if self.started else [],
            **reported.facets_of(self),
        }

    def search_labels(self) -> list[str]:
        return [self.place_name, self.admin_area, str(self.country.name)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .presentation import practice_context

        return {**super().get_context(request, *args, **kwargs), **practice_context(self, request)}


class PracticePattern(TranslatableMixin, Orderable):
    """A pattern that a practice shows."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="patterns")
    pattern = models.ForeignKey(
        "patterns.PatternPage", models.CASCADE, related_name="practice_links", verbose_name=_("pattern")
    )
    strength = models.CharField(_("how"), max_length=5, choices=v.Strength.choices, default=v.Strength.MAIN)
    note = models.CharField(_("note"), max_length=250, blank=True)

    panels = [FieldRowPanel([FieldPanel("pattern"), FieldPanel("strength")]), FieldPanel("note")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("pattern")

    def __str__(self) -> str:
        return f"{self.page} {self.pattern}"


class PracticeContact(Orderable):
    """Somebody to ask. Shown only while a recorded consent is valid; the address never."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey("portal.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=120, blank=True)

    panels = [FieldPanel("person"), FieldPanel("role")]

    def __str__(self) -> str:
        return str(self.person)


PracticePage.edit_handler = PracticePage.tabs(
    (
        _("Practice"),
        [
            TitleFieldPanel("title"),
            FieldPanel("card_line"),
            FieldPanel("summary"),
            FieldRowPanel([FieldPanel("extent"), FieldPanel("status")]),
            FieldPanel("status_reason"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("place_name"), FieldPanel("admin_area"), FieldPanel("country")]),
                    FieldPanel("further_countries"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("territory")]),
                    FieldPanel("further_places"),
                ],
                heading=_("Place"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("started"), FieldPanel("ended")]), FieldPanel("started_note")],
                heading=_("Time"),
            ),
            FieldPanel("figures"),
        ],
    ),
    (
        _("How it works"),
        [
            FieldPanel("aims"),
            FieldPanel("problem_addressed"),
            FieldPanel("steps"),
            FieldPanel("channels"),
            FieldPanel("technology"),
            FieldPanel("service_languages"),
            FieldPanel("rules"),
            MultiFieldPanel(
                [
                    FieldPanel("lead_organisation"),
                    FieldPanel("partners"),
                    FieldPanel("initiative"),
                    FieldPanel("participation"),
                    FieldPanel("target_groups"),
                ],
                heading=_("Who"),
            ),
        ],
    ),
    (
        _("What came of it"),
        [
            FieldPanel("outcomes"),
            FieldPanel("timeline"),
            MultiFieldPanel(
                [FieldPanel("criteria"), FieldPanel("criteria_checked_on")], heading=_("Good-practice check")
            ),
            FieldPanel("body"),
        ],
    ),
    (
        _("Patterns"),
        [
            InlinePanel("patterns", heading=_("Patterns it shows"), label=_("Pattern")),
            FieldPanel("uses"),
            FieldPanel("phases"),
        ],
    ),
    (_("Contacts"), [InlinePanel("contacts", heading=_("Contacts"), label=_("Contact"))]),
)
