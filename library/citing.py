"""A work on the reading list is cited itself, not the page on which we recommend it."""

import re
from collections.abc import Iterator

from django.http import HttpRequest

from portal import citing
from portal.addresses import own_address
from portal.datasets import CHUNK
from portal.vocabulary import ResourceType

from .datasets import resource_pages
from .models import ResourceIndexPage, ResourcePage, TopicPage

# What is none of these, and a page whose form is not filled in yet, is a document.
KINDS: dict[str, str] = {
    ResourceType.REPORT: "report",
    ResourceType.BOOK: "book",
    ResourceType.ARTICLE: "article-journal",
    ResourceType.WEBPAGE: "webpage",
    ResourceType.SOFTWARE: "software",
    ResourceType.DATASET: "dataset",
}
PERSON = re.compile(r"(?P<name>[^,]+), (?P<given>[^\W\d_a-zß-öø-ÿ][^,]*)")  # “van Steden, R.”: capital after the comma


def authors(page: ResourcePage) -> tuple[citing.Author, ...]:
    """People are written as “Family, Given; Family, Given”; whatever else stands there is an organisation."""
    if not page.creators:
        return (citing.Author(page.organisation.name),) if page.organisation else ()
    return tuple(_author(part.strip()) for part in page.creators.split(";") if part.strip())


def _author(text: str) -> citing.Author:
    person = PERSON.fullmatch(text)
    return citing.Author(person["name"], person["given"]) if person else citing.Author(text)


def cite_work(page: ResourcePage, request: HttpRequest) -> citing.Citation:
    organisation = page.organisation.name if page.organisation and page.creators else ""
    return citing.Citation(
        key=f"resource-{page.code}",
        kind=KINDS.get(page.csl_type, "document"),
        title=page.cited_title,
        authors=authors(page),
        language=page.language,
        issued=(page.year,) if page.year else (),
        container=page.container,
        publisher=page.publisher or organisation,
        url=page.url or own_address(page, request),
        doi=page.doi,
        isbn=page.isbn,
        abstract=page.summary,
        note="; ".join(filter(None, [page.date_note, page.grant])),
        accessed=page.accessed_on,
        of_work=True,
    )


def cite_list(request: HttpRequest) -> Iterator[citing.Citation]:
    for page in resource_pages(request).iterator(chunk_size=CHUNK):
        yield cite_work(page, request)


def register() -> None:
    citing.register(ResourcePage, cite_work)
    citing.register(TopicPage)
    citing.register_list(ResourceIndexPage, cite_list)
