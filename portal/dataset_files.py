"""Data sets as files: CSV, JSON and GeoJSON of exactly what a list shows, written while the rows are read."""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from . import views_of_pages
from .datasets import Column, Dataset, dataset_of
from .downloads import download, file_name
from .languages import active_language
from .structured_data import LICENCE_URL
from .tables import BYTE_ORDER_MARK, CONTENT_TYPE, csv_lines

Record = dict[str, Any]  # by column code, ready for JSON


class Writer:
    """One data set in the language that is active while it is made: labels are read once."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.language = active_language()
        self.labels = {
            column.code: {code: str(label) for code, label in column.labels().items()}
            for column in dataset.columns
            if column.labels
        }

    def record(self, row: Any) -> Record:
        record: Record = {}
        for column in self.dataset.columns:
            value = record[column.code] = plain(column.value(row))
            if column.labels:
                record[label_of(column)] = self._labelled(column.code, value)
        return record

    def _labelled(self, column: str, value: Any) -> Any:
        labels = self.labels[column]
        if isinstance(value, list):
            return [labels.get(code, code) for code in value]
        return labels.get(value, value) if value is not None else None


def label_of(column: Column) -> str:
    return f"{column.code}_label"


def header(dataset: Dataset) -> list[str]:
    return [name for c in dataset.columns for name in ([c.code, label_of(c)] if c.labels else [c.code])]


def plain(value: Any) -> Any:
    """A value as JSON has it. What is not known is null, and nothing else."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple, set)):
        return [str(one) for one in (sorted(value) if isinstance(value, set) else value)]
    if isinstance(value, bool | int | float) or value is None:
        return value
    return str(value) or None


# Each format gives the text before the rows, that of a chunk of rows, and the text after them.


def csv_parts(writer: Writer, chunks: Iterator[list[Any]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_lines([header(writer.dataset)])
    for chunk in chunks:
        yield csv_lines([list(writer.record(row).values()) for row in chunk])


def json_parts(writer: Writer, chunks: Iterator[list[Any]]) -> Iterator[str]:
    head = {"dataset": writer.dataset.code, "language": writer.language, "licence": LICENCE_URL}
    yield _opened(head, "rows")
    yield from _items(chunks, lambda row: writer.record(row))
    yield "]}\n"


def geojson_parts(writer: Writer, chunks: Iterator[list[Any]]) -> Iterator[str]:
    yield _opened({"type": "FeatureCollection", "licence": LICENCE_URL}, "features")
    yield from _items(chunks, lambda row: _feature(writer, row))
    yield "]}\n"


def _feature(writer: Writer, row: Any) -> Record:
    """Rows without a point are in it too, so that it has exactly the list (RFC 7946 allows for them)."""
    record, points = writer.record(row), writer.dataset.points
    return {
        "type": "Feature",
        "id": record["code"],
        "geometry": _geometry(points(row) if points else []),
        "properties": record,
    }


def _geometry(points: list[tuple[float, float]]) -> Record | None:
    if not points:
        return None
    places = [list(point) for point in points]
    return {"type": "MultiPoint", "coordinates": places} if len(places) > 1 else _point(places[0])


def _point(place: list[float]) -> Record:
    return {"type": "Point", "coordinates": place}


def _opened(head: Record, name: str) -> str:
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "{name}": ['


def _items(chunks: Iterator[list[Any]], item: Callable[[Any], Record]) -> Iterator[str]:
    before = "\n"
    for chunk in chunks:
        yield before + ",\n".join(json.dumps(item(row), ensure_ascii=False) for row in chunk)
        before = ",\n"


@dataclass(frozen=True)
class Format:
    label: str
    hint: Any
    content_type: str
    parts: Callable[[Writer, Iterator[list[Any]]], Iterator[str]]


FORMATS = {
    "csv": Format("CSV", _("table for spreadsheets"), CONTENT_TYPE, csv_parts),
    "json": Format("JSON", _("for programs"), "application/json", json_parts),
    "geojson": Format("GeoJSON", _("for maps"), "application/geo+json", geojson_parts),
}


def formats_of(dataset: Dataset) -> list[str]:
    return [name for name in FORMATS if name != "geojson" or dataset.points]


def text(dataset: Dataset, request: HttpRequest, form: str) -> Iterator[str]:
    """The file piece by piece. The language that is active now holds for all of it, whoever reads on."""
    return in_this_language(FORMATS[form].parts(Writer(dataset), dataset.chunks(request)))


def in_this_language(parts: Iterator[str]) -> Iterator[str]:
    """A response is read when the request is over and its language is no longer active."""
    language = active_language()

    def read() -> Iterator[str]:
        while True:
            with translation.override(language):
                part = next(parts, None)
            if part is None:
                return
            yield part

    return read()


def answer(dataset: Dataset, request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Never kept by the page cache, which keeps whole answers: this one may be longer than memory should hold."""
    response = StreamingHttpResponse(text(dataset, request, form), content_type=FORMATS[form].content_type)
    response["Cache-Control"] = "private, no-cache"
    return download(response, file_name(dataset.code, form))


def register_views() -> None:
    for form, its in FORMATS.items():
        views_of_pages.register(f"{form}/", _has(form), _answer_of_index(form), label=its.label, hint=its.hint)


def _has(form: str) -> Callable[[type], bool]:
    def has(model: type) -> bool:
        dataset = dataset_of(model)
        return dataset is not None and form in formats_of(dataset)

    return has


def _answer_of_index(form: str) -> views_of_pages.Answer:
    def answer_of_index(page: Any, request: HttpRequest) -> Any:
        dataset = dataset_of(type(page))
        return answer(dataset, request, form) if dataset else None  # without one there is no such view

    return answer_of_index
