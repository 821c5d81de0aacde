"""What is new for one reader, as it may be shown to that reader now.

What stands in a mail cannot be taken back. So words and titles are told only of what everybody may read; of the rest
a mail says that there is something, with a link that asks who opens it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from portal.addresses import address
from portal.changes import NEW, tells_of_subject
from portal.languages import active_language
from portal.models import KnowledgePage, PageFacet
from portal.navigation import INDEX_TYPES
from portal.querysets import in_language, visible
from portal.vocabulary import ChangeKind

from ..models import CommentState, DiscussionThread, Mention, ModerationDecision, Scope, State, Subscription
from ..places import Place, places
from ..querysets import CommentStateQuerySet

MOST = 40  # lines of one part
EXCERPT = 200
OF_COMMENTS = {Scope.REPLIES, Scope.THREAD, Scope.GROUP}


@dataclass(frozen=True)
class Item:
    text: str
    url: str
    note: str = ""
    language: str = ""  # of the note


@dataclass(frozen=True)
class Part:
    heading: str
    items: list[Item]
    more: int = 0


def news(rows: Sequence[Subscription], until: datetime, user: Any = None) -> list[Part]:
    """In the active language; empty parts are left out."""
    comments = [row for row in rows if row.scope in OF_COMMENTS] if user else []
    found = [
        _part(_("Answers to you"), [row for row in comments if row.scope == Scope.REPLIES], until, user, replies),
        _part(_("Discussions you follow"), [row for row in comments if row.scope != Scope.REPLIES], until, user, talks),
        _part(_("New and changed pages"), [row for row in rows if row.scope not in OF_COMMENTS], until, user, pages),
    ]
    return [part for part in found if part]


def _part(heading: str, rows: Sequence[Subscription], until: datetime, user: Any, find: Any) -> Part | None:
    items = find(rows, until, user) if rows else []
    return Part(heading, items[:MOST], max(0, len(items) - MOST)) if items else None


# Comments


def replies(rows: Sequence[Subscription], until: datetime, user: Any) -> list[Item]:
    comments = _comments(rows, until, user).with_text().select_related("thread__group")
    return told(list(comments.order_by("posted_at")[: 2 * MOST]), user)


def talks(rows: Sequence[Subscription], until: datetime, user: Any) -> list[Item]:
    """One line for each discussion. What was told as an answer is not told again."""
    comments = _comments(rows, until, user)
    if Subscription.objects.of(user).active().filter(scope=Scope.REPLIES).exists():
        comments = comments.exclude(to_member(user))
    counts: dict[int, int] = {}
    for thread_id in comments.order_by("posted_at").values_list("thread_id", flat=True):
        counts[thread_id] = counts.get(thread_id, 0) + 1
    threads = DiscussionThread.objects.filter(pk__in=counts).select_related("group")
    found, public = places_for(threads, user), public_among(threads)
    return [
        Item(_numbered(found[pk].title, number) if pk in public else _somewhere(), _whole(found[pk].url))
        for pk, number in counts.items()
        if pk in found
    ]


def told(comments: Sequence[CommentState], user: Any) -> list[Item]:
    """Each comment as a line; of those that not everybody may read, only where."""
    threads = {row.thread for row in comments}
    found, public = places_for(threads, user), public_among(threads)
    items = []
    for row in comments:
        place = found.get(row.thread_id)
        if place is None:
            continue
        if row.thread_id in public:
            items.append(_line(row, place))
        else:
            items.append(Item(_somewhere(), _whole(place.url)))
    return list(dict.fromkeys(items))


def _line(row: CommentState, place: Place) -> Item:
    who = "" if row.thread.by_role else row.comment.user_name
    said = {"author": who, "title": place.title}
    text = _("%(author)s on “%(title)s”") % said if who else _("A comment on “%(title)s”") % said
    excerpt = Truncator(" ".join(row.comment.comment.split())).chars(EXCERPT)
    return Item(text, _whole(f"{place.url}?c={row.public_id}#c-{row.public_id}"), excerpt, row.language)


def _numbered(title: str, number: int) -> str:
    said = {"title": title, "number": number}
    return ngettext("“%(title)s”: %(number)d new comment", "“%(title)s”: %(number)d new comments", number) % said


def _somewhere() -> str:
    return _("Something new where not everybody may read")


def _comments(rows: Sequence[Subscription], until: datetime, user: Any) -> CommentStateQuerySet:
    """News to each subscription, and still to be read."""
    return CommentState.objects.visible_to(user).exclude(comment__user_id=user.pk).filter(_news(rows, until, user))


def missed(rows: Sequence[Subscription], until: datetime, user: Any) -> list[int]:
    """What would be told now if it were not held or hidden at this moment; it is told when it is back."""
    rows = [row for row in rows if row.scope in OF_COMMENTS]
    if not rows or user is None:
        return []
    away = CommentState.objects.filter(state__in=[State.HELD, State.HIDDEN]).exclude(comment__user_id=user.pk)
    found = away.filter(_news(rows, until, user)).order_by("-pk")
    return list(found.values_list("pk", flat=True)[: 5 * MOST])


def _news(rows: Sequence[Subscription], until: datetime, user: Any) -> Q:
    """Published for the first time in the time that each subscription waits for, or missed before."""
    before = {pk for row in rows for pk in row.missed}
    wanted = Q(pk__in=before) & followed(rows, user) if before else Q()
    for since in {row.told_until for row in rows}:
        here = [row for row in rows if row.told_until == since]
        wanted |= _first_published(since, until) & followed(here, user)
    return wanted


def _first_published(since: datetime, until: datetime) -> Q:
    published = ModerationDecision.objects.filter(comment=OuterRef("pk"), new=State.PUBLISHED)
    return Q(Exists(published.filter(made_at__gt=since, made_at__lte=until))) & ~Q(
        Exists(published.filter(made_at__lte=since))
    )


def followed(rows: Sequence[Subscription], user: Any) -> Q:
    keys = [row.target for row in rows if row.scope == Scope.THREAD]
    groups = [row.target for row in rows if row.scope == Scope.GROUP]
    wanted = Q(thread__translation_key__in=keys) | Q(thread__group__code__in=groups)
    return wanted | to_member(user) if any(row.scope == Scope.REPLIES for row in rows) else wanted


def to_member(user: Any) -> Q:
    mentioned = Mention.objects.filter(user_id=user.pk).values("comment")
    answered = CommentState.objects.filter(comment__user_id=user.pk).values("pk")
    return Q(parent__in=answered) | Q(pk__in=mentioned)


def places_for(threads: Iterable[DiscussionThread], user: Any) -> dict[int, Place]:
    return dict(places(threads, visible(Page.objects.all(), user)))


def public_among(threads: Iterable[DiscussionThread]) -> set[int]:
    known = DiscussionThread.objects.visible_to(None).filter(pk__in=[thread.pk for thread in threads])
    return set(known.values_list("pk", flat=True))


# Pages


def pages(rows: Sequence[Subscription], until: datetime, user: Any) -> list[Item]:
    found: dict[Any, Item] = {}
    for row in rows:
        for page in _changed(row, until, user):
            if page.translation_key not in found and (item := page_line(page, row.told_until)):
                found[page.translation_key] = item
    return list(found.values())


def _changed(row: Subscription, until: datetime, user: Any) -> list[KnowledgePage]:
    in_time = Page.objects.filter(last_published_at__gt=row.told_until, last_published_at__lte=until)
    followed = in_time.filter(within(row.scope, row.target))
    language = row.target if row.scope == Scope.LANGUAGE else active_language()
    pages: Any = in_language(visible(followed, user), language).select_related("locale")
    found = list(pages.order_by("-last_published_at", "pk")[: 3 * MOST].specific())
    return [page for page in found if tells_of_subject(type(page))]


def within(scope: str, target: str) -> Q:
    """Which pages belong to what somebody follows."""
    if scope == Scope.SUBJECT:
        return Q(translation_key=target)
    if scope == Scope.COUNTRY:
        return Q(pk__in=PageFacet.objects.filter(facet="country", value=target).values("page_id"))
    if scope == Scope.LANGUAGE:
        return Q(locale__language_code=target)
    if scope == Scope.SECTION:
        below = Q(pk__in=[])
        for path in Page.objects.filter(depth__in=(2, 3), content_type__model__in=_models(target)).values_list("path"):
            below |= Q(path__startswith=path[0], depth__gte=4)
        return below
    return Q() if scope == Scope.SITE else Q(pk__in=[])


def _models(section: str) -> list[str]:
    return [model for model, code in INDEX_TYPES.items() if code == section]


def what_changed(page: KnowledgePage, since: datetime) -> tuple[str, str] | None:
    """The kind of change and the editors' note on it. A page that was only saved once more is no news."""
    if page.first_published_at and page.first_published_at > since:
        return NEW, page.summary
    note = page.last_change
    if note and note["date"] >= timezone.localdate(since):
        return note["kind"], note["text"]
    return None


def news_since(now: datetime) -> datetime:
    """How far back a page counts as new when it is told at once."""
    return now - timedelta(days=1)


def page_line(page: KnowledgePage, since: datetime) -> Item | None:
    changed = what_changed(page, since)
    if changed is None:
        return None
    kind, note = changed
    if not visible(Page.objects.filter(pk=page.pk)).exists():
        return Item(_somewhere(), _whole(address(page)))
    label = _("New page") if kind == NEW else str(ChangeKind(kind).label)
    return Item(f"{page.title} ({label})", _whole(address(page)), note, page.locale.language_code)


def _whole(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL + path
