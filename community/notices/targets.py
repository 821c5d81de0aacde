"""What can be followed: by whom, what it is called, and where it is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.addresses import LANGUAGE_CODES
from portal.geography import country_name
from portal.languages import active_language, language_name
from portal.models import PageFacet
from portal.navigation import SECTIONS, places
from portal.querysets import visible

from ..models import DiscussionThread, Scope, Subscription, WorkingGroup
from ..places import places as places_of_threads

FOR_VISITORS = {Scope.SECTION, Scope.COUNTRY, Scope.SITE}


@dataclass(frozen=True)
class Target:
    scope: Scope
    target: str
    label: str
    url: str
    is_public: bool = True

    @property
    def for_visitors(self) -> bool:
        return self.scope in FOR_VISITORS


def target(scope: str, value: str, user: Any = None) -> Target | None:
    """None for what is not there or not for this person."""
    find = _FIND.get(scope)
    found = find(value, user) if find else None
    return Target(Scope(scope), value, *found) if found else None


def of_row(row: Subscription, user: Any = None) -> Target | None:
    return target(row.scope, row.target, user)


Found = tuple[str, str, bool]


def _replies(value: str, user: Any) -> Found | None:
    return None if value else (_("Answers to you, and comments that name you"), "", True)


def _messages(value: str, user: Any) -> Found | None:
    return None if value else (_("Messages from members of your working groups"), "", True)


def _site(value: str, user: Any) -> Found | None:
    return None if value else (settings.SITE_NAME, f"/{active_language()}/", True)


def _section(value: str, user: Any) -> Found | None:
    place = places(active_language(), None).get(value) if value in SECTIONS else None
    return (place.title, place.url, True) if place else None


def _country(value: str, user: Any) -> Found | None:
    pages = visible(Page.objects.all()).values("pk")
    if not PageFacet.objects.filter(facet="country", value=value, page__in=pages).exists():
        return None
    return country_name(value), "", True


def _language(value: str, user: Any) -> Found | None:
    if value not in LANGUAGE_CODES:
        return None
    return _("All pages in: %(language)s") % {"language": language_name(value)}, f"/{value}/", True


def _group(value: str, user: Any) -> Found | None:
    group = WorkingGroup.objects.visible_to(user).filter(code=value).first()
    return (group.title, group.get_absolute_url(), not group.is_private) if group else None


def _thread(value: str, user: Any) -> Found | None:
    """The thread of a page that has none yet can be followed, too."""
    key = _uuid(value)
    thread = DiscussionThread.objects.filter(translation_key=key).select_related("group").first() if key else None
    if thread is None or thread.group is None:
        return _subject(value, user) if thread is None or thread.state != "hidden" else None
    if not DiscussionThread.objects.visible_to(user).filter(pk=thread.pk).exists():
        return None
    return thread.title, thread.get_absolute_url(), not thread.group.is_private


def _subject(value: str, user: Any) -> Found | None:
    key = _uuid(value)
    pages = visible(Page.objects.filter(translation_key=key), user) if key else Page.objects.none()
    if not pages.exists():
        return None
    place = places_of_threads([DiscussionThread(pk=0, translation_key=UUID(value))], pages).get(0)
    is_public = visible(Page.objects.filter(translation_key=key)).exists()
    return (place.title, place.url, is_public) if place else None


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


_FIND: dict[str, Callable[[str, Any], Found | None]] = {
    Scope.REPLIES: _replies,
    Scope.MESSAGES: _messages,
    Scope.SITE: _site,
    Scope.SECTION: _section,
    Scope.COUNTRY: _country,
    Scope.LANGUAGE: _language,
    Scope.GROUP: _group,
    Scope.THREAD: _thread,
    Scope.SUBJECT: _subject,
}


def labels(rows: Iterable[Subscription], user: Any = None) -> dict[int, Target]:
    """What many subscriptions are of, for those that this person may see; the queries do not grow with their number."""
    rows = list(rows)
    found = {row.pk: one for row in rows if row.scope not in _MANY and (one := of_row(row, user))}
    for row in rows:
        if row.scope == Scope.COUNTRY:
            found[row.pk] = Target(Scope.COUNTRY, row.target, country_name(row.target), "")
    by_key, by_code = _by_key(rows, user), _by_code(rows, user)
    for row in rows:
        known = by_code.get(row.target) if row.scope == Scope.GROUP else by_key.get(row.target)
        if known and row.scope in {Scope.GROUP, Scope.THREAD, Scope.SUBJECT}:
            found[row.pk] = Target(Scope(row.scope), row.target, known[0], known[1])
    return found


_MANY = {Scope.COUNTRY, Scope.GROUP, Scope.THREAD, Scope.SUBJECT}


def _by_code(rows: list[Subscription], user: Any) -> dict[str, tuple[str, str]]:
    codes = [row.target for row in rows if row.scope == Scope.GROUP]
    if not codes:
        return {}
    groups = WorkingGroup.objects.visible_to(user).filter(code__in=codes).prefetch_related("texts")
    return {group.code: (group.title, group.get_absolute_url()) for group in groups}


def _by_key(rows: list[Subscription], user: Any) -> dict[str, tuple[str, str]]:
    keys = {row.target for row in rows if row.scope in {Scope.THREAD, Scope.SUBJECT}}
    if not keys:
        return {}
    threads: dict[int, DiscussionThread] = {
        -number: DiscussionThread(pk=-number, translation_key=UUID(key)) for number, key in enumerate(keys, start=1)
    }
    known = DiscussionThread.objects.visible_to(user).filter(translation_key__in=keys, kind=DiscussionThread.Kind.GROUP)
    threads |= {thread.pk: thread for thread in known.select_related("group")}
    found = places_of_threads(threads.values(), visible(Page.objects.all(), user))
    return {str(threads[pk].translation_key): (place.title, place.url) for pk, place in found.items()}
