"""One page as one reader sees it: its translations, links, sources and notes, computed when a template asks."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from . import provenance, richtext, streams
from .addresses import address, tree_address, with_language
from .backlinks import backlink_ids
from .body import Section, sections
from .explained import Explained, explained
from .head import Head
from .languages import active_language, alphabetical, language_name
from .links import PageLink, page_links, translations
from .models import KnowledgePage, PageTag
from .navigation import Place, codes_by_path, places
from .prepared import Prepared
from .provenance import Provenance
from .querysets import closed_paths, in_language, shown_now, visible
from .shown_pages import KnownPage
from .similar import similar_pages
from .sources import Source, SourceList
from .tours import Tour, tour
from .vocabulary import ChangeKind, label


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""
    language: str = ""  # where it is not the reader's


@dataclass(frozen=True)
class LanguageLink:
    """A language in the menu and in the bar under a page's head."""

    label: str
    url: str
    language: str
    is_current: bool  # the reader's own
    state: str  # original, current, behind, none
    since: datetime.datetime | None = None
    note: str = ""  # said before the click: what else the reader will get


@dataclass(frozen=True)
class Change:
    date: datetime.date | None
    kind: str
    text: str


class ImageAlt(NamedTuple):
    """What stands for an image in words, and their language where it is known not to be the page's."""

    text: str
    language: str = ""


class Tag(NamedTuple):
    name: str
    slug: str


