"""Streams as they are stored.

A page of plain text blocks needs no block objects to be printed: reading the stored values takes a third of the time.
Values are what JSON holds: text, numbers, codes, ids, and days as ISO text.
"""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail import blocks

from . import richtext
from .blocks import PageReference


class Stored(NamedTuple):
    type: str
    value: Any


def stored(stream: Any) -> list[Stored]:
    """The blocks of a stream value, saved or as a form holds them."""
    raw = getattr(stream, "raw_data", None)
    return [Stored(item["type"], item["value"]) for item in raw] if raw is not None else []


def values(stream: Any, kind: str) -> list[Any]:
    return [value for its_kind, value in stored(stream) if its_kind == kind]


def items(value: dict[str, Any], name: str) -> list[Any]:
    """What a list in a block holds: items are stored as `{"type": "item", "value": …}`, long ago as values."""
    return [item["value"] if isinstance(item, dict) else item for item in value.get(name) or ()]


def by_type(stream: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for kind, value in stored(stream):
        found.setdefault(kind, []).append(value)
    return found


def day(value: Any) -> datetime.date | None:
    """A day, saved or as a form holds it; none where a draft does not say it yet."""
    return datetime.date.fromisoformat(str(value)) if value else None


def page_ids(stream: Any) -> set[int]:
    """The ids of all pages that a stream names, by choosing them or in the links of its rich text."""
    found: set[int] = set()
    block = getattr(stream, "stream_block", None)
    places = _places(block) if block is not None else None
    if places:
        for kind, value in stored(stream):
            if kind in places:
                found.update(_ids(places[kind], value))
    return found


REFERENCE, RICH_TEXT = "reference", "rich text"


def _places(block: blocks.Block) -> Any:
    """Where in a block's values pages may be named: worked out once for each block, kept on it."""
    if "_page_places" not in block.__dict__:
        block.__dict__["_page_places"] = _find_places(block)
    return block.__dict__["_page_places"]


def _find_places(block: blocks.Block) -> Any:
    if isinstance(block, PageReference):
        return REFERENCE
    if isinstance(block, blocks.RichTextBlock):
        return RICH_TEXT
    if isinstance(block, blocks.ListBlock):
        inner = _places(block.child_block)
        return [inner] if inner else None
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        named = {name: _places(child) for name, child in block.child_blocks.items()}
        return {name: place for name, place in named.items() if place} or None
    return None


def _ids(place: Any, value: Any) -> Iterator[int]:
    if not value:
        return
    if place == REFERENCE:
        if isinstance(value, int):
            yield value
    elif place == RICH_TEXT:
        yield from richtext.page_ids(str(value))
    else:
        for inner, part in _parts(place, value):
            yield from _ids(inner, part)


def _parts(place: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(place, list):  # items are stored as {"type": "item", "value": …}, long ago as values
        for item in value:
            yield place[0], item["value"] if isinstance(item, dict) and "value" in item else item
    elif isinstance(value, dict):
        for name, inner in place.items():
            yield inner, value.get(name)
    else:  # a stream within a stream
        for item in value:
            if item.get("type") in place:
                yield place[item["type"]], item.get("value")
