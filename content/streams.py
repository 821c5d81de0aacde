"""Turns the lists of a content file into the raw data of a StreamField.

Every block gets an id made from the code of its record and its position, so that loading the same file twice,
or on two sites, gives the same ids, on which translations hang.
"""

import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from portal.blocks import PageReference, PartialDateBlock, SnippetReference, TermChoice, TermChoices

from .problems import Place
from .references import Gone, References
from .rich_text import rich_text

NAMESPACE = uuid.UUID("b6a2a3f0-6f0d-5d8c-9f0e-2c1f4f3d7a11")


def stable_id(*parts: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(parts))


class StreamReader:
    """Reads the streams of one record."""

    def __init__(self, key: str, references: References) -> None:
        self.key = key
        self.references = references

    def read(self, block: blocks.StreamBlock, value: Any, place: Place, path: str) -> str:
        """The raw data of a whole field, as JSON."""
        return json.dumps(self.stream(block, value, place, path), cls=DjangoJSONEncoder)

    def stream(self, block: blocks.StreamBlock, value: Any, place: Place, path: str) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            place.complain("a list of blocks is needed: “- block: value”")
            return []
        raw = []
        for index, entry in enumerate(value):
            here = place.entry(index)
            if not isinstance(entry, dict) or len(entry) != 1:
                here.complain("each entry is one block: “- block: value”")
                continue
            name, content = next(iter(entry.items()))
            child = block.child_blocks.get(name)
            if child is None:
                here.complain(f"no block “{name}” here; there is {', '.join(block.child_blocks)}")
                continue
            inner = f"{path}.{index}"
            here = place.entry(index, name)
            with suppress(Gone):
                raw.append({"type": name, "id": self._id(inner), "value": self.value(child, content, here, inner)})
        return raw

    def value(self, block: blocks.Block, value: Any, place: Place, path: str) -> Any:
        for block_class, read in self._readers():
            if isinstance(block, block_class):
                return read(block, value, place, path)
        return self.leaf(block, value, place, path)

    def _readers(self) -> list[tuple[type[blocks.Block], Callable]]:
        return [
            (ImageBlock, self.image),
            (blocks.StreamBlock, self.stream),
            (blocks.StructBlock, self.struct),
            (blocks.ListBlock, self.items),
            (PageReference, self.page),
            (SnippetReference, self.snippet),
            (TermChoice, self.term),
            (TermChoices, self.terms),
            (blocks.RichTextBlock, self.rich),
        ]

    def struct(self, block: blocks.StructBlock, value: Any, place: Place, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            place.complain(f"a mapping is needed: {', '.join(block.child_blocks)}")
            return {}
        for unknown in [key for key in value if key not in block.child_blocks]:
            place.at(str(unknown)).complain(f"not a known field; there is {', '.join(block.child_blocks)}")
        return {
            name: self.value(child, value.get(name), place.at(name), f"{path}.{name}")
            for name, child in block.child_blocks.items()
        }

    def items(self, block: blocks.ListBlock, value: Any, place: Place, path: str) -> list[dict[str, Any]]:
        if value is None:
            value = []
        if not isinstance(value, list):
            place.complain("a list is needed")
            return []
        raw = []
        for index, entry in enumerate(value):
            here = place.entry(index)
            inner = f"{path}.{index}"
            with suppress(Gone):
                content = self.value(block.child_block, entry, here, inner)
                raw.append({"type": "item", "id": self._id(inner), "value": content})
        return raw

    def page(self, block: PageReference, value: Any, place: Place, path: str) -> int | None:
        if self._is_missing(block, value, place):
            return None
        return self._optional(block, self.references.page, value, place)

    def snippet(self, block: SnippetReference, value: Any, place: Place, path: str) -> int | None:
        if self._is_missing(block, value, place):
            return None
        return self._optional(block, self.references.row, value, place)

    def _optional(self, block: Any, look_up: Callable, value: Any, place: Place) -> int | None:
        """A reference to what is gone becomes empty, or takes the block that needs it with it."""
        try:
            return look_up(value, block.model_class._meta.label, place)
        except Gone:
            if block.required:
                raise
            return None

    def term(self, block: TermChoice, value: Any, place: Place, path: str) -> str:
        return "" if self._is_missing(block, value, place) else self.references.term(block.scheme, value, place)

    def terms(self, block: TermChoices, value: Any, place: Place, path: str) -> list[str]:
        if not isinstance(value, list | None):
            place.complain("a list of codes is needed")
            return []
        return [self.references.term(block.scheme, code, place) for code in value or []]

    def rich(self, block: blocks.RichTextBlock, value: Any, place: Place, path: str) -> str:
        if self._is_missing(block, value, place) or not self._is_text(value, place):
            return ""
        return rich_text(value, self.references, place)

    def image(self, block: ImageBlock, value: Any, place: Place, path: str) -> None:
        place.complain("pictures are not loaded from files; add them on the site, with their rights")

    def leaf(self, block: blocks.Block, value: Any, place: Place, path: str) -> Any:
        """A single value, checked by its own block."""
        if value is None:
            value = block.get_default()
        elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and not isinstance(block, PartialDateBlock):
            if not self._is_text(value, place):
                return ""
            value = value.strip()
        elif isinstance(block, PartialDateBlock):
            value = str(value)
        try:
            cleaned = block.clean(block.normalize(block.to_python(value)))
        except (ValidationError, ValueError, TypeError) as error:
            for message in getattr(error, "messages", [error]):
                place.complain(message)
            return value
        return json.loads(json.dumps(block.get_prep_value(cleaned), cls=DjangoJSONEncoder))

    def _is_text(self, value: Any, place: Place) -> bool:
        if not isinstance(value, str):
            place.complain(f"text is needed, not {value!r}; put it in quotes")
        return isinstance(value, str)

    def _is_missing(self, block: blocks.Block, value: Any, place: Place) -> bool:
        if value in (None, "") and block.required:
            place.complain("is missing")
        return value in (None, "")

    def _id(self, path: str) -> str:
        return str(stable_id("block", self.key, path))
