"""A member's own feed: what she follows and what is said in her groups, under an address that nobody can guess.

A program asks for it, with no sign-in: what the account may read is looked up at each request. Feed programs copy what
they get to servers of others, as mail does. So words and names are told only of what everybody may read, see
`contents`; of the rest the title of the discussion and a link that asks who opens it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.addresses import address
from portal.changes import tells_of_subject
from portal.feeds import LENGTH, AtomFeed
from portal.languages import active_language
from portal.querysets import in_language, visible

from .. import text
from ..models import CommentState, Membership, Scope, Subscription
from ..places import Place
from . import contents, private_addresses


class Entry(NamedTuple):
    guid: str
    title: str
    url: str
    at: datetime
    words: str = ""


class PrivateFeed(Feed):
    feed_type = AtomFeed
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest) -> Any:
        reader = private_addresses.reader(request.GET.get("key", ""))
        if reader is None:
            raise Http404
        return reader

    def title(self, reader: Any) -> str:
        return _("What you follow: %(site)s") % {"site": settings.SITE_NAME}

    def link(self, reader: Any) -> str:
        return reverse("account_notices")

    def feed_guid(self, reader: Any) -> str:
        return f"urn:private-feed:{reader.private_feed.seed[:8]}"

    def items(self, reader: Any) -> list[Entry]:
        rows = list(Subscription.objects.of(reader).active())
        found = [*_comments(rows, reader), *_pages(rows, reader)]
        return sorted(found, key=lambda entry: entry.at, reverse=True)[:LENGTH]

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.words

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_guid(self, item: Entry) -> str:
        return item.guid

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at


def _comments(rows: Sequence[Subscription], reader: Any) -> list[Entry]:
    """What she follows, what answers or names her, and all that is said in her groups; not what she wrote herself."""
    groups = Membership.objects.of(reader).groups()
    wanted = contents.followed(rows, reader) | contents.to_member(reader) | Q(thread__group__in=groups)
    shown = CommentState.objects.visible_to(reader).filter(wanted).exclude(comment__user_id=reader.pk)
    comments = list(shown.with_text().select_related("thread__group").order_by("-posted_at", "-pk")[:LENGTH])
    threads = {row.thread for row in comments}
    found, public = contents.places_for(threads, reader), contents.public_among(threads)
    return [
        _comment(row, place, is_public=row.thread_id in public)
        for row in comments
        if (place := found.get(row.thread_id))
    ]


def _comment(row: CommentState, place: Place, *, is_public: bool) -> Entry:
    title = _("New in “%(title)s”") % {"title": place.title}
    words = ""
    if is_public:
        said = text.as_html(row.comment.comment, row.mention_spans)
        words = format_html('<div lang="{}" dir="auto">{}</div>', row.language, said)
        if not row.thread.by_role:
            title = _("%(author)s on %(page)s") % {"author": row.author_name, "page": place.title}
    url = f"{place.url}?c={row.public_id}#c-{row.public_id}"
    return Entry(f"urn:comment:{row.public_id}", title, url, row.edited_at or row.posted_at, words)


def _pages(rows: Sequence[Subscription], reader: Any) -> list[Entry]:
    """New and changed pages, in as many queries for many subscriptions as for few."""
    of_pages = [row for row in rows if row.scope not in contents.OF_COMMENTS and row.scope != Scope.MESSAGES]
    languages = {row.target for row in of_pages if row.scope == Scope.LANGUAGE}
    others = [row for row in of_pages if row.scope != Scope.LANGUAGE]
    found: dict[Any, Any] = {}
    for code in {*languages, *([active_language()] if others else [])}:
        wanted = None if code in languages else _within(others)
        for page in _last(wanted, code, reader):
            found.setdefault(page.pk, page)
    public = set(visible(Page.objects.filter(pk__in=found)).values_list("pk", flat=True))
    return [_page(page, is_public=page.pk in public) for page in found.values()]


def _within(rows: Sequence[Subscription]) -> Q | None:
    """The pages that belong to any of these; None for all."""
    if any(row.scope == Scope.SITE for row in rows):
        return None
    keys = [row.target for row in rows if row.scope == Scope.SUBJECT]
    wanted = Q(translation_key__in=keys)
    for scope in (Scope.COUNTRY, Scope.SECTION):
        for target in {row.target for row in rows if row.scope == scope}:
            wanted |= contents.within(scope, target)
    return wanted


def _last(wanted: Q | None, language: str, reader: Any) -> list[Any]:
    changed = Page.objects.filter(wanted or Q(), last_published_at__isnull=False)
    pages: Any = in_language(visible(changed, reader), language)
    last = list(pages.order_by("-last_published_at", "pk")[: 2 * LENGTH].specific())
    prefetch_related_objects(last, "locale")
    return [page for page in last if tells_of_subject(type(page))][:LENGTH]


def _page(page: Any, *, is_public: bool) -> Entry:
    guid = f"urn:uuid:{page.translation_key}:{page.locale.language_code}"
    change = page.last_change if is_public else None
    words = "\n".join(filter(None, [page.summary, change["text"] if change else ""])) if is_public else ""
    return Entry(guid, page.title, address(page), page.last_published_at, words)
