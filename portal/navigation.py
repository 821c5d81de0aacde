"""The index pages and the pages about the guide, found by what they are, for menu, footer and breadcrumbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from wagtail.models import Page

from . import querysets, schedule, stamps
from .addresses import tree_address
from .querysets import visible

# Index pages are known by their type (one of each to a language), pages about the guide by their code.
INDEX_TYPES = {
    "homepage": "home",
    "patternindexpage": "patterns",
    "collectionindexpage": "collections",
    "practiceindexpage": "practices",
    "workshopindexpage": "workshops",
    "recommendationindexpage": "recommendations",
    "topicindexpage": "topics",
    "resourceindexpage": "resources",
    "glossarypage": "glossary",
    "newsindexpage": "news",
}
SECTIONS = frozenset(INDEX_TYPES.values()) - {"home", "glossary"}  # with pages below them


def section_of(model: type) -> str:
    """The section whose index pages are of this type, if any."""
    code = INDEX_TYPES.get(model.__name__.lower(), "")
    return code if code in SECTIONS else ""


@dataclass(frozen=True)
class Place:
    code: str
    url: str
    title: str
    language: str
    pk: int
    key: Any  # the translation key


@dataclass(frozen=True)
class Directory:
    places: dict[str, Place]  # by code
    codes: dict[str, str]  # by tree path, over all languages


Version = tuple[Any, ...]  # the stamp of the site, when the clock will change what it shows, and another stamp
MOST_MADE = 500  # languages by sections; more would be a mistake
_made: dict[tuple, tuple[Version, Any]] = {}


def places(language: str, request: HttpRequest | None) -> dict[str, Place]:
    """The places of the site by code, in `language`, else in the language in which they were written first."""
    return _directory(language, request).places


def codes_by_path(language: str, request: HttpRequest) -> dict[str, str]:
    """Which place stands at a tree path, so that a page finds its ancestors without a query."""
    return _directory(language, request).codes


def once(request: HttpRequest | None, key: tuple, make: Callable[[], Any], *, also: str = "") -> Any:
    """What is the same round every page, such as the footer: kept in the process until something is published.

    `also` names another stamp of the whole site that ends it. Finding out takes one small query in a request.
    """
    version = (*_version(request), stamps.current(also)) if also else _version(request)
    kept = _made.get(key)
    if kept is None or kept[0] != version:
        if len(_made) > MOST_MADE:
            _made.pop(next(iter(_made)), None)
        kept = _made[key] = (version, make())
    return kept[1]


def forget() -> None:
    """For tests, where a rolled back transaction takes the stamp back too."""
    _made.clear()
    schedule.forget()
    querysets.forget()


def _version(request: HttpRequest | None) -> Version:
    """Found out once in a request."""
    if request is None:
        stamp = stamps.current(stamps.SITE)
        return stamp, schedule.next_change(stamp)
    if "_site_version" not in request.__dict__:
        request.__dict__["_site_version"] = _version(None)
    version: Version = request.__dict__["_site_version"]
    return version


def _directory(language: str, request: HttpRequest | None) -> Directory:
    """Finding out that it is still true takes one small query in a request."""
    directory: Directory = once(request, ("directory", language), lambda: _read(language))
    return directory


def _read(language: str) -> Directory:
    pages = (
        visible(Page.objects.filter(alias_of__isnull=True))
        .filter(Q(depth__in=(2, 3), content_type__model__in=INDEX_TYPES) | Q(content_type__model="standardpage"))
        .select_related("locale", "content_type")
        .annotate(standard_code=F("standardpage__code"))
        .order_by("pk")
    )
    found: dict[str, Page] = {}
    codes: dict[str, str] = {}
    for page in pages:
        code = codes[page.path] = INDEX_TYPES.get(page.content_type.model) or page.standard_code
        known = found.get(code)
        if known is None or (page.locale.language_code == language and known.locale.language_code != language):
            found[code] = page
    return Directory({code: _place(code, page, language) for code, page in found.items()}, codes)


def _place(code: str, page: Page, language: str) -> Place:
    return Place(
        code,
        tree_address(page.url_path, language),
        page.title,
        page.locale.language_code,
        page.pk,
        page.translation_key,
    )
