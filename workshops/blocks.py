"""The typed blocks of a workshop: from the question to the recommendation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import ListBlock, StructBlock

from portal import vocabulary as v
from portal.blocks import (
    Choice,
    Code,
    DocumentReference,
    Flag,
    Line,
    Number,
    PageReference,
    Pages,
    SnippetReference,
    Synchronised,
    Text,
    WebAddress,
    short_text,
    source_blocks,
)


class OriginalText(Synchronised, Text):
    """Words as they were spoken; they stay in their language."""


QUESTIONS = [("question", short_text(_("Question"), icon="help", description=_("A question the workshop worked on.")))]
ORGANISERS = [
    (
        "organisation",
        StructBlock(
            [
                ("organisation", SnippetReference("portal.Organisation", label=_("Organisation"))),
                ("role", Line(label=_("Role"), help_text=_("Organiser, host, funder."))),
                (
                    "part",
                    Choice(
                        v.OrganiserPart,
                        required=False,
                        label=_("The same for machines"),
                        help_text=_("Search engines are told who organises, hosts and pays."),
                    ),
                ),
            ],
            icon="group",
            label=_("Organisation"),
            description=_("Who organised, hosted or paid."),
        ),
    )
]
PARTICIPANTS = [
    (
        "participant",
        StructBlock(
            [
                ("category", Choice(v.ParticipantCategory, label=_("Category"))),
                ("count", Number(required=False, label=_("How many"), help_text=_("Empty: not published."))),
                ("sources", ListBlock(PageReference("library.ResourcePage"), default=[], label=_("Named by"))),
                ("note", Line(required=False, label=_("Note"))),
            ],
            icon="user",
            label=_("Participants"),
            description=_("A category of people; never names."),
        ),
    )
]
PROGRAMME = [
    (
        "item",
        StructBlock(
            [
                ("time", Code(required=False, max_length=20, label=pgettext_lazy("of day", "Time"))),
                ("title", Line(label=_("Title"))),
                ("text", short_text(_("Text"), required=False)),
            ],
            icon="date",
            label=_("Programme item"),
            description=_("One point of the programme."),
        ),
    )
]
FINDINGS = [
    (
        "finding",
        StructBlock(
            [
                ("code", Code(max_length=6, label=_("Number"), help_text=_("F1, F2 and so on."))),
                ("kind", Choice(v.FindingKind, label=_("Kind"))),
                ("strength", Choice(v.FindingStrength, default="not_stated", label=_("How many agreed"))),
                ("text", short_text(_("Finding"))),
                ("patterns", Pages("patterns.PatternPage", label=_("Patterns"))),
                ("recommendations", Pages("workshops.RecommendationPage", label=_("Leads to"))),
                *source_blocks(),
            ],
            icon="pick",
            label=_("Finding"),
            description=_("Something the workshop found out, and how many agreed."),
        ),
    )
]
QUOTES = [
    (
        "quote",
        StructBlock(
            [
                ("text", short_text(_("Quote"))),
                ("original_text", OriginalText(required=False, label=_("In the original language"))),
                ("original_language", Code(required=False, max_length=10, label=_("Original language (code)"))),
                ("attribution", Line(label=_("Said by"), help_text=_("A role. A name only with consent."))),
                ("paraphrase", Flag(label=_("Paraphrased by the editors"))),
                ("consent", SnippetReference("portal.Consent", required=False, label=_("Consent"))),
                (
                    "findings",
                    ListBlock(Code(max_length=6), default=[], label=_("Findings"), help_text=_("F1, F2 and so on.")),
                ),
                ("patterns", Pages("patterns.PatternPage", label=_("Patterns"))),
                *source_blocks(),
            ],
            icon="openquote",
            label=_("Quote"),
            description=_("What somebody said. Shown only while the consent is valid."),
        ),
    )
]
OUTCOMES = [
    (
        "item",
        StructBlock(
            [("text", short_text(_("Outcome"))), *source_blocks()],
            icon="success",
            label=_("Outcome"),
            description=_("What came out of it."),
        ),
    )
]
OUTREACH = [
    (
        "item",
        StructBlock(
            [("channel", Line(label=_("Channel"))), ("text", short_text(_("What happened"))), *source_blocks()],
            icon="comment",
            label=_("Outreach"),
            description=_("How the workshop was made known, and to how many."),
        ),
    )
]
REPORT_LANGUAGE = ("language", Code(required=False, max_length=10, label=_("Language (code)")))
REPORTS = [
    (
        "document",
        StructBlock(
            [
                ("document", DocumentReference(label=_("File"))),
                ("title", Line(required=False, label=_("Title"), help_text=_("Empty: the title of the file."))),
                REPORT_LANGUAGE,
            ],
            icon="doc-full",
            label=_("File"),
            description=_("A report that readers can open here."),
        ),
    ),
    (
        "link",
        StructBlock(
            [("url", WebAddress(label=_("Address"))), ("title", Line(label=_("Title"))), REPORT_LANGUAGE],
            icon="link",
            label=_("Link"),
            description=_("A report that stands elsewhere."),
        ),
    ),
]
