"""The numbered sources of a page, and the marks that point to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from .addresses import tree_address
from .models import PageSource
from .prepared import Prepared
from .querysets import closed_paths, is_shown_now, shown_now

if TYPE_CHECKING:
    from .reading import Reading


@dataclass(frozen=True)
class Source:
    number: int
    title: str
    language: str  # of the title
    by: str = ""
    short: str = ""  # who it is by, for a column of a table
    published: tuple[str, ...] = ()  # where and when
    url: str = ""  # its page here
    outside_url: str = ""
    doi: str = ""
    locator: str = ""
    note: str = ""
    is_public: bool = True  # else it is a number and nothing more


# Read as plain values: a source is a line here, not a page.
RESOURCE_FIELDS = (
    *("pk", "path", "translation_key", "locale__language_code", "title", "url_path", "work_title", "creators"),
    *(
        "organisation__name",
        "organisation__short_name",
        "language",
        "year",
        "date_note",
        "container",
        "publisher",
        "url",
        "doi",
    ),
)


class SourceList:
    """Numbers the sources of a page in its own order; what a statement names beside them comes last.

    A source whose own page the reader may not see keeps its number, so that the others keep theirs.
    """

    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.sources: list[Source] = []
        self._numbers: dict[Any, int] = {}  # by subject
        self._closed: dict[int, int] = {}  # by id
        if reading.page.pk or reading.is_preview:
            self._read_rows()

    def _read_rows(self) -> None:
        page, closed = self.reading.page, tuple(closed_paths(self.reading.user))
        rows = _unsaved_rows(page) if self.reading.is_preview else _rows(page.pk)
        found = [(row[:3], dict(zip(RESOURCE_FIELDS, row[3:], strict=True))) for row in rows]
        hidden = {r["translation_key"] for (_l, _n, shown), r in found if not shown or r["path"].startswith(closed)}
        others = _public_versions(hidden, closed) if hidden else {}
        for (locator, note, _shown), resource in found:
            if resource["translation_key"] not in hidden:
                self._add(locator, note, resource)
            elif other := others.get(resource["translation_key"]):
                self._add(locator, note, other)
            else:
                self._add_closed(resource["pk"])

    def _add_closed(self, pk: int) -> None:
        number = self._closed[pk] = len(self.sources) + 1
        self.sources.append(Source(number, _("This source is not public"), self.reading.language, is_public=False))

    def _add(self, locator: str, note: str, resource: dict[str, Any]) -> None:
        by = resource["creators"] or resource["organisation__name"] or ""
        number = self._numbers[resource["translation_key"]] = len(self.sources) + 1
        published = [resource["container"], resource["publisher"] if resource["publisher"] != by else ""]
        parts = [*filter(None, published), str(resource["year"] or resource["date_note"] or _("no date in source"))]
        self.sources.append(
            Source(
                number=number,
                title=resource["work_title"] or resource["title"],
                language=resource["language"] or resource["locale__language_code"],
                by=by.rstrip("."),
                short=resource["creators"] or resource["organisation__short_name"] or by,
                published=tuple(part.rstrip(".") for part in parts),
                url=tree_address(resource["url_path"], self.reading.language),
                outside_url=resource["url"],
                doi=resource["doi"],
                locator=locator.rstrip("."),
                note=note.rstrip("."),
            )
        )

    @property
    def keys(self) -> Iterable[Any]:
        """The subjects of the sources that the reader may see."""
        return self._numbers

    def number(self, pk: int | None) -> int | None:
        link = self.reading.links.get(pk or 0)
        if link is None:
            return self._closed.get(pk or 0)
        if link.key not in self._numbers:
            number = self._numbers[link.key] = len(self.sources) + 1
            self.sources.append(Source(number, link.title, link.language, url=link.url))
        return self._numbers[link.key]

    def mark(self, value: Any) -> SafeString:
        """“source 2, section on law” or “editors’ reading” for a block that names its source; else nothing."""
        number = self.number(value.get("source"))
        parts = []
        if value.get("editorial"):
            parts.append(format_html('<span class="src">{}</span>', _("editors’ reading")))
        if number:
            label = _("source %(number)d") % {"number": number}
            parts.append(format_html('<a class="src" href="#s{}">{}</a>', number, label))
            if value.get("locator"):
                parts.append(format_html('<span class="loc">{}</span>', value["locator"]))
        return comma(parts)


def comma(parts: Iterable[Any]) -> SafeString:
    return mark_safe(", ".join(conditional_escape(part) for part in parts))


@Prepared.of(int)
def _rows(pk: int) -> QuerySet:
    names = [f"resource__{name}" for name in RESOURCE_FIELDS]
    return PageSource.objects.filter(page_id=pk).values_list("locator", "note", is_shown_now("resource__"), *names)


def _unsaved_rows(page: Any) -> list[list[Any]]:
    rows = list(page.portal_sources.all())
    shown = set(Page.objects.filter(shown_now(), pk__in=[row.resource_id for row in rows]).values_list("pk", flat=True))
    return [
        [row.locator, row.note, row.resource_id in shown, *(_value(row.resource, name) for name in RESOURCE_FIELDS)]
        for row in rows
    ]


def _public_versions(keys: set[Any], closed: tuple[str, ...]) -> dict[Any, dict[str, Any]]:
    """Of each subject the first page in another language that the reader may see."""
    resources = PageSource._meta.get_field("resource").related_model._default_manager.filter(shown_now())
    found: dict[Any, dict[str, Any]] = {}
    for values in (
        resources.filter(translation_key__in=keys, alias_of__isnull=True).order_by("pk").values(*RESOURCE_FIELDS)
    ):
        if not values["path"].startswith(closed):
            found.setdefault(values["translation_key"], values)
    return found


def _value(obj: Any, path: str) -> Any:
    for name in path.split("__"):
        obj = getattr(obj, name, None)
    return obj
