from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StructBlock
from wagtail.fields import RichTextField

from portal.blocks import RICH_TEXT, BodyStream, Country, Flag, Line, SnippetReference, short_text
from portal.fields import PartialDateField, StreamField
from portal.models import KnowledgePage, fields_that_follow

QUESTIONS = [("question", short_text(_("Question"), icon="help", description=_("A question the project asked.")))]
PARTNERS = [
    (
        "partner",
        StructBlock(
            [
                ("organisation", SnippetReference("portal.Organisation", label=_("Organisation"))),
                ("country", Country(required=False, label=_("Country"))),
                ("coordinator", Flag(label=_("Coordinates the project"))),
                ("role", Line(required=False, label=_("Role"))),
                ("note", Line(required=False, label=_("Note"))),
            ],
            icon="group",
            label=_("Partner"),
            description=_("An organisation that takes part."),
        ),
    )
]
TASKS = [
    (
        "task",
        StructBlock(
            [
                ("organisation", SnippetReference("portal.Organisation", label=_("Organisation"))),
                ("text", short_text(_("What it does"))),
            ],
            icon="tasks",
            label=_("Task"),
            description=_("What one organisation does in the project."),
        ),
    )
]
CHANNELS = [
    (
        "channel",
        StructBlock(
            [
                ("name", Line(label=_("Channel"))),
                ("handle", Line(required=False, label=_("Name there"))),
                ("note", Line(required=False, label=_("Note"))),
            ],
            icon="comment",
            label=_("Channel"),
            description=_("Where the project is heard."),
        ),
    )
]


class ProjectPage(KnowledgePage):
    """A research project: who, with whose money, asking what."""

    acronym = models.CharField(_("acronym"), max_length=30)
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    grant_note = models.CharField(_("grant"), max_length=200, blank=True)
    started: Any = PartialDateField(_("started"))
    kick_off: Any = PartialDateField(_("kick-off"))
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    end_derived = models.CharField(_("end, as derived"), max_length=200, blank=True)
    aim = RichTextField(_("aim"), features=RICH_TEXT)
    research_questions = StreamField(QUESTIONS, verbose_name=_("research questions"))
    partners = StreamField(PARTNERS, verbose_name=_("partners"), collapsed=True)
    tasks = StreamField(TASKS, verbose_name=_("tasks"), collapsed=True)
    channels = StreamField(CHANNELS, verbose_name=_("channels"), collapsed=True)
    body = StreamField(BodyStream(), verbose_name=_("text"))

    kind = "project"
    discussable = False
    parent_page_types = ["portal.StandardPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        *fields_that_follow("acronym", "started", "kick_off"),
    ]

    class Meta:
        verbose_name = _("project")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..presentation import project_context

        return {**super().get_context(request, *args, **kwargs), **project_context(self, request)}


ProjectPage.edit_handler = ProjectPage.tabs(
    (
        _("Project"),
        [
            *ProjectPage.head_panels,
            FieldPanel("acronym"),
            MultiFieldPanel([FieldPanel("programme"), FieldPanel("grant_note")], heading=_("Funding")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("started"), FieldPanel("kick_off"), FieldPanel("duration_months")]),
                    FieldPanel("end_derived"),
                ],
                heading=_("Time"),
            ),
            FieldPanel("aim"),
            FieldPanel("research_questions"),
            FieldPanel("partners"),
            FieldPanel("tasks"),
            FieldPanel("channels"),
            FieldPanel("body"),
        ],
    )
)
