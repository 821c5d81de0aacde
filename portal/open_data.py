"""What there is to take along as data: every table, its codebook, and one archive of them all."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from . import dataset_files, page_cache, schedule, skos, stamps
from .addresses import absolute
from .anonymous import made_anonymous
from .dataset_files import FORMATS, formats_of, label_of
from .datasets import Column, Dataset, datasets
from .downloads import download, file_name
from .languages import active_language
from .navigation import once, places
from .tables import csv_file, csv_text

KEPT_SECONDS = 24 * 60 * 60
MOST_VALUES = 40  # a longer list of codes is a standard of its own, such as that of countries
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day a ZIP knows: the same data make the same bytes


@dataclass(frozen=True)
class Entry:
    """A column in the codebook; `values` are its codes with their labels."""

    code: str
    meaning: str
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class Shelf:
    """A data set on the page."""

    dataset: Dataset
    count: int
    files: list[tuple[str, Any, str]]
    columns: list[Entry]


def open_data(request: HttpRequest) -> HttpResponse:
    """The page: what everybody may have, whoever asks."""
    public = made_anonymous(request)
    shelves = [_shelf(dataset, public) for dataset in datasets()]
    return render(request, "portal/open_data.html", {"shelves": shelves})


def _shelf(dataset: Dataset, request: HttpRequest) -> Shelf:
    count = once(request, ("data set", dataset.code, active_language()), lambda: dataset.count(request))
    place = places(active_language(), request).get(dataset.place) if dataset.place else None
    base = place.url if place else f"{request.path}{dataset.code}/" if not dataset.place else ""
    files = [(FORMATS[form].label, FORMATS[form].hint, f"{base}{form}/") for form in formats_of(dataset)]
    return Shelf(dataset, count, files if base else [], codebook(dataset))


def table(request: HttpRequest, dataset: str, form: str) -> Any:
    """A data set that no list shows."""
    found = next((one for one in datasets() if one.code == dataset and not one.index), None)
    if found is None or form not in formats_of(found):
        raise Http404
    return dataset_files.answer(found, made_anonymous(request), form)


# Codebook


def codebook(dataset: Dataset) -> list[Entry]:
    entries = []
    for column in dataset.columns:
        entries.append(Entry(column.code, str(column.meaning), _values(column)))
        if column.labels:
            entries.append(Entry(label_of(column), _("The same in words, in the reader’s language."), []))
    return entries


def _values(column: Column) -> list[tuple[str, str]]:
    labels = column.labels() if column.labels else {}
    return [(code, str(label)) for code, label in labels.items()] if len(labels) <= MOST_VALUES else []


def codebook_rows() -> list[list[Any]]:
    rows: list[list[Any]] = [["dataset", "column", "meaning", "values"]]
    for dataset in datasets():
        for entry in codebook(dataset):
            values = [f"{code} = {label}" for code, label in entry.values]
            rows.append([dataset.code, entry.code, entry.meaning, values])
    return rows


def codebook_file(request: HttpRequest) -> HttpResponse:
    return csv_file("codebook", codebook_rows())


# Archive


def _version(request: HttpRequest) -> str:
    """Changes with what the archive holds: what is published, and until when; vocabularies, the day, the release."""
    now = stamps.read([stamps.SITE, stamps.TERMS])
    ends = schedule.next_change(now[stamps.SITE])
    parts = [active_language(), absolute(request, "/"), sorted(now.items()), timezone.localdate().isoformat(), ends]
    return hashlib.blake2b(repr(parts).encode(), digest_size=12, key=page_cache.release()).hexdigest()


@condition(etag_func=lambda request: f'"{_version(request)}"')
def archive(request: HttpRequest) -> HttpResponse:
    """Made when somebody asks for it, and kept until something is published."""
    key = f"open-data:{_version(request)}"
    data = cache.get(key)
    if data is None:
        data = packed(made_anonymous(request))
        cache.set(key, data, KEPT_SECONDS)
    response = HttpResponse(data, content_type="application/zip")
    response["Cache-Control"] = "no-cache"
    return download(response, file_name("open-data", "zip"))


def packed(request: HttpRequest) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "README.txt", [render_to_string("portal/open_data.txt", {"datasets": datasets()}, request)])
        _put(archive, "codebook.csv", [csv_text(codebook_rows())])
        _put(archive, "vocabularies.ttl", [skos.turtle(*skos.schemes())])
        for dataset in datasets():
            for form in formats_of(dataset):
                _put(archive, f"{dataset.code}.{form}", dataset_files.text(dataset, request, form))
    return data.getvalue()


def _put(archive: zipfile.ZipFile, name: str, parts: Any) -> None:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with archive.open(info, "w") as file:
        for part in parts:
            file.write(part.encode())
