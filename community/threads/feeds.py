"""Atom feeds of comments: of one discussion, of all, and of either in one language.

They hold what everybody may read, whoever asks: no sign-in makes a feed say more.
"""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from portal import stamps
from portal.feeds import LENGTH, AtomFeed, also_follow
from portal.languages import language_in_sentence
from portal.querysets import visible
from portal.xml_text import xml_text

from .. import services, text
from ..models import CommentState, DiscussionThread
from ..places import Place, places

LANGUAGE_CODES = {code for code, _name in settings.LANGUAGES}


class Asked(NamedTuple):
    thread: DiscussionThread | None  # none for the whole site
    place: Place | None
    language: str  # empty for all


class Entry(NamedTuple):
    row: CommentState
    place: Place


class CommentFeed(Feed):
    feed_type = AtomFeed
    item_guid_is_permalink = False

    def items(self, asked: Asked) -> list[Entry]:
        """What everybody may read, newest first. Where authors are shown by their role there is no feed."""
        shown = CommentState.objects.visible_to(None).filter(thread__by_role=False)
        if asked.thread:
            shown = shown.filter(thread=asked.thread)
        if asked.language:
            shown = shown.filter(language=asked.language)
        rows = list(shown.with_text().select_related("thread__group").order_by("-posted_at", "-pk")[:LENGTH])
        found = {asked.thread.pk: asked.place} if asked.thread else places_of({row.thread for row in rows})
        return [Entry(row, place) for row in rows if (place := found.get(row.thread_id))]

    def item_title(self, item: Entry) -> str:
        return _("%(author)s on %(page)s") % {"author": item.row.author_name, "page": item.place.title}

    def item_description(self, item: Entry) -> str:
        row = item.row
        said = text.as_html(row.comment.comment, row.mention_spans)
        return format_html('<div lang="{}" dir="auto">{}</div>', row.language, said)

    def item_link(self, item: Entry) -> str:
        return f"{item.place.url}?c={item.row.public_id}#c-{item.row.public_id}"

    def item_guid(self, item: Entry) -> str:
        return f"urn:comment:{item.row.public_id}"

    def item_author_name(self, item: Entry) -> str:
        return xml_text(item.row.author_name)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.row.posted_at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.row.edited_at or item.row.posted_at


class ThreadFeed(CommentFeed):
    """What was said last about one page."""

    def get_object(self, request: HttpRequest, key: UUID, language: str = "") -> Asked:
        depends_on(request, stamps.subject(key))
        threads = DiscussionThread.objects.visible_to(None).filter(by_role=False)
        thread = threads.filter(translation_key=key).select_related("group").first()
        place = places_of({thread}).get(thread.pk) if thread else None
        if place is None or not is_known(language):
            raise Http404
        return Asked(thread, place, language)

    def title(self, asked: Asked) -> str:
        return _in_language(_("Comments on %(page)s") % {"page": asked.place.title if asked.place else ""}, asked)

    def link(self, asked: Asked) -> str:
        return f"{asked.place.url}#talk" if asked.place else ""

    def feed_guid(self, asked: Asked) -> str:
        return f"urn:uuid:{asked.thread.translation_key if asked.thread else ''}:comments:{asked.language}"


class SiteFeed(CommentFeed):
    """What was said last about any page."""

    def get_object(self, request: HttpRequest, language: str = "") -> Asked:
        depends_on(request, services.COMMENTS)
        if not is_known(language):
            raise Http404
        return Asked(None, None, language)

    def title(self, asked: Asked) -> str:
        return _in_language(_("Comments on all pages"), asked)

    def link(self, asked: Asked) -> str:
        return reverse("follow")

    def feed_guid(self, asked: Asked) -> str:
        return f"urn:comments:{asked.language}"


def depends_on(request: HttpRequest, stamp: str) -> None:
    """Tell the page cache when what it keeps of this answer is out of date."""
    keys: set[str] = getattr(request, "stamp_keys", set())
    request.stamp_keys = keys | {stamp}  # type: ignore[attr-defined]


def places_of(threads: set[DiscussionThread]) -> Any:
    return places(threads, visible(Page.objects.all()))


def is_known(language: str) -> bool:
    return not language or language in LANGUAGE_CODES


def _in_language(title: str, asked: Asked) -> str:
    if not asked.language:
        return title
    return _("%(title)s, in %(language)s") % {"title": title, "language": language_in_sentence(asked.language)}


def register() -> None:
    """Name them on the page of all feeds."""

    def links() -> list[tuple[str, str]]:
        every = (_("Comments in all languages"), reverse("community:site_feed"))
        return [every, *((name, reverse("community:site_feed_in", args=[code])) for code, name in settings.LANGUAGES)]

    also_follow(gettext_lazy("What people say"), links)