class Reading:
    """A page and its reader. `language` is the reader's, `page_language` the page's: on a fallback they differ."""

    def __init__(self, page: KnowledgePage, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.language = active_language()
        self.page_language: str = page.locale.language_code
        self.is_fallback = self.language != self.page_language
        self._needs: list[Iterable[int | None] | Callable[[], Iterable[int | None]]] = []
        self._shows: list[Callable[[], Iterable[UUID]]] = []
        self.view: str = getattr(request, "view_of_page", "")  # its address below the page's own, such as `map/`
        self.view_title = ""
        self.view_description = ""

    def name_view(self, title: str, description: str) -> None:
        """Say what the view of the page is called that this request asks for."""
        self.view_title, self.view_description = title, description

    @property
    def user(self) -> Any:
        return getattr(self.request, "user", None)

    @property
    def is_preview(self) -> bool:
        return bool(getattr(self.request, "is_preview", False))

    @property
    def drawn_for(self) -> tuple | None:
        """What the drawing of the page depends on beside what is published; None for a preview, which is drawn anew.

        Consents end with the day, and printed addresses name the host.
        """
        if self.is_preview:
            return None
        host = self.request.build_absolute_uri("/")
        return (self.page.pk, self.view, self.language, timezone.localdate(), host, *closed_paths(self.user))

    @property
    def drawn_whole(self) -> tuple | None:
        """The same for a list as long as nothing is chosen in it: what everybody sees first."""
        return None if self.request.GET else self.drawn_for

    # Translations

    @cached_property
    def translations(self) -> list[KnownPage]:
        """The published pages of the subject in the order in which they were made: the original comes first."""
        return translations(self.page.translation_key, self.request, self.user)

    @cached_property
    def original_language(self) -> str:
        return self.translations[0].language if self.translations else self.page_language

    @cached_property
    def subject_ids(self) -> set[int]:
        return {page.pk for page in self.translations} | ({self.page.pk} if self.page.pk else set())

    @cached_property
    def languages(self) -> list[LanguageLink]:
        by_language = {page.language: page for page in self.translations}
        links = []
        for code, name in settings.LANGUAGES:
            page = by_language.get(code)
            if page is not None:
                state = "original" if code == self.original_language else "behind" if page.behind_since else "current"
                url = self._of_view(tree_address(page.url_path, code))
                links.append(LanguageLink(name, url, code, code == self.language, state, page.behind_since))
            else:
                note = ""
                if by_language:
                    note = _("not translated, shown in %(language)s") % {
                        "language": language_name(self.original_language)
                    }
                url = self._of_view(with_language(self.own_path, code))
                links.append(LanguageLink(name, url, code, code == self.language, "none", note=note))
        return links

    def _of_view(self, url: str) -> str:
        """What is chosen in a view stays chosen in the other languages, and a tour goes on."""
        keeps = self.view or "tour" in self.request.GET
        query = self.request.META.get("QUERY_STRING", "") if keeps else ""
        return f"{url}{self.view}?{query}" if query else f"{url}{self.view}"

    @cached_property
    def behind_since(self) -> datetime.datetime | None:
        """When the original moved on, if the page shown is a translation that did not follow yet."""
        return next((link.since for link in self.languages if link.language == self.page_language), None)

    @cached_property
    def provenance(self) -> Provenance | None:
        """How the page shown was translated; nothing for an original."""
        is_translation = bool(self.page.pk) and self.page_language != self.original_language
        return provenance.of_page(self.page) if is_translation else None

    @cached_property
    def original_language_name(self) -> str:
        return language_name(self.original_language)

    @cached_property
    def original_url(self) -> str:
        return next((link.url for link in self.languages if link.state == "original"), "")

    @cached_property
    def existing_languages(self) -> list[LanguageLink]:
        return [link for link in self.languages if link.state != "none"]

    @cached_property
    def missing_languages(self) -> list[LanguageLink]:
        return [link for link in self.languages if link.state == "none"]

    # Addresses

    @cached_property
    def own_path(self) -> str:
        return tree_address(self.page.url_path, self.page_language) if self.page.url_path else ""

    @cached_property
    def head(self) -> Head:
        return Head(self)

    @cached_property
    def places(self) -> dict[str, Place]:
        return places(self.language, self.request)

    def place_url(self, code: str) -> str:
        place = self.places.get(code)
        return place.url if place else ""

    @cached_property
    def codes_by_path(self) -> dict[str, str]:
        return codes_by_path(self.language, self.request)

    @cached_property
    def breadcrumb(self) -> list[Crumb]:
        crumbs = [self._crumb(path) for path in self.ancestor_paths()]
        if not crumbs:
            return []
        here = self.page_language if self.is_fallback else ""
        if self.view:
            last = [Crumb(self.page.title, address(self.page, self.language), here), Crumb(self.view_title)]
        else:
            last = [Crumb(self.page.title, language=here)]
        return [*(crumb for crumb in crumbs if crumb), *last]

    def ancestor_paths(self) -> Iterator[str]:
        step = Page.steplen
        for depth in range(2, self.page.depth or 0):
            yield self.page.path[: depth * step]

    def _crumb(self, path: str) -> Crumb | None:
        code = self.codes_by_path.get(path)
        if code == "home":
            return Crumb(_("Home"), self.place_url("home"))
        if code:
            place = self.places[code]
            return Crumb(place.title, place.url, place.language if place.language != self.language else "")
        page = visible(Page.objects.filter(path=path), self.user).select_related("locale").first()
        if page is None:
            return None
        other = page.locale.language_code
        return Crumb(page.title, address(page, self.language), other if other != self.language else "")

    @cached_property
    def children(self) -> list[Page]:
        """The published pages under the subject, each in the reader's language or else in its own."""
        if not self.translations:
            return []
        under = Q()
        for page in self.translations:
            under |= Q(path__startswith=page.path, depth=len(page.path) // Page.steplen + 1)
        pages = in_language(visible(Page.objects.filter(under), self.user), self.language)
        return list(pages.select_related("locale").order_by("path"))

    # What texts name

    def need(self, ids: Iterable[int | None] | Callable[[], Iterable[int | None]]) -> None:
        """Have `ids` among the links: given, or asked for when the first link is read."""
        self._needs.append(ids)

    @cached_property
    def needed(self) -> set[int]:
        found = self._ids_in_page()
        for ids in self._needs:
            found |= {pk for pk in (ids() if callable(ids) else ids) if pk}
        return found

    @cached_property
    def backlink_ids(self) -> set[int]:
        return backlink_ids(self)

    @cached_property
    def links(self) -> dict[int, PageLink]:
        """What the page names, as links in the reader's language."""
        return page_links(self.needed, self.language, self.request, self.user)

    def _ids_in_page(self) -> set[int]:
        found: set[int] = set()
        for field in self.page._meta.get_fields():
            if isinstance(field, StreamField):
                found |= streams.page_ids(getattr(self.page, field.name))
            elif isinstance(field, RichTextField):
                found |= richtext.page_ids(getattr(self.page, field.name))
        return found

    def shows(self, keys: Callable[[], Iterable[UUID]]) -> None:
        """Subjects that the page shows beside its links and sources, so that nothing offers them once more."""
        self._shows.append(keys)

    @cached_property
    def shown_keys(self) -> set[UUID]:
        """Every subject that editors related to the page, as far as it shows them."""
        found = {link.key for link in self.links.values()} | set(self.source_list.keys)
        return found.union(*(keys() for keys in self._shows))

    @cached_property
    def tour(self) -> Tour | None:
        return tour(self)

    @cached_property
    def similar(self) -> list[PageLink]:
        return similar_pages(self)

    def rich(self, html: str) -> str:
        """The text for readers, with its links; pages that explain words have the first of each marked."""
        text = richtext.render(html, self.links, self.page_language)
        return mark_safe(self.explained.mark(text)) if self.page.explains_words else text

    def plain(self, text: str) -> str:
        """Text without markup, or made safe before, in which words are marked as in rich text."""
        html = text if isinstance(text, SafeString) else escape(text, quote=False)
        return mark_safe(self.explained.mark(html)) if self.page.explains_words else mark_safe(html)

    @cached_property
    def explained(self) -> Explained:
        return explained(self)

    @cached_property
    def sections(self) -> list[Section]:
        return sections(getattr(self.page, "body", ()), self)

    @cached_property
    def source_list(self) -> SourceList:
        return SourceList(self)

    @property
    def sources(self) -> list[Source]:
        return self.source_list.sources

    # Lead image

    @cached_property
    def image_alt(self) -> ImageAlt:
        """As the page says it, else as another language says it of the same image, else as the image is described."""
        page = self.page
        if page.image_alt or page.image is None or self.page_language == self.original_language:
            return ImageAlt(page.image_alt or (page.image.default_alt_text if page.image else ""))
        pages = visible(type(page).objects.filter(translation_key=page.translation_key, image=page.image), self.user)
        # Pages of a subject have the order in which they were made: the original comes first.
        said = pages.exclude(image_alt="").order_by("pk").values_list("image_alt", "locale__language_code").first()
        return ImageAlt(*said) if said else ImageAlt(page.image.default_alt_text)

    # Upkeep

    @cached_property
    def changes(self) -> list[Change]:
        found = [
            Change(streams.day(value["date"]), label(ChangeKind, value["kind"]), value["text"])
            for value in streams.values(self.page.change_notes, "change")
        ]
        return sorted(found, key=lambda change: change.date or datetime.date.max, reverse=True)

    @cached_property
    def tags(self) -> list[Tag]:
        closed = tuple(closed_paths(self.user))
        rows = _tags(self.page.translation_key)
        found = {Tag(name, slug) for name, slug, path in rows if not path.startswith(closed)}
        return sorted(found, key=lambda tag: alphabetical(tag.name))

    @property
    def published(self) -> datetime.datetime | None:
        return self.page.last_published_at or self.page.latest_revision_created_at


@Prepared.of(UUID)
def _tags(key: UUID) -> QuerySet:
    links = PageTag.objects.filter(shown_now("content_object__"), content_object__translation_key=key)
    return links.order_by().values_list("tag__name", "tag__slug", "content_object__path")


def reading(page: KnowledgePage, request: HttpRequest) -> Reading:
    """The reading of `page` for this request; the same one for everybody who asks while it is served."""
    kept = page.__dict__.get("_reading")
    if kept is None or kept.request is not request:
        kept = page.__dict__["_reading"] = Reading(page, request)
    return kept
