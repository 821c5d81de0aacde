"""Atom feeds: what was published or changed, in each language: of a section, a list, a tag, a country, or the whole
site."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.models import Page

from . import views_of_pages
from .addresses import address
from .changes import Noted, noted_changes
from .datasets import Dataset, dataset_of
from .geography import country_name, country_names
from .languages import active_language, alphabetical
from .listing import with_choice
from .models import KnowledgePage, PageFacet
from .navigation import SECTIONS, places
from .querysets import in_language, visible
from .tags import tagged
from .xml_text import xml_text

LENGTH = 30


class AtomFeed(Atom1Feed):
    """A letter that XML does not know, in one title, would leave everybody without the whole feed."""

    def __init__(self, title: str, link: str, description: str | None, **kwargs: Any) -> None:
        super().__init__(xml_text(title), link, description, **kwargs)

    def add_item(self, title: str, link: str, description: str, *args: Any, **kwargs: Any) -> None:
        super().add_item(xml_text(title), link, xml_text(description), *args, **kwargs)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """An entry in another language than the feed says so."""
        language = item.get("language", self.feed["language"])
        return {} if language == self.feed["language"] else {"xml:lang": language}


class PageFeed(Feed):
    """Pages as entries, one for each subject and language."""

    feed_type = AtomFeed

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        change = item.last_change
        return f"{item.summary}\n{change['text']}" if change else item.summary

    def item_link(self, item: Any) -> str:
        return address(item)

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.translation_key}:{item.locale.language_code}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_published_at

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"language": item.locale.language_code}


class SectionFeed(PageFeed):
    """The newest changes under one section of the reader's language, or of the whole site."""

    def get_object(self, request: HttpRequest, section: str = "") -> Page:
        language = active_language()
        place = places(language, request).get(section or "home")
        if place is None or place.language != language or (section and section not in SECTIONS):
            raise Http404
        return Page.objects.select_related("locale").get(pk=place.pk)

    def title(self, page: Page) -> str:
        return _("%(section)s: what changed") % {"section": page.title}

    def link(self, page: Page) -> str:
        return address(page)

    def feed_guid(self, page: Page) -> str:
        return f"urn:uuid:{page.translation_key}:{page.locale.language_code}"

    def items(self, page: Page) -> list[Any]:
        below = Page.objects.descendant_of(page).filter(alias_of__isnull=True)
        pages: Any = visible(below).order_by("-last_published_at", "pk")[:LENGTH]
        return [item for item in pages.specific() if isinstance(item, KnowledgePage)]


class ListFeed(PageFeed):
    """What changed last in the list on an index page, as it is filtered: of one country, one group, one kind."""

    def get_object(self, request: HttpRequest, page: Any) -> tuple[Any, Dataset, HttpRequest]:
        dataset = dataset_of(type(page))
        if dataset is None:
            raise Http404
        return page, dataset, request

    def title(self, found: tuple[Any, Dataset, HttpRequest]) -> str:
        page, dataset, request = found
        named = [page.title, *dataset.chosen(request)]
        return _("%(section)s: what changed") % {"section": ", ".join(named)}

    def link(self, found: tuple[Any, Dataset, HttpRequest]) -> str:
        page, _dataset, request = found
        return with_choice(address(page), request)

    def feed_url(self, found: tuple[Any, Dataset, HttpRequest]) -> str:
        return found[2].get_full_path()

    def feed_guid(self, found: tuple[Any, Dataset, HttpRequest]) -> str:
        page, _dataset, request = found
        return with_choice(f"urn:uuid:{page.translation_key}:{active_language()}", request)

    def items(self, found: tuple[Any, Dataset, HttpRequest]) -> list[Any]:
        _page, dataset, request = found
        pages: Any = dataset.pages(request) if dataset.pages else Page.objects.none()
        return list(pages.defer(None).select_related("locale").order_by("-last_published_at", "pk")[:LENGTH])


