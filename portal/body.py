"""The running text of topics, news and standard pages as sections with hanging heads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from .links import PageLink

if TYPE_CHECKING:
    from .reading import Reading


@dataclass(frozen=True)
class Part:
    """One block of running text; `kind` is the block's type, the other fields are what that type has."""

    kind: str
    title: str = ""
    html: str = ""
    text: str = ""
    items: tuple[Any, ...] = ()
    rows: tuple[Any, ...] = ()
    image: Any = None


@dataclass
class Section:
    anchor: str
    title: str
    parts: list[Part] = field(default_factory=list)


def sections(body: Iterable[Any], reading: "Reading") -> list[Section]:
    found: list[Section] = []
    anchors: set[str] = set()
    for block in body:
        if block.block_type == "heading":
            found.append(Section(anchor_of(block.value, anchors), block.value))
            continue
        if not found:
            found.append(Section("", ""))
        part = _part(block.block_type, block.value, reading)
        if part is not None:
            found[-1].parts.append(part)
    return found


def anchor_of(title: str, taken: set[str]) -> str:
    """The anchor of a heading, which no other heading in `taken` has."""
    base = anchor = slugify(title)[:50] or "section"
    number = 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor


def _part(kind: str, value: Any, reading: "Reading") -> Part | None:
    match kind:
        case "paragraph":
            return Part(kind, html=reading.rich(value.source))
        case "callout":
            return Part(kind, title=value["title"], html=reading.rich(value["text"].source))
        case "quote":
            return Part(kind, text=value["text"], title=value["attribution"])
        case "table":
            header = tuple(value["header"])
            rows = tuple(tuple(zip(header, row, strict=False)) for row in value["rows"])
            return Part(kind, title=value["caption"], items=header, rows=rows)
        case "questions":
            return Part(kind, title=value["title"], items=tuple(value["items"]))
        case "image":
            return Part(kind, image=value) if value and value.may_be_shown else None
        case "related":
            links: list[PageLink] = [reading.links[pk] for pk in value["pages"] if pk in reading.links]
            return Part(kind, title=value["title"], items=tuple(links)) if links else None
    return None
