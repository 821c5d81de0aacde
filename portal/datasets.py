"""Data sets: what the guide holds, as tables that can be taken along and are explained in one codebook.

A feature registers a data set for each of its lists and says what its columns are; files, links, codebook and the
archive of all of them follow (`portal.dataset_files`, `portal.open_data`). Codes are English and never change, so that
a table can be joined with another and read next year; a column of codes has a second one beside it with their labels
in the reader's language, called `<code>_label`.

Rows come in chunks, so that a long list never stands in memory. What belongs to several rows is looked up once for a
chunk. Contacts, quotes and photos are in no data set: a consent can be withdrawn, a file on somebody's disk cannot.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from . import terms
from .addresses import own_address
from .languages import active_language
from .links import page_links, translations
from .listing import FacetFilter
from .models import PageSource, PageTag
from .querysets import closed_paths, shown_now

CHUNK = 200
LICENCE = "CC-BY-4.0"

Labels = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Column:
    """`value(row)` gives text, a number, a date, or a list of texts; for `labels` a code or a list of codes."""

    code: str
    meaning: Any
    value: Callable[[Any], Any]
    labels: Labels | None = None


@dataclass(frozen=True)
class Dataset:
    """With an `index` it is also what the list on such a page shows, as the reader has filtered it."""

    code: str
    label: Any
    meaning: Any
    columns: tuple[Column, ...]
    chunks: Callable[[HttpRequest], Iterator[list[Any]]]
    pages: Callable[[HttpRequest], QuerySet] | None = None  # where each row is a page: all of them
    index: type[Page] | None = None
    filters: Callable[[HttpRequest], list[FacetFilter]] | None = None  # of that list
    place: str = ""  # the code of the index in `portal.navigation`
    points: Callable[[Any], list[tuple[float, float]]] | None = None  # longitude and latitude, for maps

    def count(self, request: HttpRequest) -> int:
        if self.pages:
            return self.pages(request).order_by().count()
        return sum(len(chunk) for chunk in self.chunks(request))

    def chosen(self, request: HttpRequest) -> list[str]:
        """What the reader has filtered the list by, in words."""
        found = []
        for one in self.filters(request) if self.filters else []:
            labels = one.labels()
            found += [str(labels[value]) for value in request.GET.getlist(one.name) if value in labels]
        return found


def choices(codes: Any) -> Labels:
    """The labels of an enumeration."""
    return lambda: dict(codes.choices)


def terms_of(scheme: str) -> Labels:
    """The labels of a vocabulary that editors extend."""
    return lambda: dict(terms.choices(scheme))


def cell(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """The value of a row that is not a page."""
    return lambda row: row[name]


_registered: dict[str, Dataset] = {}


def register(dataset: Dataset) -> None:
    _registered[dataset.code] = dataset


def datasets() -> list[Dataset]:
    return list(_registered.values())


def dataset_of(index: type) -> Dataset | None:
    """The data set that the list on pages of a type is."""
    return next((one for one in _registered.values() if one.index is index), None)


# Rows that are pages


@dataclass
class PageRow:
    page: Any
    request: HttpRequest
    found: dict[str, Any]  # what was looked up for it, by the name of the look-up


Lookup = Callable[[list[Any], HttpRequest], Mapping[Any, Any]]  # for the pages of a chunk: by the id of the page


def page_chunks(request: HttpRequest, pages: QuerySet, **lookups: Lookup) -> Iterator[list[PageRow]]:
    """`pages` as rows. Takes one query for all pages, and for each chunk the same few for what belongs to them."""
    lookups = {"tags": tags_of, "sources": sources_of, **lookups}
    rest = pages.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rest, CHUNK)):
        found = {name: look_up(chunk, request) for name, look_up in lookups.items()}
        yield [PageRow(page, request, {name: by_id.get(page.pk) for name, by_id in found.items()}) for page in chunk]


def tags_of(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    closed = tuple(closed_paths(request.user))
    links = PageTag.objects.filter(shown_now("content_object__"), content_object__translation_key__in=_keys(pages))
    found: dict[Any, set[str]] = defaultdict(set)
    for key, slug, path in links.values_list("content_object__translation_key", "tag__slug", "content_object__path"):
        if not path.startswith(closed):
            found[key].add(slug)
    return {page.pk: sorted(found[page.translation_key]) for page in pages}


def sources_of(pages: list[Any], request: HttpRequest) -> Mapping[int, list[str]]:
    """The codes of the works that each page names, in its order, as far as the reader may see them."""
    rows = PageSource.objects.filter(page_id__in=[page.pk for page in pages]).order_by("sort_order", "pk")
    pairs = list(rows.values_list("page_id", "resource_id"))
    resources: Any = PageSource._meta.get_field("resource").related_model
    return _by_page(pairs, codes_of(resources, [resource for _page, resource in pairs], request))


def _keys(pages: Iterable[Any]) -> list[Any]:
    return [page.translation_key for page in pages]


def _by_page(pairs: Iterable[tuple[int, int]], codes: Mapping[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for page, named in pairs:
        if named in codes and codes[named] not in found[page]:
            found[page].append(codes[named])
    return found


def codes_of(model: Any, ids: Iterable[int], request: HttpRequest, name: str = "code") -> dict[int, Any]:
    """The code, or another field, of each page among `ids` that the reader may see in any language."""
    links = page_links(ids, active_language(), request, request.user)
    codes = dict(model.objects.filter(pk__in={link.pk for link in links.values()}).values_list("pk", name))
    return {pk: codes[link.pk] for pk, link in links.items() if link.pk in codes}


def codes_by_page(model: Any, pairs: Iterable[tuple[int, int]], request: HttpRequest) -> dict[int, list[str]]:
    """For pairs of a page and a page of `model` that it names: the codes, by page."""
    pairs = list(pairs)
    return _by_page(pairs, codes_of(model, [named for _page, named in pairs], request))


def field(name: str) -> Callable[[PageRow], Any]:
    """The value of a field of the page."""
    return lambda row: getattr(row.page, name)


def looked_up(name: str) -> Callable[[PageRow], Any]:
    return lambda row: row.found[name] or []


def _languages(row: PageRow) -> list[str]:
    found = {page.language for page in translations(row.page.translation_key, row.request, row.request.user)}
    return sorted(found)


def _address(row: PageRow) -> str:
    return own_address(row.page, row.request)


def _day(name: str) -> Callable[[PageRow], Any]:
    def value(row: PageRow) -> Any:
        moment = getattr(row.page, name)
        return moment.date() if moment else None

    return value


def page_columns(*own: Column) -> tuple[Column, ...]:
    """The columns of a data set whose rows are pages: what every page has, round what is its `own`."""
    return (
        Column("code", _("Permanent code, the same in every language."), field("code")),
        Column("language", _("Language of the texts in this row."), lambda row: row.page.locale.language_code),
        Column("title", _("Title."), field("title")),
        Column("summary", _("Summary in at most 300 characters."), field("summary")),
        *own,
        Column("tags", _("Tags, the same in every language."), looked_up("tags")),
        Column("sources", _("Codes of the works that the page names as its sources."), looked_up("sources")),
        Column("languages", _("Languages in which the page exists."), _languages),
        Column("first_published", _("Day of the first publication."), _day("first_published_at")),
        Column("last_changed", _("Day of the last change in this language."), _day("last_published_at")),
        Column(
            "last_verified",
            _("Day on which somebody last checked that it is still true; empty: not yet."),
            field("last_verified_on"),
        ),
        Column("address", _("Address of the page."), _address),
        Column("licence", _("Licence of the texts, as an SPDX code."), lambda row: LICENCE),
    )
