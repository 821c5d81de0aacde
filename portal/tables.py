"""Tables as files for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from .downloads import download, file_name

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # the wide ones count, too
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheet programs know that the text is UTF-8
SEPARATOR = "; "  # between several values in a cell


def csv_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A small table as a download, its first row the head."""
    response = HttpResponse(csv_text(rows), content_type=CONTENT_TYPE)
    return download(response, file_name(name, "csv"))


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    return BYTE_ORDER_MARK + csv_lines(rows)


def csv_lines(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, list):
        value = SEPARATOR.join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
