"""What a page says about itself to machines: canonical address, translations, share card, structured data."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .addresses import absolute

if TYPE_CHECKING:
    from .reading import Reading

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


class Head:
    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.page = reading.page
        self.extra: dict[str, Any] = {}  # what the page's type adds to its structured data

    @cached_property
    def title(self) -> str:
        return self.page.seo_title or self.page.title

    @cached_property
    def description(self) -> str:
        return self.page.search_description or self.page.summary

    @cached_property
    def canonical(self) -> str:
        return absolute(self.reading.request, self.reading.own_path)

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        request = self.reading.request
        links = [(link.language, absolute(request, link.url)) for link in self.reading.existing_languages]
        if self.reading.original_url:
            links.append(("x-default", absolute(request, self.reading.original_url)))
        return links

    @cached_property
    def image(self) -> str:
        """The address of the picture made from the page's card."""
        if not self.page.pk:
            return ""
        return absolute(self.reading.request, reverse("share_image", args=[self.page.pk]))

    @cached_property
    def feed(self) -> str:
        """The feed of the section the page stands in, if the section exists in the reader's language."""
        for path in self.reading.ancestor_paths():
            code = self.reading.codes_by_path.get(path, "")
            place = self.reading.places.get(code)
            if code not in ("", "home") and place and place.language == self.reading.language:
                return reverse("section_feed", args=[code])
        return ""

    @cached_property
    def structured_data(self) -> SafeString:
        """JSON-LD. A browser never runs a script of this type, so the strict policy lets it stand."""
        page = self.page
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": page.title,
            "description": self.description,
            "inLanguage": self.reading.page_language,
            "url": self.canonical,
            "license": LICENCE_URL,
            "isPartOf": {"@type": "WebSite", "name": _("DIY policing: a field guide")},
            **self.extra,
        }
        if page.first_published_at:
            data.setdefault("datePublished", page.first_published_at.isoformat())
        if page.last_published_at:
            data.setdefault("dateModified", page.last_published_at.isoformat())
        if self.image:
            data.setdefault("image", self.image)
        return mark_safe(json.dumps(data, ensure_ascii=False, default=str).translate(ESCAPES))
