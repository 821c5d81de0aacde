"""The numbered sources of a page, and the marks that point to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .addresses import tree_address
from .models import PageSource
from .prepared import Prepared

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


# Read as plain values: a source is a line here, not a page.
RESOURCE_FIELDS = (
    *("translation_key", "locale__language_code", "title", "url_path", "live", "work_title", "creators"),
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
    """Numbers the sources of a page in its own order; what a statement names beside them comes last."""

    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.sources: list[Source] = []
        self._numbers: dict[Any, int] = {}
        if reading.page.pk or reading.is_preview:
            self._read_rows()

    def _read_rows(self) -> None:
        page = self.reading.page
        if self.reading.is_preview:
            for row in page.portal_sources.all():
                self._add([row.locator, row.note, *(_value(row.resource, name) for name in RESOURCE_FIELDS)])
        else:
            for values in _rows(page.pk):
                self._add(values)

    def _add(self, values: Sequence[Any]) -> None:
        locator, note = values[:2]
        resource = dict(zip(RESOURCE_FIELDS, values[2:], strict=True))
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
                url=tree_address(resource["url_path"], self.reading.language) if resource["live"] else "",
                outside_url=resource["url"],
                doi=resource["doi"],
                locator=locator.rstrip("."),
                note=note.rstrip("."),
            )
        )

    def number(self, pk: int | None) -> int | None:
        link = self.reading.links.get(pk or 0)
        if link is None:
            return None
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
    return PageSource.objects.filter(page_id=pk).values_list("locator", "note", *names)


def _value(obj: Any, path: str) -> Any:
    for name in path.split("__"):
        obj = getattr(obj, name, None)
    return obj
