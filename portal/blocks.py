"""Blocks shared by the features.

wagtail-localize takes every text block for text to translate. Blocks whose value is a code, a date or a reference
carry `Synchronised`: their value follows the original and never shows up in the translation editor.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail import blocks
from wagtail.admin.compare import BlockComparison
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks import StructBlock, TextBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from .fields import PartialDate, validate_partial_date
from .vocabulary import TermScheme

RICH_TEXT = ["bold", "italic", "link", "ul", "ol", "document-link"]


class Synchronised:
    """Keeps a block out of translation: the value of the original is copied.

    What such a block stores is a code, an id or a date; `describe` says it in words, in comparisons and previews.
    """

    def describe(self, value: Any) -> str:
        return "" if value is None else str(value)

    def render_basic(self, value: Any, context: Any = None) -> str:
        return escape(self.describe(value))

    def get_comparison_class(self) -> type[BlockComparison]:
        return BlockComparison

    def get_translatable_segments(self, value: Any) -> list:
        return []

    def restore_translated_segments(self, value: Any, segments: list) -> Any:
        return value


class Line(blocks.CharBlock):
    """One line of translated text."""

    class Meta:
        default = ""  # a value stored before the field existed reads as empty; translation cannot take None


class Text(TextBlock):
    """A few lines of translated plain text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("rows", 2)
        super().__init__(**kwargs)

    class Meta:
        default = ""


class Rich(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT)
        super().__init__(**kwargs)


class CodeText:
    """Codes are stored as the text they are: Wagtail would walk all choices and labels for each value it reads."""

    def normalize_choice(self, value: Any) -> Any:
        return value


class Choice(CodeText, Synchronised, blocks.ChoiceBlock):
    """A choice of one code of an enumeration: `Choice(vocabulary.UseStrength)`."""

    def __init__(self, enumeration: Any = None, **kwargs: Any) -> None:
        if enumeration is not None:
            kwargs["choices"] = enumeration.choices
        super().__init__(**kwargs)

    @cached_property
    def labels(self) -> dict[str, Any]:
        return dict(self.field.choices)

    def describe(self, value: Any) -> str:
        return str(dict(self.field.choices).get(value, value or ""))


