"""Inserts many small rows past Django's models, which would take longer to make them than the database to write."""

from collections.abc import Iterable, Sequence

from django.db import connection

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
