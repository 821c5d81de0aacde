"""The words of a page, field by field and block by block, without knowing its type.

Left out: codes, dates and other values that are no text, addresses, what is said of another page (it is printed only
to those who may see that page), and whatever stands behind a consent that does not hold. Text behind a consent that
ends one day comes apart from the rest, by the day.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page, TranslatableMixin
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.index import Indexed
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from portal.blocks import BodyStream, PageReference, Synchronised, TermMixin
from portal.body import anchor_of
from portal.fields import CodesField
from portal.models import Consent, KnowledgePage

# Shown elsewhere in a hit, or never shown to readers.
APART = {
    *("title", "summary", "slug", "code", "seo_title", "search_description", "change_notes", "comment_prompt"),
    "image_alt",  # stands behind the consent of the image
}
REFERENCES = {"locator"}  # keys of blocks that say where in a source something stands
HEADINGS = {"heading", "title", "name"}  # blocks and keys of blocks that head what follows


class Place(NamedTuple):
    """The section of the page in which a text stands."""

    anchor: str
    title: str


NOWHERE = Place("", "")

Labels = Mapping[tuple[str, str], str]


class PageText:
    """Collects the words of one page."""

    def __init__(self, page: KnowledgePage, labels: Labels) -> None:
        self.labels = labels
        self.headings: list[str] = []
        self.body: list[str] = []
        self.places: list[Place] = []  # in which section each text of the body stands
        self._place = NOWHERE
        self._sections = page.text_sections
        self._anchors: set[str] = set()
        self.behind_consent: dict[datetime.date | None, list[str]] = defaultdict(list)
        self._add_fields(page)
        self._add_children(page)

    def _add_fields(self, page: KnowledgePage) -> None:
        for field in text_fields(type(page)):
            value = getattr(page, field.name)
            self._place = self._place_of(field.name)
            if isinstance(field, StreamField):
                self._walk_stream(field.name, value)
            elif isinstance(field, CodesField):
                for label in field.labels(value):
                    self._add(label, self.body)
            elif isinstance(field, RichTextField):
                self._add(get_text_for_indexing(value or ""), self.body)
            else:
                self._add(str(value or ""), self.body)

    def _place_of(self, field: str, block_type: str = "") -> "Place":
        anchor, title = self._sections.get(f"{field}.{block_type}") or self._sections.get(field) or NOWHERE
        return Place(anchor, str(title))

    def _add_children(self, page: KnowledgePage) -> None:
        """Rows of child relations that are translated text."""
        self._place = NOWHERE
        for relation in get_all_child_relations(page):
            model = relation.related_model
            if not issubclass(model, TranslatableMixin) or _names_a_page(model):
                continue
            names = [field.name for field in _plain_fields(model)]
            for row in getattr(page, relation.get_accessor_name()).all():
                for name in names:
                    self._add(str(getattr(row, name) or ""), self.body)

    def _add(self, text: str, into: list[str]) -> None:
        if text := text.strip():
            into.append(text)
            if into is self.body:
                self.places.append(self._place)

    def _walk_stream(self, field: str, stream: Any) -> None:
        for child in stream:
            if isinstance(stream.stream_block, BodyStream):
                if child.block_type == "heading":
                    self._place = Place(anchor_of(child.value, self._anchors), child.value)
            else:
                self._place = self._place_of(field, child.block_type)
            self._walk_named(child.block_type, child.block, child.value, self.body)

    def _walk(self, block: Any, value: Any, into: list[str]) -> None:
        if value is None or value == "":
            return
        if isinstance(value, AbstractImage):  # an image block is a struct whose value is the image itself
            self._add_image(value, into)
        elif isinstance(block, blocks.StructBlock):
            self._walk_struct(block, value, into)
        elif isinstance(block, blocks.StreamBlock):
            for child in value:
                self._walk_named(child.block_type, child.block, child.value, into)
        elif isinstance(block, blocks.ListBlock):
            for item in value:
                self._walk(block.child_block, item, into)
        else:
            self._add(self._leaf(block, value), into)

    def _add_image(self, image: Any, into: list[str]) -> None:
        if image.may_be_shown:
            into = self.behind_consent[last_day(image.consent)] if image.consent else into
            self._add(image.contextual_alt_text or "", into)

    def _walk_struct(self, block: Any, value: Any, into: list[str]) -> None:
        if any(isinstance(child, PageReference) and child.required for child in block.child_blocks.values()):
            return
        if "consent" in block.child_blocks:
            consent = value.get("consent")
            if not isinstance(consent, Consent) or not consent.is_valid:
                return
            into = self.behind_consent[last_day(consent)]
        for name, child in block.child_blocks.items():
            self._walk_named(name, child, value.get(name), into)

    def _walk_named(self, name: str, block: Any, value: Any, into: list[str]) -> None:
        if name in REFERENCES:
            return
        is_heading = name in HEADINGS and into is self.body and isinstance(block, blocks.CharBlock)
        self._walk(block, value, into)
        if is_heading and value:
            self.headings.append(str(value))

    def _leaf(self, block: Any, value: Any) -> str:
        if isinstance(block, TermMixin):
            codes = [value] if isinstance(value, str) else value
            return ". ".join(self.labels.get((block.scheme, code), "") for code in codes)
        if isinstance(block, SnippetChooserBlock):
            return str(value) if isinstance(value, Indexed) else ""  # proper names; people and consents are not indexed
        if isinstance(block, Synchronised):
            return ""
        if isinstance(block, blocks.RichTextBlock):
            return get_text_for_indexing(value.source)
        if isinstance(block, blocks.CharBlock | blocks.TextBlock):
            return str(value)
        return ""


def last_day(consent: Consent) -> datetime.date | None:
    """The day from which a valid consent no longer holds."""
    ends = [day for day in (consent.expires_on, consent.withdrawn_on) if day]
    return min(ends) if ends else None


_fields: dict[type, list[Any]] = {}


def text_fields(model: type[KnowledgePage]) -> list[Any]:
    """The fields that hold words, the running text first."""
    if model not in _fields:
        translatable = {f.field_name for f in get_translatable_fields(model) if isinstance(f, TranslatableField)}
        found = [field for field in model._meta.get_fields() if _holds_words(field, translatable)]
        # Remarks in plain fields come last, so that of equal passages a snippet shows one of the text.
        _fields[model] = sorted(found, key=lambda field: not isinstance(field, RichTextField | StreamField))
    return _fields[model]


def _holds_words(field: Any, translatable: set[str]) -> bool:
    if field.name in APART or getattr(field, "model", None) is None:
        return False
    if isinstance(field, CodesField):
        return True
    if field.name in translatable:
        return isinstance(field, models.CharField | models.TextField | StreamField)
    # What follows the original in every language: names, numbers and dates of works, not drawings and addresses.
    return _is_own_short_text(field)


def _is_own_short_text(field: Any) -> bool:
    plain = isinstance(field, models.CharField) and not isinstance(field, models.SlugField | models.URLField)
    return plain and field.editable and not field.choices and issubclass(field.model, KnowledgePage)


def _names_a_page(model: Any) -> bool:
    """Whether rows are about a page beside the one they belong to, as the reasons of relations and sources are."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return any(issubclass(key.related_model, Page) and not isinstance(key, ParentalKey) for key in keys)


def _plain_fields(model: Any) -> Iterator[Any]:
    for field in model._meta.get_fields():
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable:
            yield field
