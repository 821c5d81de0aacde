"""The one verb for “may this be shown”: pages, search, feeds, counts and exports all ask it."""

from functools import cache, lru_cache
from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Now
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from . import stamps
from .prepared import PreparedInstances


@cache
def shown_now(page: str = "") -> Q:
    """Published, and within the hours set for it; `page` is the way to the page, such as `content_object__`.

    Wagtail unpublishes when `publish_scheduled` runs, which may be late. The clock is the database's own, so that a
    query that was compiled once does not keep the hour of that day.
    """
    begun = Q(**{f"{page}go_live_at__isnull": True}) | Q(**{f"{page}go_live_at__lte": Now()})
    goes_on = Q(**{f"{page}expire_at__isnull": True}) | Q(**{f"{page}expire_at__gt": Now()})
    return Q(**{f"{page}live": True}) & begun & goes_on


def is_shown_now(page: str = "") -> ExpressionWrapper:
    """The same as a column of a query."""
    return ExpressionWrapper(shown_now(page), output_field=BooleanField())


def visible(pages: QuerySet, user: Any = None) -> QuerySet:
    """The published pages among `pages` that `user` may read; without a user, what everybody may read.

    A restriction holds for the page and all below it. Pages behind a shared password are nobody's in lists.
    """
    pages = pages.filter(shown_now())
    closed = Q()
    for path in closed_paths(user):
        closed |= Q(path__startswith=path)
    return pages.exclude(closed) if closed else pages


def closed_paths(user: Any = None) -> list[str]:
    """The tree paths below which `user` may see nothing: for code that has its rows already."""
    return [restriction.page.path for restriction in _restrictions() if not passes(restriction, user)]


def is_restricted(page: Page) -> bool:
    """Whether not everybody may read the page; who may is for Wagtail's hook to say."""
    return any(page.path.startswith(restriction.page.path) for restriction in _restrictions())


def may_open(path: str, request: HttpRequest) -> bool:
    """Whether this visitor gets past every restriction on a tree path; a password counts once it was given."""
    over = (restriction for restriction in _restrictions() if path.startswith(restriction.page.path))
    return all(restriction.accept_request(request) for restriction in over)


_asked = Local()  # the restrictions that this request has read, so that it reads them once


def _restrictions() -> list[PageViewRestriction]:
    found: list[PageViewRestriction] | None = getattr(_asked, "restrictions", None)
    if found is None:
        found = _kept_restrictions()
        if getattr(_asked, "in_request", False):
            _asked.restrictions = found
    return found


_kept: dict[str, tuple[int, list[PageViewRestriction]]] = {}


def _kept_restrictions() -> list[PageViewRestriction]:
    """Kept in the process until the site's stamp moves; never what a transaction sees that may be rolled back."""
    if connection.in_atomic_block:
        return _read_restrictions()
    version = stamps.current(stamps.SITE)
    kept = _kept.get("restrictions")
    if kept is None or kept[0] != version:
        kept = _kept["restrictions"] = (version, _read_restrictions())
    return kept[1]


def _read_restrictions() -> list[PageViewRestriction]:
    restrictions = _all_restrictions()
    prefetch_related_objects(restrictions, "groups")
    return restrictions


@PreparedInstances.of("page", types=[])
def _all_restrictions() -> QuerySet:
    return PageViewRestriction.objects.all()


def forget() -> None:
    """For tests, where the stamps begin anew."""
    _kept.clear()


@receiver([request_started, request_finished])
def _a_request_starts_or_ends(signal: Signal, **kwargs: Any) -> None:
    _asked.in_request = signal is request_started
    _asked.restrictions = None


@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def _a_restriction_changed(**kwargs: Any) -> None:
    _asked.restrictions = None
    stamps.touch(stamps.SITE)


def passes(restriction: BaseViewRestriction, user: Any) -> bool:
    """Whether lists may show this user what is behind it; a shared password opens a page, but no list shows it."""
    if user is None or not user.is_authenticated:
        return False
    if user.is_superuser or restriction.restriction_type == BaseViewRestriction.LOGIN:
        return True
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        prefetch_related_objects([user], "groups")  # once for all restrictions
        mine = {group.pk for group in user.groups.all()}
        return any(group.pk in mine for group in restriction.groups.all())
    return False


# The original of a subject is the page that was made first, unless a translation took its place: then the others know
# that they are translations. Pages that nobody published yet know nothing, and come last.
ORIGINAL_FIRST = (F("translation_state__is_original").desc(nulls_last=True), "pk")


def in_language(pages: QuerySet, language: str) -> QuerySet:
    """One page for each subject among `pages`: in `language` where it exists, else the original.

    Only published siblings count, so that a draft translation does not hide the original from readers.
    """
    return pages.filter(_in_language(language), alias_of__isnull=True)


@lru_cache(maxsize=32)
def _in_language(language: str) -> Q:
    """Many lists ask, and Django takes longer to put the question together than to send it."""
    siblings = Page.objects.filter(shown_now(), translation_key=OuterRef("translation_key"), alias_of__isnull=True)
    own = siblings.filter(locale__language_code=language)
    first = siblings.order_by(*ORIGINAL_FIRST).values("pk")[:1]
    return Q(locale__language_code=language) | (~Exists(own) & Q(pk=Subquery(first)))


def place_of_original() -> Subquery:
    """Where the first page of a subject stands in the tree: an order that is the same in every language."""
    siblings = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of__isnull=True)
    return Subquery(siblings.order_by(*ORIGINAL_FIRST).values("path")[:1])


def originals(pages: QuerySet) -> QuerySet:
    """Of each subject among `pages` the page that was made first."""
    siblings = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of__isnull=True)
    return pages.filter(pk=Subquery(siblings.order_by(*ORIGINAL_FIRST).values("pk")[:1]))