class TagFeed(PageFeed):
    """What changed last among all that carries a tag."""

    def get_object(self, request: HttpRequest, slug: str) -> tuple[Tag, list[Any]]:
        tag = get_object_or_404(Tag, slug=slug)
        pages: Any = in_language(visible(tagged(tag, request.user), request.user), active_language())
        items = list(pages.order_by("-last_published_at", "pk")[:LENGTH].specific())
        if not items:
            raise Http404
        return tag, [page for page in items if isinstance(page, KnowledgePage)]

    def title(self, found: tuple[Tag, list[Any]]) -> str:
        return _("%(section)s: what changed") % {"section": found[0].name}

    def link(self, found: tuple[Tag, list[Any]]) -> str:
        return reverse("tag_page", args=[found[0].slug])

    def feed_guid(self, found: tuple[Tag, list[Any]]) -> str:
        return f"urn:tag:{found[0].slug}:{active_language()}"

    def items(self, found: tuple[Tag, list[Any]]) -> list[Any]:
        return found[1]


class CountryFeed(PageFeed):
    """What changed last in one country, over all sections: practices, workshops and what else names its country."""

    def get_object(self, request: HttpRequest, country: str) -> tuple[str, list[Any]]:
        code = country.upper()
        items = list(_in_countries([code], request.user).order_by("-last_published_at", "pk")[:LENGTH].specific())
        if not items:
            raise Http404
        return code, items

    def title(self, found: tuple[str, list[Any]]) -> str:
        return _("%(section)s: what changed") % {"section": country_name(found[0])}

    def link(self, found: tuple[str, list[Any]]) -> str:
        return reverse("follow")

    def feed_guid(self, found: tuple[str, list[Any]]) -> str:
        return f"urn:country:{found[0]}:{active_language()}"

    def items(self, found: tuple[str, list[Any]]) -> list[Any]:
        return found[1]


def _in_countries(codes: Iterable[str] | None, user: Any) -> Any:
    """Pages that belong to one of the countries, or to any; one for each subject."""
    facets = PageFacet.objects.filter(facet="country")
    named = facets if codes is None else facets.filter(value__in=codes)
    return in_language(visible(Page.objects.filter(pk__in=named.values("page_id")), user), active_language())


_others: list[tuple[Any, Callable[[], list[tuple[str, str]]]]] = []


def also_follow(heading: Any, links: Callable[[], list[tuple[str, str]]]) -> None:
    """Name feeds of a feature on the page of all feeds: labels and addresses under a heading of their own."""
    _others.append((heading, links))


def follow(request: HttpRequest) -> HttpResponse:
    """Every feed in the reader's language on one page."""
    language = active_language()
    here = places(language, request)
    sections = [
        (here[code].title, reverse("section_feed", args=[code]), code)
        for code in sorted(SECTIONS & here.keys(), key=lambda code: alphabetical(here[code].title))
        if here[code].language == language
    ]
    rows = PageFacet.objects.filter(facet="country", page__in=_in_countries(None, request.user).values("pk"))
    countries = country_names(set(rows.values_list("value", flat=True)))
    has_home = "home" in here and here["home"].language == language
    return render(
        request,
        "portal/follow.html",
        {
            "sections": sections,
            "countries": countries,
            "has_site_feed": has_home,
            "others": [(heading, links()) for heading, links in _others],
        },
    )


class ChangesFeed(Feed):
    """The change log of the whole site."""

    feed_type = AtomFeed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return _("What changed")

    def link(self, request: HttpRequest) -> str:
        return reverse("changes")

    def items(self, request: HttpRequest) -> list[Noted]:
        return noted_changes(request)[:LENGTH]

    def item_title(self, item: Noted) -> str:
        return f"{item.title}: {item.kind_label}"

    def item_description(self, item: Noted) -> str:
        return item.text

    def item_link(self, item: Noted) -> str:
        return item.url

    def item_guid(self, item: Noted) -> str:
        return item.guid

    def item_extra_kwargs(self, item: Noted) -> dict[str, Any]:
        return {"language": item.language}

    def item_updateddate(self, item: Noted) -> datetime:
        return datetime.combine(item.date, time.min, timezone.get_current_timezone())


def register_views() -> None:
    def has_list(model: type) -> bool:
        dataset = dataset_of(model)
        return dataset is not None and dataset.pages is not None

    def answer(page: Any, request: HttpRequest) -> Any:
        return ListFeed()(request, page=page)

    label, hint = gettext_lazy("Feed (Atom)"), gettext_lazy("what changes in this list")
    views_of_pages.register("feed/", has_list, answer, label=label, hint=hint)
