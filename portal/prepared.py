"""Queries of a fixed shape, compiled once.

An article asks the same dozen of small questions each time, and Django spends more on writing their SQL than the
database on answering. A `Prepared` keeps what Django compiled and puts the new values into it. For `values_list`
queries whose values are ids, translation keys, text, days or moments; `PreparedInstances` gives whole objects.
"""

import datetime
from collections.abc import Callable
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

# How databases want them.
FORMS: dict[type, tuple[Callable[[Any], Any], ...]] = {
    UUID: (lambda value: value, lambda value: value.hex, str),
    datetime.datetime: (lambda value: value, lambda value: connection.ops.adapt_datetimefield_value(value)),
    datetime.date: (lambda value: value, lambda value: connection.ops.adapt_datefield_value(value)),
}
AS_IT_IS: tuple[Callable[[Any], Any], ...] = (lambda value: value,)
LONG_AGO = datetime.datetime(1887, 3, 4, 5, 6, 7, 89, tzinfo=datetime.UTC)


class Prepared:
    """`@Prepared.of(UUID)` on a function that gives the queryset for a key; calling it gives the rows."""

    def __init__(self, build: Callable[..., QuerySet], *types: type) -> None:
        self.build = build
        self.samples = [_sample(kind, place) for place, kind in enumerate(types)]
        self._compiled: dict[str, tuple[str, list[Callable[[tuple], Any]], list[Any]]] = {}

    @classmethod
    def of(cls, *types: type) -> Callable[[Callable[..., QuerySet]], "Prepared"]:
        return lambda build: cls(build, *types)

    def __call__(self, *values: Any) -> list[tuple]:
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        sql, parameters, converters = self._compiled[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [parameter(values) for parameter in parameters])
            rows = cursor.fetchall()
        return [_converted(row, converters) for row in rows] if converters else rows

    def _compile(self) -> tuple[str, list[Callable[[tuple], Any]], list[Any]]:
        compiler = self.build(*self.samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        found = [self._parameter(value) for value in parameters]
        if missing := set(range(len(self.samples))) - {place for place, _parameter in found}:
            raise LookupError(f"{self.build.__name__}: no parameter of its query is value {min(missing)}.")
        return sql, [parameter for _place, parameter in found], list(converters.items())

    def _parameter(self, compiled: Any) -> tuple[int, Callable[[tuple], Any]]:
        """Which of the values it is, or -1, and how it is had from them."""
        for place, sample in enumerate(self.samples):
            for form in FORMS.get(type(sample), AS_IT_IS):
                if compiled == form(sample):
                    return place, partial(_nth, place, form)
        return -1, lambda values: compiled


class PreparedInstances:
    """`@PreparedInstances.of("locale", types=[int])`: the objects of a queryset, with what these names refer to, if
    anything."""

    def __init__(self, build: Callable[..., QuerySet], related: tuple[str, ...], types: list[type]) -> None:
        self.build = build
        self.related = related
        self.types = types

    @classmethod
    def of(cls, *related: str, types: list[type]) -> Callable[[Callable[..., QuerySet]], "PreparedInstances"]:
        return lambda build: cls(build, related, types)

    def __call__(self, *values: Any) -> list[Any]:
        return [self._instance(row) for row in self._rows(*values)]

    @cached_property
    def _models(self) -> list[tuple[str, type[Model], list[str]]]:
        """Of the object and of each that it refers to: by which name, and its columns."""
        model = self.build(*map(_sample, self.types, range(len(self.types)))).model
        models = {"": model} | {name: model._meta.get_field(name).related_model for name in self.related}
        return [(name, one, [field.attname for field in one._meta.concrete_fields]) for name, one in models.items()]

    @cached_property
    def _rows(self) -> Prepared:
        columns = [f"{name}__{column}" if name else column for name, _model, names in self._models for column in names]
        return Prepared(lambda *values: self.build(*values).values_list(*columns), *self.types)

    def _instance(self, row: tuple) -> Any:
        start, found = 0, []
        for name, model, columns in self._models:
            values = row[start : start + len(columns)]
            start += len(columns)
            one: Any = model.from_db(connection.alias, columns, values) if any(values) else None
            found.append(one)
            if name and one is not None:
                setattr(found[0], name, one)
            elif name:
                found[0]._state.fields_cache[name] = None
        return found[0]


@cache
def pages_by_id(model: Any) -> PreparedInstances:
    """Of one page type, each with its language."""
    return PreparedInstances(lambda pk: model._default_manager.filter(pk=pk), ("locale",), [int])


def _sample(kind: Any, place: int) -> Any:
    """A value that no query holds by itself, so that it is found again among the compiled parameters."""
    if kind is UUID:
        return UUID(int=0xFACADE0000 + place)
    if issubclass(kind, datetime.date):
        moment = LONG_AGO + datetime.timedelta(days=place)
        return moment if kind is datetime.datetime else moment.date()
    return kind(918_273_645 + place)


def _converted(row: tuple, converters: list[Any]) -> tuple:
    changed = list(row)
    for place, (functions, expression) in converters:
        for function in functions:
            changed[place] = function(changed[place], expression, connection)
    return tuple(changed)


def _nth(place: int, form: Callable[[Any], Any], values: tuple) -> Any:
    return form(values[place])
