"""Discussions that are closed with their section: what is set for a page that has none of its own holds below it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal import navigation
from portal.addresses import address
from portal.languages import active_language
from portal.models import KnowledgePage
from portal.prepared import Prepared
from portal.querysets import in_language, visible

from ..models import DiscussionThread
from ..searchable import is_discussed

MOST_ABOVE = 8  # few pages have more above them in the tree


def is_open(thread: DiscussionThread) -> bool:
    """Whether something may be added, by its own state and by that of its section."""
    if not thread.is_open:
        return False
    return thread.kind != DiscussionThread.Kind.SUBJECT or not closed_above([thread.translation_key])


def closed_above(keys: Collection[UUID]) -> set[UUID]:
    """Which of these subjects lie below a section that closes its discussions."""
    if not keys:
        return set()
    places = list(Page.objects.filter(translation_key__in=keys).values_list("translation_key", "path"))
    closed = tuple(section.path for section in closed_sections(path for _key, path in places))
    return {key for key, path in places if path.startswith(closed)}


def is_below_closed(path: str, request: HttpRequest | None) -> bool:
    """As `closed_sections` knows, without a query on the pages that everybody reads."""
    today = timezone.localdate()
    sections = navigation.once(request, ("closed sections", today), lambda: [page.path for page in _closed_sections()])
    return path.startswith(tuple(sections))


def closed_sections(paths: Iterable[str]) -> list[Page]:
    """The sections above these places of the tree that close what is below them, the nearest first."""
    above = {path[:end] for path in paths for end in range(Page.steplen, len(path), Page.steplen)}
    return _closed_sections(path__in=above)


def _closed_sections(**among: Any) -> list[Page]:
    found = _closed_pages(timezone.localdate()).filter(**among).order_by("-depth", "pk")
    return [page for page in found if not is_discussed(page.specific_class)]


def _closed_pages(today: date) -> QuerySet[Page]:
    closed = DiscussionThread.objects.exclude(state=DiscussionThread.Condition.OPEN)
    keys = (closed | DiscussionThread.objects.filter(closes_on__lt=today)).order_by().values("translation_key")
    return Page.objects.filter(translation_key__in=keys)


def _closed_section(path: str) -> Page | None:
    """The nearest section above that closes this page. Most often there is none, which a small query tells."""
    above = [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]
    unused = [""] * (MOST_ABOVE - len(above))
    if len(above) <= MOST_ABOVE and not _any_closed(timezone.localdate(), *above, *unused):
        return None
    return next(iter(closed_sections([path])), None)


@Prepared.of(date, *[str] * MOST_ABOVE)
def _any_closed(today: date, *above: str) -> QuerySet:
    return _closed_pages(today).filter(path__in=above).order_by().values_list("pk")[:1]


def is_section(key: UUID) -> bool:
    page = Page.objects.filter(translation_key=key).order_by("pk").first()
    return page is not None and not is_discussed(page.specific_class)


def said_of(page: KnowledgePage) -> SafeString:
    """Why nothing can be added: for what the page itself is, or for its section. In the reader's language; empty where
    neither closes it."""
    if page.closed_because:
        return format_html("{}", page.closed_because)
    return _said_of_section(page)


def _said_of_section(page: Page) -> SafeString:
    section = _closed_section(page.path)
    if section is None:
        return SafeString("")
    shown = visible(Page.objects.filter(translation_key=section.translation_key))
    named = in_language(shown, active_language()).select_related("locale").first()
    if named is None:
        return SafeString(_("All discussions of this section are closed. They can be read, but nothing can be added."))
    link = format_html('<a href="{}" lang="{}">{}</a>', address(named), named.locale.language_code, named.title)
    said = _("All discussions in {section} are closed. They can be read, but nothing can be added.")
    return format_html(said, section=link)
