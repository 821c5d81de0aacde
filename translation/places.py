"""Where a text or value stands in its page or entry: what the field is called, its markup, how long it may be."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.core.exceptions import FieldDoesNotExist
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.models import OverridableSegment, StringSegment, TranslationSource

Kind = Literal["html", "text"]


@dataclass(frozen=True)
class Place:
    labels: tuple[str, ...]  # from the field down to the block
    kind: Kind
    max_length: int | None = None
    has_lines: bool = True
    of: Any = field(default=None, compare=False, repr=False)  # the field of the model, or the block

    @property
    def label(self) -> str:
        return self.labels[-1] if self.labels else ""


UNKNOWN = Place((), "html")


def place(source: TranslationSource, segment: StringSegment | OverridableSegment) -> Place:
    """Without a query when the content type and the context are at hand; the models say all of it."""
    return of_path(source, segment.context.path, segment.context.field_path)


def of_path(source: TranslationSource, path: str, field_path: str) -> Place:
    model = source.specific_content_type.model_class()
    try:
        return _of_field(model, (field_path or path.partition(".")[0]).split("."))
    except (LookupError, AttributeError, TypeError, FieldDoesNotExist):  # the type was changed meanwhile
        return UNKNOWN


def _of_field(model: Any, path: list[str]) -> Place:
    field = model._meta.get_field(path[0])
    if isinstance(field, StreamField):
        label = (capfirst(str(field.verbose_name)),)
        return _of_block(field.stream_block, path[1:], label)
    if isinstance(field, models.ManyToOneRel):
        below = _of_field(field.related_model, path[1:])
        label = (capfirst(str(field.related_model._meta.verbose_name)),)
        return replace(below, labels=label + below.labels)
    kind: Kind = "html" if isinstance(field, RichTextField) else "text"
    label = (capfirst(str(field.verbose_name)),)
    return Place(label, kind, _longest(field), has_lines=not isinstance(field, models.CharField), of=field)


def _of_block(block: Any, path: list[str], labels: tuple[str, ...]) -> Place:
    while path and not isinstance(block, blocks.RichTextBlock):  # below which there are its links
        name, path = path[0], path[1:]
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
            continue
        block = block.child_blocks[name]
        labels = (*labels, capfirst(str(block.label)))
    kind: Kind = "html" if isinstance(block, blocks.RichTextBlock) else "text"
    limit = _longest(getattr(block, "field", None))
    return Place(labels, kind, limit, has_lines=not isinstance(block, blocks.CharBlock), of=block)


def _longest(field: Any) -> int | None:
    """A limit may stand in the field or in one of its validators, as in `portal.blocks.short_text`."""
    limits = [one.limit_value for one in getattr(field, "validators", ()) if isinstance(one, MaxLengthValidator)]
    limits.append(getattr(field, "max_length", None))
    return min((limit for limit in limits if isinstance(limit, int)), default=None)
