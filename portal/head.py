"""What a page says about itself to machines: canonical address, translations, share card, structured data."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from .addresses import absolute, with_language
from .citing import Citation, cite, meta_tags
from .navigation import SECTIONS
from .printed import sheet_address
from .structured_data import graph

if TYPE_CHECKING:
    from .reading import Reading

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class Head:
    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.page = reading.page
        self.extra: dict[str, Any] = {}  # what the page's type adds to its structured data
        self.subject: dict[str, Any] = {}  # and the thing that its page is about

    @cached_property
    def title(self) -> str:
        return self.reading.view_title or self.page.seo_title or self.page.title

    @cached_property
    def description(self) -> str:
        return self.reading.view_description or self.page.search_description or self.page.summary

    @cached_property
    def canonical(self) -> str:
        return absolute(self.reading.request, self.reading.own_path + self.reading.view)

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        request = self.reading.request
        found = [(link.language, link.url.partition("?")[0]) for link in self.reading.existing_languages]
        links = [(language, absolute(request, url)) for language, url in found]
        if self.reading.original_url:
            links.append(("x-default", absolute(request, self.reading.original_url.partition("?")[0])))
        return links

    @cached_property
    def image(self) -> str:
        """The address of the picture made from the page's card."""
        if not self.page.pk:
            return ""
        return absolute(self.reading.request, reverse("share_image", args=[self.page.pk]))

    @cached_property
    def feed(self) -> str:
        """The feed of the section that the page is or stands in; elsewhere, and without one, that of the whole site."""
        reading = self.reading
        codes = [reading.codes_by_path.get(path) for path in (*reading.ancestor_paths(), self.page.path)]
        here = {code for code, place in reading.places.items() if place.language == reading.language}
        section = next((code for code in codes if code in SECTIONS & here), None)
        if section:
            return reverse("section_feed", args=[section])
        return reverse("feed") if "home" in here else ""

    @cached_property
    def feeds(self) -> list[str]:
        """The list as the reader has filtered it, if it is one, and the section's."""
        from .views_of_pages import file_links

        own = [link.url for link in file_links(self.reading) if link.path == "feed/"] if self._is_filtered else []
        return [*own, *filter(None, [self.feed])]

    @property
    def _is_filtered(self) -> bool:
        return bool(self.reading.request.GET)

    @cached_property
    def citation(self) -> Citation | None:
        """How the page is cited; a view of it is not."""
        return None if self.reading.view else cite(self.page, self.reading.request)

    def part(self, name: str) -> str:
        """The identity of something that the page is about."""
        return f"{self.canonical}#{name}"

    @property
    def citation_tags(self) -> list[tuple[str, str]]:
        if not self.citation:
            return []
        sheet = sheet_address(self.page)
        pdf = absolute(self.reading.request, with_language(sheet, self.reading.page_language)) if sheet else ""
        return [*meta_tags(self.citation), *([("citation_pdf_url", pdf)] if pdf else [])]

    @cached_property
    def structured_data(self) -> SafeString:
        """JSON-LD. A browser never runs a script of this type, so the strict policy lets it stand."""
        data = json.dumps(graph(self), ensure_ascii=False, default=str)
        return mark_safe(data.translate(ESCAPES))
