"""Blocks shared by the features: sourced statements, running text, figures, evidence, uses.

The plain blocks they are made of stand in `portal.plain_blocks` and can be imported from here too.
"""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlock
from wagtail.images.blocks import ImageBlock

from . import vocabulary as v
from .plain_blocks import (  # noqa: F401 - handed on
    RICH_TEXT,
    Choice,
    Code,
    Country,
    Day,
    Decimal,
    DocumentReference,
    Flag,
    Jurisdiction,
    Line,
    Number,
    PageReference,
    Pages,
    PartialDateBlock,
    Rich,
    SnippetReference,
    Synchronised,
    TermChoice,
    TermChoices,
    TermMixin,
    Text,
    WebAddress,
)


def source_blocks() -> list[tuple[str, blocks.Block]]:
    """The two fields with which a statement names its source."""
    where = Line(required=False, label=_("Where in the source"), help_text=_("A section or page, in words."))
    return [
        ("source", PageReference("library.ResourcePage", required=False, label=_("Source"))),
        ("locator", where),
    ]


EDITORIAL = (
    "editorial",
    Flag(label=_("Editors’ reading"), help_text=_("Tick if this is our judgement and no source says it.")),
)


class SourcedText(StructBlock):
    text = Text(label=_("Text"))

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__([*(local_blocks or []), *source_blocks(), EDITORIAL], **kwargs)


class Table(StructBlock):
    """A table whose every cell is translated text."""

    caption = Line(label=_("Caption"))
    header = blocks.ListBlock(Line(), label=_("Column headings"))
    rows = blocks.ListBlock(blocks.ListBlock(Text(rows=1), label=_("Cells")), label=_("Rows"))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns; every cell is translated.")


class BodyStream(blocks.StreamBlock):
    """The running text of topics, news and standard pages."""

    heading = Line(icon="title", label=_("Heading"), description=_("Starts a new section."))
    paragraph = Rich(icon="pilcrow", label=_("Text"), description=_("Running text with links and lists."))
    callout = StructBlock(
        [("title", Line(label=_("Title"))), ("text", Rich(label=_("Text")))],
        icon="info-circle",
        label=_("Callout"),
        description=_("A short box that stands out from the text."),
    )
    quote = StructBlock(
        [("text", Text(label=_("Text"))), ("attribution", Line(required=False, label=_("Said by")))],
        icon="openquote",
        label=_("Quote"),
        description=_("Words of somebody else, with who said them."),
    )
    table = Table()
    questions = StructBlock(
        [
            ("title", Line(label=_("Title"))),
            ("items", blocks.ListBlock(Text(label=_("Question")), label=_("Questions"))),
        ],
        icon="help",
        label=_("Questions"),
        description=_("A titled list of questions."),
    )
    image = ImageBlock(
        icon="image", label=_("Image"), description=_("A picture with its text alternative, credit and licence.")
    )
    related = StructBlock(
        [("title", Line(label=_("Title"))), ("pages", Pages("wagtailcore.Page", label=_("Pages")))],
        icon="link",
        label=_("Related pages"),
        description=_("Links to other pages of the guide."),
    )


def short_text(label: Any, **kwargs: Any) -> Text:
    """A text with a limit that keeps lists readable."""
    return Text(label=label, validators=[MaxLengthValidator(600)], **kwargs)


class Figure(StructBlock):
    """A number with its date, so that it cannot grow old unnoticed."""

    label = Line(label=_("What is counted"))
    value = Decimal(label=_("Value"))
    unit = Line(required=False, label=_("Unit"))
    as_of = PartialDateBlock(label=_("True as of"))

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(
            [
                *(local_blocks or []),
                ("qualifier", Choice(v.Qualifier, default="exact", label=_("How exact"))),
                *source_blocks(),
            ],
            **kwargs,
        )

    class Meta:
        icon = "order"
        label = _("Figure")
        description = _("A number with its date, so that it cannot grow old unnoticed.")


class Evidence(StructBlock):
    """One line of evidence: what a source found, which way it points, and how it was found (EMMIE)."""

    class Meta:
        icon = "view"
        label = _("Evidence")
        description = _("What a source found, which way it points, and how it was found.")

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(
            [
                ("finding", short_text(_("What was found"))),
                ("direction", Choice(v.EvidenceDirection, label=_("Which way it points"))),
                ("dimension", Choice(v.EvidenceDimension, label=_("What it is about"))),
                ("design", Choice(v.EvidenceDesign, label=_("How it was found"))),
                ("country", Country(required=False, label=_("Country"))),
                ("year", Number(required=False, label=_("Year"))),
                *source_blocks(),
                EDITORIAL,
                *(local_blocks or []),
            ],
            **kwargs,
        )


def use_blocks() -> list[tuple[str, blocks.Block]]:
    """The two halves of the uses matrix: what institutions and what citizens do with it."""

    def half(uses: Any, scheme: v.TermScheme, label: Any, icon: str, description: Any) -> StructBlock:
        return StructBlock(
            [
                ("use", Choice(uses, label=_("Use"))),
                ("strength", Choice(v.UseStrength, label=_("How strongly"))),
                ("tools", TermChoices(scheme, label=_("Tools"))),
                ("note", Line(required=False, label=_("Note"))),
            ],
            label=label,
            icon=icon,
            description=description,
        )

    return [
        (
            "institutional",
            half(
                v.InstitutionalUse,
                v.TermScheme.INSTITUTIONAL_TOOL,
                _("Use by institutions"),
                "site",
                _("What police and authorities use it for."),
            ),
        ),
        (
            "citizen",
            half(
                v.CitizenUse, v.TermScheme.CITIZEN_TOOL, _("Use by citizens"), "group", _("What citizens use it for.")
            ),
        ),
    ]
