"""Where threads are read: the page, or the group's own thread. For lists that go over many threads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.addresses import address
from portal.languages import active_language
from portal.querysets import in_language

from .models import DiscussionThread


@dataclass(frozen=True)
class Place:
    title: str
    url: str
    language: str


def places(threads: Iterable[DiscussionThread], pages: QuerySet) -> Mapping[int, Place]:
    """By the thread's id, for those that somebody may see: in the reader's language, else as the page was first made.

    `pages` and `threads` are what he may see; a thread on none of the pages has no place.
    """
    threads = list(threads)
    keys = [thread.translation_key for thread in threads if thread.kind == DiscussionThread.Kind.SUBJECT]
    by_key = {}
    if keys:
        known = pages.filter(translation_key__in=keys).select_related("locale")
        by_key = {page.translation_key: page for page in known.order_by("-pk")}  # the first made wins
        by_key.update({page.translation_key: page for page in in_language(known, active_language())})
    found = {}
    for thread in threads:
        page = by_key.get(thread.translation_key)
        if page is not None:
            found[thread.pk] = Place(page.title, address(page), page.locale.language_code)
        elif thread.kind == DiscussionThread.Kind.GROUP:
            found[thread.pk] = Place(thread.title, thread.get_absolute_url(), thread.language)
    return found