class Country(Choice):
    """An ISO 3166-1 alpha-2 country code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", lambda: list(countries))
        super().__init__(**kwargs)


class Jurisdiction(Choice):
    """Where a legal note holds: everywhere, in the European Union, or in one country."""

    def __init__(self, **kwargs: Any) -> None:
        fixed = [("general", _("General")), ("EU", _("European Union"))]
        kwargs.setdefault("choices", lambda: fixed + list(countries))
        super().__init__(**kwargs)


class Codes(CodeText, Synchronised, blocks.MultipleChoiceBlock):
    """Several codes of an enumeration."""

    def describe(self, value: Any) -> str:
        labels = dict(self.field.choices)
        return ", ".join(str(labels.get(code, code)) for code in value or ())


class Day(Synchronised, blocks.DateBlock):
    pass


class Number(Synchronised, blocks.IntegerBlock):
    pass


class Decimal(Synchronised, blocks.DecimalBlock):
    pass


class Flag(Synchronised, blocks.BooleanBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def describe(self, value: Any) -> str:
        return gettext("Yes") if value else gettext("No")


class Code(Synchronised, blocks.CharBlock):
    """A short language-neutral mark, such as the number of a finding."""


class PartialDateBlock(Synchronised, blocks.CharBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("A year (2015), a month (2015-06) or a day (2015-06-30). Empty: not known."))
        super().__init__(max_length=10, validators=[validate_partial_date], **kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        return PartialDate(value) if value else None

    def normalize(self, value: Any) -> PartialDate | None:
        return PartialDate(value) if value else None

    def describe(self, value: Any) -> str:
        return PartialDate(value).display() if value else ""


class TermMixin:
    """Shared by the two term blocks: the codes of one vocabulary scheme, editable by editors."""

    scheme: str

    def term_choices(self) -> list[tuple[str, str]]:
        from .terms import choices

        return choices(self.scheme)

    def term_references(self, codes: Iterable[str]) -> Iterator[tuple[type[Model], str, str, str]]:
        """The reference index learns which terms are in use, so that one in use cannot be deleted."""
        from .models import Term

        for pk in Term.objects.filter(scheme=self.scheme, code__in=[c for c in codes if c]).values_list(
            "pk", flat=True
        ):
            yield Term, str(pk), "", ""


class TermChoice(TermMixin, Choice):
    def __init__(self, scheme: TermScheme | str = "", **kwargs: Any) -> None:
        self.scheme = str(scheme)
        kwargs.setdefault("choices", self.term_choices)
        super().__init__(**kwargs)

    def extract_references(self, value: Any) -> Iterator[tuple[type[Model], str, str, str]]:
        return self.term_references([value])


class TermChoices(TermMixin, Codes):
    def __init__(self, scheme: TermScheme | str = "", **kwargs: Any) -> None:
        self.scheme = str(scheme)
        kwargs.setdefault("choices", self.term_choices)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**kwargs)

    def extract_references(self, value: Any) -> Iterator[tuple[type[Model], str, str, str]]:
        return self.term_references(value or ())


class PageReference(Synchronised, blocks.PageChooserBlock):
    """A chosen page, kept as its id.

    `portal.references` reads the ids of a whole page at once and gives the page in the reader's language, so
    the block itself never queries.
    """

    @cached_property
    def widget(self) -> AdminPageChooser:
        from .admin.page_chooser import PageOfTypeChooser

        return PageOfTypeChooser(target_models=self.target_models)

    def to_python(self, value: Any) -> int | None:
        return value

    def bulk_to_python(self, values: list) -> list:
        return list(values)

    def normalize(self, value: Any) -> int | None:
        return value.pk if isinstance(value, Page) else value

    def get_prep_value(self, value: Any) -> int | None:
        return self.normalize(value)

    def value_from_form(self, value: Any) -> int | None:
        value = super().value_from_form(value)
        return value.pk if isinstance(value, Page) else value

    def clean(self, value: Any) -> int | None:
        cleaned = super().clean(value)
        return cleaned.pk if isinstance(cleaned, Page) else cleaned

    def describe(self, value: Any) -> str:
        page = Page.objects.filter(pk=value).first() if value else None
        return page.get_admin_display_title() if page else ""

    def extract_references(self, value: Any) -> Iterator[tuple[type[Model], str, str, str]]:
        if value:
            yield self.model_class, str(value), "", ""


class Pages(blocks.ListBlock):
    """A list of chosen pages: `Pages("patterns.PatternPage")`."""

    def __init__(self, page_type: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", [])
        super().__init__(PageReference(page_type), **kwargs)


class SnippetReference(Synchronised, SnippetChooserBlock):
    """A chosen snippet that has no translations, such as an organisation."""


def source_blocks(locator: bool = True) -> list[tuple[str, blocks.Block]]:
    """The two fields with which a statement names its source."""
    parts: list[tuple[str, blocks.Block]] = [
        ("source", PageReference("library.ResourcePage", required=False, label=_("Source")))
    ]
    if locator:
        parts.append(
            (
                "locator",
                Line(required=False, label=_("Where in the source"), help_text=_("A section or page, in words.")),
            )
        )
    return parts


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


def statements(label: Any, **kwargs: Any) -> Text:
    """A one-field block with a limit that keeps lists readable."""
    return Text(label=label, validators=[MaxLengthValidator(600)], **kwargs)


class Figure(StructBlock):
    """A number with its date, so that it cannot grow old unnoticed."""

    label = Line(label=_("What is counted"))
    value = Decimal(label=_("Value"))
    unit = Line(required=False, label=_("Unit"))
    as_of = PartialDateBlock(label=_("True as of"))

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        from .vocabulary import Qualifier

        super().__init__(
            [
                *(local_blocks or []),
                ("qualifier", Choice(Qualifier, default="exact", label=_("How exact"))),
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
        from . import vocabulary as v

        super().__init__(
            [
                ("finding", statements(_("What was found"))),
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
    from . import vocabulary as v

    def half(uses: Any, scheme: TermScheme, label: Any, icon: str, description: Any) -> StructBlock:
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
                TermScheme.INSTITUTIONAL_TOOL,
                _("Use by institutions"),
                "site",
                _("What police and authorities use it for."),
            ),
        ),
        (
            "citizen",
            half(v.CitizenUse, TermScheme.CITIZEN_TOOL, _("Use by citizens"), "group", _("What citizens use it for.")),
        ),
    ]
