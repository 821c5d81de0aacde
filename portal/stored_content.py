"""Replaces a code or an id inside stored content: stream values, serialised revisions, translation sources."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from .blocks import TermMixin
from .models import Term


class Swap:
    """One value that becomes another wherever a block or a foreign key holds it."""

    def __init__(self, entry: Any, into: Any = None) -> None:
        self.model = type(entry)
        self.scheme = entry.scheme if isinstance(entry, Term) else ""
        self.old = entry.code if isinstance(entry, Term) else entry.pk
        self.new = (into.code if isinstance(into, Term) else into.pk) if into is not None else self.old
        self.found = False

    def is_meant(self, block: blocks.Block) -> bool:
        if self.scheme:
            return isinstance(block, TermMixin) and block.scheme == self.scheme
        return isinstance(block, SnippetChooserBlock) and block.target_model is self.model

    def value(self, value: Any) -> Any:
        """`value` after the swap: a code, an id, or a list of codes, in which none occurs twice."""
        if isinstance(value, list):
            return list(dict.fromkeys(self.value(item) for item in value)) if self.old in value else value
        if value == self.old:
            self.found = True
            return self.new
        return value

    def block_value(self, block: blocks.Block, value: Any) -> Any:
        """The raw value of a block, however deep, after the swap."""
        if not value:
            return value
        if isinstance(block, blocks.StreamBlock):
            return [self._child(block.child_blocks.get(child["type"]), child) for child in value]
        if isinstance(block, blocks.ListBlock):
            return [self._item(block.child_block, item) for item in value]
        if isinstance(block, blocks.StructBlock):
            known = block.child_blocks
            return {key: self.block_value(known[key], item) if key in known else item for key, item in value.items()}
        return self.value(value) if self.is_meant(block) else value

    def _child(self, block: blocks.Block | None, child: dict[str, Any]) -> dict[str, Any]:
        return {**child, "value": self.block_value(block, child["value"])} if block else child

    def _item(self, block: blocks.Block, item: Any) -> Any:
        is_wrapped = isinstance(item, dict) and item.keys() <= {"type", "value", "id"} and item.get("type") == "item"
        return self._child(block, item) if is_wrapped else self.block_value(block, item)

    def serialised(self, model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
        """A serialised object, such as the content of a revision, after the swap."""
        data = dict(data)
        for field in stream_fields(model):
            if raw := data.get(field.name):
                is_text = isinstance(raw, str)
                stream = self.block_value(field.stream_block, json.loads(raw) if is_text else raw)
                data[field.name] = json.dumps(stream) if is_text else stream
        for key in self.foreign_keys(model):
            if key.name in data:
                data[key.name] = self.value(data[key.name])
        for relation in get_all_child_relations(model):
            name = relation.get_accessor_name()
            if rows := data.get(name):
                data[name] = [self.serialised(relation.related_model, row) for row in rows]
        return data

    def foreign_keys(self, model: type[models.Model]) -> list[models.Field]:
        if self.scheme:
            return []  # terms are known by their codes
        return [key for key in model._meta.concrete_fields if key.many_to_one and key.related_model is self.model]

    def may_be_in(self, model: type[models.Model]) -> bool:
        """Whether anything in `model` or its child rows can hold the value at all."""
        if self.foreign_keys(model) or any(self._occurs(field.stream_block) for field in stream_fields(model)):
            return True
        return any(self.may_be_in(relation.related_model) for relation in get_all_child_relations(model))

    def _occurs(self, block: blocks.Block) -> bool:
        if isinstance(block, blocks.StreamBlock | blocks.StructBlock):
            return any(self._occurs(child) for child in block.child_blocks.values())
        if isinstance(block, blocks.ListBlock):
            return self._occurs(block.child_block)
        return self.is_meant(block)


def stream_fields(model: type[models.Model]) -> Iterator[StreamField]:
    return (field for field in model._meta.concrete_fields if isinstance(field, StreamField))
