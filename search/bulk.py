"""Inserts many rows past Django's query compiler, which takes longer to write them out than the database to store."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

ROWS_PER_STATEMENT = 1000  # which keeps the number of values below what SQLite takes


def insert_new(table: str, columns: tuple[str, ...], rows: Sequence[tuple]) -> None:
    """Leaves rows alone that are there already."""
    names, marks = ", ".join(columns), f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_PER_STATEMENT):
            some = rows[start : start + ROWS_PER_STATEMENT]
            values = ", ".join([marks] * len(some))
            sql = f"INSERT INTO {table} ({names}) VALUES {values} ON CONFLICT DO NOTHING"
            cursor.execute(sql, [value for row in some for value in row])


def insert(table: str, columns: tuple[str, ...], rows: Iterable[tuple]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which takes each statement of many by itself
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def columns_of(model: type[Model]) -> tuple[str, ...]:
    return tuple(str(field.column) for field in model._meta.concrete_fields)


def values_of(instance: Model) -> tuple[Any, ...]:
    """As the database takes them, in the order of `columns_of`."""
    fields = instance._meta.concrete_fields
    return tuple(field.get_db_prep_save(getattr(instance, field.attname), connection) for field in fields)
