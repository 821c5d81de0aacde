"""Turns the fields of a record into the values of a model instance and its child rows."""

from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin

from portal.fields import PartialDateField

from .files import Record
from .kinds import RELATIONS
from .problems import Place, Problem
from .references import Gone, References
from .rich_text import rich_text
from .streams import StreamReader, stable_id

# Keys that say where a record belongs, or where its facts come from.
NOT_FIELDS = {"type", "parent", "ledger"}
PAGE_FIELDS = {"title", "slug", "seo_title", "search_description"}


@dataclass
class Values:
    """What one record sets: plain values by attribute name, tags, and child rows by relation."""

    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def read_values(record: Record, references: References, found: list[Problem]) -> Values:
    """The values of `record`; every wrong one goes to `found`."""
    return _Reader(record, references, found).read()


class _Reader:
    def __init__(self, record: Record, references: References, found: list[Problem]) -> None:
        self.record = record
        self.model = record.kind.model
        self.references = references
        self.place = record.place(found)
        self.streams = StreamReader(f"{record.kind.type}/{record.full_code}", references)
        self.relations = {}
        if issubclass(self.model, Page):
            self.relations = {found.get_accessor_name(): found for found in get_all_child_relations(self.model)}

    def read(self) -> Values:
        values = Values()
        for key, value in self.record.data.items():
            place = self.place.at(str(key))
            relation = self.relations.get(RELATIONS.get(key, key))
            if key in NOT_FIELDS and not (key == "parent" and not self.record.kind.is_page):
                continue
            if key == "tags" and self.record.kind.is_page:
                values.tags = self.tags(value, place)
            elif relation is not None and key != "portal_sources":
                values.rows[relation.get_accessor_name()] = self.rows(relation.related_model, value, place)
            else:
                self.field(key, value, place, values.fields)
        self.check_fields(self.model, values.fields, self.place)
        return values

    def field(self, key: str, value: Any, place: Place, into: dict[str, Any]) -> None:
        found = self._model_field(self.model, key)
        if found is None or not self._may_be_set(found):
            place.complain("not a known field")
        else:
            into[found.attname] = self.value(found, value, place)

    def _model_field(self, model: type[models.Model], key: str) -> Any:
        try:
            found = model._meta.get_field(key)
        except FieldDoesNotExist:
            return None
        return found if getattr(found, "concrete", False) and found.editable else None

    def _may_be_set(self, found: models.Field) -> bool:
        if not issubclass(self.model, Page):
            return True
        return found.model is not Page or found.name in PAGE_FIELDS

    def value(self, found: models.Field, value: Any, place: Place) -> Any:
        if isinstance(found, StreamField):
            return self.streams.read(found.stream_block, value, place, found.name)
        if isinstance(found, models.ForeignKey):
            return self.reference(found, value, place)
        if isinstance(found, PartialDateField):
            return str(value)
        if isinstance(found, models.CharField | models.TextField):
            if not isinstance(value, str):
                place.complain(f"text is needed, not {value!r}; put it in quotes")
                return ""
            return rich_text(value, self.references, place) if isinstance(found, RichTextField) else value.strip()
        if isinstance(found, models.DecimalField):
            try:
                return Decimal(str(value))
            except InvalidOperation:
                place.complain(f"a number is needed, not {value!r}")
                return None
        return value

    def reference(self, found: models.ForeignKey, value: Any, place: Place) -> int | None:
        look_up = self.references.page if issubclass(found.related_model, Page) else self.references.row
        try:
            return look_up(value, found.related_model._meta.label, place)
        except Gone:
            if found.null:
                return None
            raise

    def tags(self, value: Any, place: Place) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
            place.complain("a list of words is needed")
            return []
        for tag in value:
            if tag != tag.lower():
                place.complain(f"tags are lower case: “{tag}”")
        return list(dict.fromkeys(value))

    def rows(self, model: type[models.Model], value: Any, place: Place) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            place.complain("a list of rows is needed")
            return []
        rows = []
        for index, entry in enumerate(value):
            with suppress(Gone):
                rows.append(self.row(model, entry, index, place))
        return rows

    def row(self, model: type[models.Model], entry: Any, index: int, place: Place) -> dict[str, Any]:
        here = place.entry(index)
        values: dict[str, Any] = {}
        if not isinstance(entry, dict):
            here.complain("a mapping of field names to values is needed")
            return values
        for key, value in entry.items():
            found = self._model_field(model, str(key))
            if found is None:
                here.at(str(key)).complain("not a known field")
            else:
                values[found.attname] = self.value(found, value, here.at(str(key)))
        self.check_fields(model, values, here)
        if issubclass(model, Orderable):
            values["sort_order"] = index
        if issubclass(model, TranslatableMixin):
            values["translation_key"] = stable_id("row", *self.record.key[:2], *place.parts[-1:], str(index))
        return values

    def check_fields(self, model: type[models.Model], values: dict[str, Any], place: Place) -> None:
        """What each model field says about its value. References were checked when they were looked up."""
        instance = model(**values)
        for found in model._meta.concrete_fields:
            if not found.editable or found.auto_created or found.name in _SET_BY_THE_LOADER:
                continue
            if isinstance(found, models.ForeignKey):
                if not found.null and not found.blank and found.attname not in values:
                    place.at(found.name).complain("is missing")
                continue
            raw = getattr(instance, found.attname)
            if (found.blank and raw in found.empty_values) or place.at(found.name).has_problems:
                continue
            try:
                cleaned = found.clean(raw, instance)
                if isinstance(found, models.DateField):
                    values[found.attname] = cleaned
                if isinstance(found, models.TextField) and found.max_length:  # else only forms look at it
                    MaxLengthValidator(found.max_length)(cleaned)
            except ValidationError as error:
                for message in error.messages:
                    missing = found.attname not in values and raw in found.empty_values
                    place.at(found.name).complain("is missing" if missing else message)


_SET_BY_THE_LOADER = {"page", "locale", "slug", "path", "depth", "content_type", "sort_order", "translation_key"}
