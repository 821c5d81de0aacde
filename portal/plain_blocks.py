"""The plain blocks from which all others are made: text, codes, dates, references.

wagtail-localize takes every text block for text to translate. Blocks whose value is a code, a date or a reference
carry `Synchronised`: their value follows the original and never shows up in the translation editor.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail import blocks
from wagtail.admin.compare import BlockComparison
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks import TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from .fields import PartialDate, plain_lines, validate_partial_date
from .geography import WIDER
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

    def value_from_form(self, value: Any) -> Any:
        return plain_lines(value)

    class Meta:
        default = ""


class Rich(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT)
        super().__init__(**kwargs)

    def get_comparison_class(self) -> type[BlockComparison]:
        from .admin.comparison import RichBlockComparison

        return RichBlockComparison


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
        kwargs.setdefault("choices", lambda: [*WIDER.items(), *countries])
        super().__init__(**kwargs)


class Codes(CodeText, Synchronised, blocks.MultipleChoiceBlock):
    """Several codes of an enumeration."""

    def describe(self, value: Any) -> str:
        chosen = set(value or ())  # a set of codes has no order; the form only happens to send one
        return ", ".join(str(label) for code, label in self.field.choices if code in chosen)


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


class WebAddress(Synchronised, blocks.URLBlock):
    pass


class DocumentReference(Synchronised, DocumentChooserBlock):
    """A chosen file, the same in every language."""


class SnippetReference(Synchronised, SnippetChooserBlock):
    """A chosen snippet that has no translations, such as an organisation."""
