"""The originals as wagtail-localize's translation sources, written in bulk.

`TranslationSource.update_or_create_from_instance` makes the same rows one by one, with some ten queries for each
text. A test compares the two.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .segments import block_names, described, is_id

BATCH = 500


class Source:
    """An original ready to be translated: its source, its segments, and the ids of their texts and places."""

    def __init__(self, original: Any) -> None:
        self.original = original
        self.row, fresh = _source_row(original)
        self._instance = original
        if isinstance(original, ClusterableModel):
            self._instance = original.with_content_json(json.loads(self.row.content_json))
        self._streams = {
            field.attname: field.value_to_string(self._instance)
            for field in type(original)._meta.concrete_fields
            if isinstance(field, StreamField)
        }
        self.values: list[Any] = extract_segments(self.instance())
        self.segments = described(self.values, original)
        self.names = block_names(original)
        self.contexts = self._contexts()
        texts = {value.string.data for value in self.values if isinstance(value, StringSegmentValue)}
        self.strings = _strings(texts, original.locale_id)
        if fresh:
            self._write_segments()

    def instance(self) -> Any:
        """The original as it was when the source was taken.

        Ingesting translations writes them into the streams they are read from, so every caller gets new streams.
        """
        for name, raw in self._streams.items():
            setattr(self._instance, name, raw)
        return self._instance

    def _contexts(self) -> dict[str, int]:
        paths = list(dict.fromkeys(value.path for value in self.values))
        TranslationContext.objects.bulk_create(
            [
                TranslationContext(
                    object_id=self.row.object_id,
                    path=path,
                    path_id=TranslationContext._get_path_id(path),
                    field_path=self._field_path(path),
                )
                for path in paths
            ],
            ignore_conflicts=True,
            batch_size=BATCH,
        )
        return dict(TranslationContext.objects.filter(object_id=self.row.object_id).values_list("path", "pk"))

    def _field_path(self, path: str) -> str:
        parts = [self.names.get(part, part) for part in path.split(".")]
        return ".".join(part for part in parts if not is_id(part) and not part.startswith("'"))

    def _write_segments(self) -> None:
        strings, templates, overridables = [], [], []
        for value in self.values:
            shared = {"source": self.row, "context_id": self.contexts[value.path], "order": value.order}
            if isinstance(value, TemplateSegmentValue):
                templates.append(TemplateSegment(template=Template.from_value(value), **shared))
            elif isinstance(value, OverridableSegmentValue):
                data = json.dumps(value.data, cls=DjangoJSONEncoder)
                overridables.append(OverridableSegment(data_json=data, **shared))
            else:
                attrs = json.dumps(value.attrs, cls=DjangoJSONEncoder)
                strings.append(StringSegment(string_id=self.strings[value.string.data], attrs=attrs, **shared))
        StringSegment.objects.bulk_create(strings, batch_size=BATCH)
        TemplateSegment.objects.bulk_create(templates, batch_size=BATCH)
        OverridableSegment.objects.bulk_create(overridables, batch_size=BATCH)


def _source_row(original: Any) -> tuple[TranslationSource, bool]:
    """The source of `original` and whether it is new; one that is there is left as translators know it."""
    translatable, _created = TranslatableObject.objects.get_or_create_from_instance(original)
    content = (
        original.serializable_data()
        if isinstance(original, ClusterableModel)
        else get_serializable_data_for_fields(original)
    )
    return TranslationSource.objects.get_or_create(
        object=translatable,
        locale=original.locale,
        defaults={
            "specific_content_type": ContentType.objects.get_for_model(type(original)),
            "object_repr": str(original)[:200],
            "content_json": json.dumps(content, cls=DjangoJSONEncoder),
            "schema_version": get_schema_version(original._meta.app_label),
            "last_updated_at": timezone.now(),
        },
    )


def _strings(texts: Iterable[str], locale_id: int) -> dict[str, int]:
    """The ids of `texts`, which are created where they are new."""
    hashes = {String._get_data_hash(text): text for text in texts}
    rows = [String(locale_id=locale_id, data=text, data_hash=key) for key, text in hashes.items()]
    String.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    found: Callable = String.objects.filter(locale_id=locale_id, data_hash__in=hashes).values_list
    return {hashes[key]: pk for key, pk in found("data_hash", "pk")}
