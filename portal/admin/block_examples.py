"""Previews in the block picker: an example of each block from a published page, in the look of the site.

Taken from real pages they need no invented text, and no translation of one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.utils.translation import get_language
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from ..blocks import Synchronised
from ..querysets import visible
from ..stored_content import stream_fields


def install_examples() -> None:
    for model in apps.get_models():
        if issubclass(model, Page):
            for stream in stream_fields(model):
                for name, block in stream.stream_block.child_blocks.items():
                    block.meta.preview_value = partial(example, model, stream, name)


def example(model: type[Page], stream: StreamField, name: str) -> Any:
    """The longest block of this kind that readers can see, in the editor's language if there is one."""
    found = list(_published(model, stream, name, get_language() or "")) or list(_published(model, stream, name))
    if found:
        return max(found, key=lambda value: len(str(value)))
    return stream.stream_block.child_blocks[name].get_default()


def _published(model: type[Page], stream: StreamField, name: str, language: str = "") -> Iterator[Any]:
    pages = visible(model.objects.order_by("-last_published_at"))
    if language:
        pages = pages.filter(locale__language_code=language)
    for value in pages.values_list(stream.name, flat=True)[:20]:
        yield from (child.value for child in value if child.block_type == name)


@dataclass
class Part:
    """One labelled piece of a block's value."""

    label: str
    kind: str  # text, html, image, or group
    value: Any = ""
    parts: list["Part"] = field(default_factory=list)


def parts_of(block: blocks.Block, value: Any, label: str = "") -> Part:
    """What a block says, piece by piece, without what is empty."""
    if isinstance(block, ImageBlock):
        return Part(label, "image", value)
    if isinstance(block, blocks.StructBlock):
        children = [parts_of(child, value.get(name), str(child.label)) for name, child in block.child_blocks.items()]
        return Part(label, "group", parts=[part for part in children if part.value or part.parts])
    if isinstance(block, blocks.ListBlock):
        return Part(label, "group", parts=[parts_of(block.child_block, item) for item in value or ()])
    if isinstance(block, blocks.RichTextBlock):
        return Part(label, "html", value)
    return Part(label, "text", block.describe(value) if isinstance(block, Synchronised) else str(value or ""))
