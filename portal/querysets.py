"""The one verb for “may this be shown”: pages, search, feeds, counts and exports all ask it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction


def visible(pages: QuerySet, user: Any = None) -> QuerySet:
    """The published pages among `pages` that `user` may read; without a user, what everybody may read.

    A restriction holds for the page and all below it. Pages behind a shared password are nobody's in lists.
    """
    pages = pages.filter(live=True)
    hidden = [restriction for restriction in _restrictions() if not _passes(restriction, user)]
    if hidden:
        closed = Q()
        for restriction in hidden:
            closed |= Q(path__startswith=restriction.page.path)
        pages = pages.exclude(closed)
    return pages


def _restrictions() -> list[PageViewRestriction]:
    return list(PageViewRestriction.objects.select_related("page").prefetch_related("groups"))


def _passes(restriction: PageViewRestriction, user: Any) -> bool:
    if user is None or isinstance(user, AnonymousUser) or not user.is_authenticated:
        return False
    if user.is_superuser or restriction.restriction_type == PageViewRestriction.LOGIN:
        return True
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        mine = {group.pk for group in user.groups.all()}
        return any(group.pk in mine for group in restriction.groups.all())
    return False


def is_visible(page: Page, user: Any = None) -> bool:
    return visible(Page.objects.filter(pk=page.pk), user).exists()
