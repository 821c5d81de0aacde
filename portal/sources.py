"""The numbered sources of a page, and the marks that point to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .addresses import address

if TYPE_CHECKING:
    from .reading import Reading


@dataclass(frozen=True)
class Source:
    number: int
    title: str
    language: str  # of the title
    by: str = ""
    date: str = ""
    container: str = ""
    publisher: str = ""
    url: str = ""  # its page here
    outside_url: str = ""
    doi: str = ""
    locator: str = ""
    note: str = ""


class SourceList:
    """Numbers the sources of a page in its own order; what a statement names beside them comes last."""

    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.sources: list[Source] = []
        self._numbers: dict[Any, int] = {}
        if reading.page.pk or reading.is_preview:
            self._read_rows()

    def _read_rows(self) -> None:
        rows = self.reading.page.portal_sources.select_related("resource__organisation", "resource__locale")
        for row in rows:
            resource = row.resource
            self._numbers[resource.translation_key] = len(self.sources) + 1
            self.sources.append(self._source(row, resource))

    def _source(self, row: Any, resource: Any) -> Source:
        shown = resource.live
        return Source(
            number=len(self.sources) + 1,
            title=resource.cited_title,
            language=resource.language or resource.locale.language_code,
            by=resource.cited_by,
            date=str(resource.year or resource.date_note or _("no date in source")),
            container=resource.container,
            publisher=resource.publisher if resource.publisher != resource.cited_by else "",
            url=address(resource, self.reading.request, self.reading.language) if shown else "",
            outside_url=resource.url,
            doi=resource.doi,
            locator=row.locator,
            note=row.note,
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
