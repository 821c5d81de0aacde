"""Everything the site holds about a member, as a ZIP that is written while it is sent."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.tables import BYTE_ORDER_MARK, csv_lines

from . import tables
from .person import Person, of_user

AT_ONCE = 500
Rows = Iterator[Mapping[str, Any]]


class _Outlet:
    """What a ZIP writes into, and what has come out of it since the last time. It cannot be wound back."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


def archive(user: Any) -> Iterator[bytes]:
    """One file of JSON and one for spreadsheets for each table that holds something, and a text that explains them."""
    person, outlet = of_user(user), _Outlet()
    with ZipFile(cast(Any, outlet), "w", ZIP_DEFLATED) as archive_file:
        written: list[tables.Table] = []
        for table in sorted(filter(_is_exported, tables.registered()), key=lambda table: table.name):
            if not any(True for _row in islice(_rows(table, person), 1)):
                continue
            written.append(table)
            for ending, lines in (("json", as_json), ("csv", as_csv)):
                with archive_file.open(f"{table.name}.{ending}", "w") as member:
                    for text in lines(_rows(table, person)):
                        member.write(text.encode(errors="replace"))
                        yield outlet.taken()
        archive_file.writestr("README.txt", _explained(written))
    yield outlet.taken()


def _is_exported(table: tables.Table) -> bool:
    return table.export is not None


def _rows(table: tables.Table, person: Person) -> Rows:
    assert table.export is not None  # noqa: S101 - only such tables are asked
    return iter(table.export(person))


def as_json(rows: Rows) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + json.dumps(dict(row), default=_plain, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n"


def as_csv(rows: Rows) -> Iterator[str]:
    head: list[str] = []
    while chunk := list(islice(rows, AT_ONCE)):
        if not head:
            head = list(chunk[0])
            yield BYTE_ORDER_MARK + csv_lines([head])
        yield csv_lines([_cell(value) for value in row.values()] for row in chunk)


def _cell(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return value if isinstance(value, (str, int, float)) else "" if value is None else _plain(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, (datetime, date)) else str(value)


def _explained(written: Iterable[tables.Table]) -> str:
    lines = [
        _("What %(site)s holds about you, on %(day)s.")
        % {"site": settings.SITE_NAME, "day": timezone.localdate().isoformat()},
        "",
        _("Each table comes twice: as JSON for programs, as CSV for spreadsheets."),
        _("Left out: passwords and other secrets of the sign-in, and whatever would tell who reported something."),
        "",
    ]
    for table in written:
        lines += [f"{table.name}: {table.kept}", f"    {table.erased}"]
    return "\n".join(lines) + "\n"
