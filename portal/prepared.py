"""Queries of a fixed shape, compiled once.

An article asks the same dozen of small questions each time, and Django spends more on writing their SQL than the
database on answering. A `Prepared` keeps what Django compiled and puts the new values into it. For `values_list`
queries whose values are ids, translation keys or text.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

FORMS: tuple[Callable[[Any], Any], ...] = (lambda value: value, lambda value: value.hex, str)  # as databases want keys


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
        return sql, [self._parameter(value) for value in parameters], list(converters.items())

    def _parameter(self, compiled: Any) -> Callable[[tuple], Any]:
        for place, sample in enumerate(self.samples):
            for form in FORMS if isinstance(sample, UUID) else FORMS[:1]:
                if compiled == form(sample):
                    return partial(_nth, place, form)
        return lambda values: compiled


def _sample(kind: type, place: int) -> Any:
    """A value that no query holds by itself, so that it is found again among the compiled parameters."""
    return UUID(int=0xFACADE0000 + place) if kind is UUID else kind(918_273_645 + place)


def _converted(row: tuple, converters: list[Any]) -> tuple:
    changed = list(row)
    for place, (functions, expression) in converters:
        for function in functions:
            changed[place] = function(changed[place], expression, connection)
    return tuple(changed)


def _nth(place: int, form: Callable[[Any], Any], values: tuple) -> Any:
    return form(values[place])
