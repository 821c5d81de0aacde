"""The texts of a page or term as wagtail-localize cuts them, each with its place in words for translators."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from wagtail.fields import StreamField
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

LIMIT_WORTH_TELLING = 300
WORDS = re.compile(r"\w+(?:[’'-]\w+)*")


@dataclass(frozen=True)
class Segment:
    text: str  # as wagtail-localize keeps it: inline HTML, plain text escaped
    path: str  # with the ids of blocks
    place: str  # in words, without ids
    limit: int | None  # how many characters the field takes

    @property
    def comment(self) -> str:
        few = self.limit and self.limit <= LIMIT_WORTH_TELLING
        return f" (at most {self.limit} characters)" if few else ""


def segments_of(instance: Model) -> list[Segment]:
    """The segments of `instance` in the order of the page."""
    return described(extract_segments(instance), instance)


def described(values: Iterable[Any], instance: Model) -> list[Segment]:
    """The texts among the segment values of `instance`, with their places in words."""
    names = block_names(instance)
    return [
        Segment(value.string.data, value.path, _in_words(value.path, names), _limit(instance, value.path))
        for value in values
        if isinstance(value, StringSegmentValue)
    ]


def block_names(instance: Model) -> dict[str, str]:
    """The type of every block of `instance` by its id."""
    names: dict[str, str] = {}
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            for raw in getattr(instance, field.name).raw_data:
                names.update(_names_inside(raw))
    return names


def _names_inside(raw: Any) -> Iterator[tuple[str, str]]:
    if isinstance(raw, dict):
        if "id" in raw and "type" in raw:
            yield str(raw["id"]), str(raw["type"])
        for value in raw.values():
            yield from _names_inside(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _names_inside(value)


def _in_words(path: str, names: dict[str, str]) -> str:
    words = [names.get(part, part) for part in path.split(".")]
    return " > ".join(word.replace("_", " ") for word in words if word != "item" and not is_id(word))


def is_id(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True


def _limit(instance: Model, path: str) -> int | None:
    """The limit of a field of the page itself, or of one of its rows (`portal_sources.<key>.note`)."""
    first, *rest = path.split(".")
    try:
        field = instance._meta.get_field(first)
        if rest and field.related_model:
            field = field.related_model._meta.get_field(rest[-1])
    except FieldDoesNotExist:
        return None
    return getattr(field, "max_length", None)


def count_words(text: str) -> int:
    return len(WORDS.findall(re.sub(r"<[^>]*>", " ", text)))
