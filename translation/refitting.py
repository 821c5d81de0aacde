"""Texts that were handed out before the page type was changed, and that do not fit into the page as it is built now.

Blocks stay out of migrations (`portal.fields.StreamField`), so no migration tells that one was changed: the texts
are taken out of what was handed out once more, and compared.
"""

from typing import Any

from django.contrib import messages
from django.db.models import Value
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail_localize import segments as values
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SourceDeletedError,
    StringSegment,
    TemplateSegment,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments

from . import places

KINDS: dict[type, type[Any]] = {
    values.StringSegmentValue: StringSegment,
    values.TemplateSegmentValue: TemplateSegment,
    values.RelatedObjectSegmentValue: RelatedObjectSegment,
    values.OverridableSegmentValue: OverridableSegment,
}


# To build a page takes queries for all that it refers to. What was found holds while the same places have the same
# blocks and fields, which are kept here so that no others take their numbers.
MOST_KNOWN = 500
_known: dict[Any, tuple[bool, list[Any]]] = {}


def fits(source: TranslationSource) -> bool:
    """Whether every text has the place that it had when it was handed out, and is the same kind of text there."""
    first, *others = [
        model.objects.filter(source=source)
        .values_list(Value(number), "context__path", "context__field_path")
        .order_by()
        for number, model in enumerate(KINDS.values())
    ]
    rows = sorted(first.union(*others))
    blocks = [places.of_path(source, path, field_path).of for _kind, path, field_path in rows]
    key = (source.pk, source.last_updated_at, *rows, *map(id, blocks))
    if key not in _known:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = _fits(source, {(kind, path) for kind, path, _field_path in rows}), blocks
    return _known[key][0]


def _fits(source: TranslationSource, kept: set[tuple[int, str]]) -> bool:
    try:
        now = {(list(KINDS).index(type(value)), value.path) for value in extract_segments(source.as_instance())}
    except SourceDeletedError:
        return True
    paths = {path for _kind, path in kept}
    return kept == {(kind, path) for kind, path in now if path in paths}


def refit(source: TranslationSource) -> bool:
    """Give the texts their places in the page as it is built now; whether that was necessary.

    What has no place any more stays in the memory, and what has a new one is a gap.
    """
    if fits(source):
        return False
    source.refresh_segments()
    return True


def tell(request: HttpRequest) -> None:
    messages.warning(
        request,
        _(
            "The type of this page was changed after its texts had been handed out. When you keep a draft, hand in or"
            " publish, they are taken out of the original anew. What was translated stays in the memory."
        ),
    )
