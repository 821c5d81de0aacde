"""What there is to find of a file: the text of each of its pages."""

from collections.abc import Iterable, Iterator
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


def documents(file: Any) -> Iterator[searchable.Searchable]:
    """Nothing of a file that no published page names, or that was replaced and not read yet."""
    reading = Reading.objects.filter(file_id=file.pk, version=version_of(file)).first()
    if reading is None:
        return
    read = list(reading.pages.all())
    for page in naming.places_of(file, reading.language):
        for position, each in enumerate(read):
            yield _document(file, reading, page, each, is_first=position == 0)


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
        get_document_model(), documents=documents, shown_on=shown_on, kind="document", label=_("PDF document")
    )
