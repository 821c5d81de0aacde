"""What there is to find of a file: the text of each of its pages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from portal import searchable

from ..models import Reading, ReadPage
from . import naming

RANK = 0.5  # below a page of the guide that says the same


def version_of(file: Any) -> str:
    return f"{file.file.name}|{file.file_size or ''}|{file.file_hash}"[:300]


def documents(files: Sequence[Any]) -> Iterator[tuple[Any, searchable.Searchable]]:
    """Nothing of a file that no published page names, or that was replaced and not read yet."""
    found = Reading.objects.filter(file_id__in=[file.pk for file in files]).prefetch_related("pages")
    readings = {reading.file_id: reading for reading in found}
    read = {file: reading for file in files if (reading := readings.get(file.pk)) and _is_of(reading, file)}
    for file, pages in naming.places_of({file: reading.language for file, reading in read.items()}):
        for page in pages:
            for position, each in enumerate(read[file].pages.all()):
                yield file, _document(file, read[file], page, each, is_first=position == 0)


def _is_of(reading: Reading, file: Any) -> bool:
    return reading.version == version_of(file)


def _document(file: Any, reading: Reading, page: Page, read: ReadPage, *, is_first: bool) -> searchable.Searchable:
    """The title counts once: on each of 300 pages it would make its words common ones."""
    return searchable.Searchable(
        page=page,
        kind="document",
        language=reading.language or page.locale.language_code,
        subject=f"document:{file.pk}",
        title=file.title if is_first else "",
        url=f"{file.url}#page={read.number}",
        body=read.text,
        rank=RANK,
        changed=file.created_at,
        card={"caption": file.title, "page": read.number, "on": page.title, "on_url": page.get_url() or ""},
    )


def shown_on(page: Page) -> Iterable[Any]:
    return naming.files_on(Page.objects.filter(pk=page.pk))


def register() -> None:
    searchable.register(
        get_document_model(),
        documents=documents,
        shown_on=shown_on,
        kind="document",
        label=_("PDF document"),
        at_once=5,  # of up to some hundred pages each
    )
