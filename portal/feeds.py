"""Atom feeds: what was published or changed, one for each section and language."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from .addresses import address
from .models import HomePage, KnowledgePage
from .querysets import visible

SECTIONS = ("patterns", "practices", "workshops", "news", "resources", "topics", "recommendations")
LENGTH = 30


class SectionFeed(Feed):
    """The newest changes under one section of the reader's language, or of the whole site."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, section: str = "") -> Page:
        language = get_language()
        homes = visible(HomePage.objects.filter(locale__language_code=language))
        page = homes.first()
        if page is not None and section:
            page = visible(Page.objects.child_of(page).filter(slug=section)).first() if section in SECTIONS else None
        if page is None:
            raise Http404
        self.request = request
        return page

    def title(self, page: Page) -> str:
        return _("%(section)s: what changed") % {"section": page.title}

    def link(self, page: Page) -> str:
        return address(page, self.request)

    def feed_guid(self, page: Page) -> str:
        return f"urn:uuid:{page.translation_key}:{page.locale.language_code}"

    def items(self, page: Page) -> list[Any]:
        pages: Any = visible(Page.objects.descendant_of(page)).order_by("-last_published_at")[:LENGTH]
        return [item for item in pages.specific() if isinstance(item, KnowledgePage)]

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        change = item.last_change
        return f"{item.summary}\n{change['text']}" if change else item.summary

    def item_link(self, item: Any) -> str:
        return address(item, self.request)

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.translation_key}:{item.locale.language_code}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_published_at
