"""How two versions of a page are compared: in words, without what only the browser or the editor's form has changed."""

import re
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from taggit.managers import TaggableManager
from wagtail.admin.compare import (
    BlockComparison,
    FieldComparison,
    RichTextFieldComparison,
    StreamBlockComparison,
    StreamFieldComparison,
    TagsFieldComparison,
    diff_text,
    register_comparison_class,
)
from wagtail.fields import RichTextField
from wagtail.utils.text import text_from_html

from ..fields import CodesField, StreamField

KEY = re.compile(r' data-block-key="[^"]*"')
DIFFERENCE = re.compile('class="[^"]*(addition|deletion)')
TAG = re.compile(r"<(\w+)((?:\s[^<>]*)?)>")


def without_marks(html: Any) -> str:
    """Rich text without the keys that the editor adds to paragraphs, and with attributes in one order."""

    def in_order(match: re.Match) -> str:
        attributes = sorted(re.findall(r'[\w-]+="[^"]*"', match[2]))
        return f"<{' '.join([match[1], *attributes])}>"

    return TAG.sub(in_order, KEY.sub("", str(html or "")))


def rich_text_diff(old: Any, new: Any) -> SafeString:
    old_text, new_text = (text_from_html(str(html or "").replace("</p>", "</p>\n")) for html in (old, new))
    if old_text == new_text and without_marks(old) != without_marks(new):
        note = _("Links or formatting have changed.")
        return format_html('{} <span class="addition">{}</span>', new_text, note)
    return diff_text(old_text, new_text).to_html()


class RichTextComparison(RichTextFieldComparison):
    def has_changed(self) -> bool:
        return without_marks(self.val_a) != without_marks(self.val_b)

    def htmldiff(self) -> SafeString:
        return rich_text_diff(self.val_a, self.val_b)


class RichBlockComparison(BlockComparison):
    def has_changed(self) -> bool:
        return without_marks(self.source(self.val_a)) != without_marks(self.source(self.val_b))

    def htmldiff(self) -> SafeString:
        return rich_text_diff(self.source(self.val_a), self.source(self.val_b))

    def htmlvalue(self, val: Any) -> str:
        return escape(text_from_html(self.source(val).replace("</p>", "</p>\n")))

    def source(self, value: Any) -> str:
        return getattr(value, "source", value) or ""


class StreamComparison(StreamFieldComparison):
    """Only the blocks that have changed, each under its name."""

    def has_changed(self) -> bool:
        return bool(self.changes) or self.is_reordered

    @cached_property
    def comparisons(self) -> list[BlockComparison]:
        return StreamBlockComparison(
            self.field.stream_block, True, True, self.val_a, self.val_b
        ).get_block_comparisons()

    @cached_property
    def changes(self) -> list[tuple[str, str, SafeString]]:
        """Name, kind of change and content of each block that differs in what it says."""
        found = []
        for comparison in self.comparisons:
            label = str(comparison.block.label)
            if comparison.is_new():
                found.append((label, "addition", comparison.htmlvalue(comparison.val_b)))
            elif comparison.is_deleted():
                found.append((label, "deletion", comparison.htmlvalue(comparison.val_a)))
            elif comparison.has_changed() and DIFFERENCE.search(html := comparison.htmldiff()):
                found.append((label, "", html))
        return found

    @cached_property
    def is_reordered(self) -> bool:
        old, new = ([block.id for block in value] for value in (self.val_a, self.val_b))
        return [pk for pk in old if pk in new] != [pk for pk in new if pk in old]

    def htmldiff(self) -> SafeString:
        block = '<div class="comparison__child-object {1}"><strong>{0}</strong> {2}</div>'
        parts = [format_html_join("\n", block, self.changes)]
        unchanged = len(self.comparisons) - len(self.changes)
        if unchanged:
            text = ngettext("%(count)d entry is unchanged.", "%(count)d entries are unchanged.", unchanged)
            parts.append(format_html("<p>{}</p>", text % {"count": unchanged}))
        if self.is_reordered:
            parts.append(format_html('<p><span class="addition">{}</span></p>', _("The order has changed.")))
        return mark_safe("\n".join(parts))  # each part is escaped


class ListComparison(FieldComparison):
    """A list of codes, as one line of text."""

    def describe(self, value: Any) -> str:
        return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value or "")

    def htmldiff(self) -> str:
        return diff_text(self.describe(self.val_a), self.describe(self.val_b)).to_html()


class CodesComparison(ListComparison):
    def describe(self, value: Any) -> str:
        return ", ".join(self.field.labels(value or []))


class TagsComparison(TagsFieldComparison):
    """Tags have no order; the form only happens to send them in one."""

    def get_items(self) -> tuple[list[Any], list[Any]]:
        old, new = super().get_items()
        return sorted(old, key=str), sorted(new, key=str)

    def has_changed(self) -> bool:
        old, new = self.get_items()
        return old != new


register_comparison_class(TaggableManager, comparison_class=TagsComparison)
register_comparison_class(models.JSONField, comparison_class=ListComparison)
register_comparison_class(CodesField, comparison_class=CodesComparison)
register_comparison_class(RichTextField, comparison_class=RichTextComparison)
register_comparison_class(StreamField, comparison_class=StreamComparison)
