"""To whom somebody may write. Whoever may not be named today and whoever does not exist get the same answer."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from wagtail.models import Page

from portal.facts import shown_contacts
from portal.languages import active_language
from portal.models import KnowledgePage
from portal.querysets import may_open, shown_now


def contact(request: HttpRequest, key: UUID, code: str) -> tuple[KnowledgePage, Any]:
    """The page as this visitor reads it, and the row that names somebody on it who can be written to."""
    page = _page(request, key)
    rows = shown_contacts(page) if hasattr(page, "contacts") else []
    row = next((row for row in rows if row.person.code == code and row.person.email), None)
    if page is None or row is None:
        raise Http404
    return page, row


def _page(request: HttpRequest, key: UUID) -> KnowledgePage | None:
    shown = Page.objects.filter(shown_now(), translation_key=key).select_related("locale").order_by("pk")
    open_ones = [page for page in shown if may_open(page.path, request)]
    own = [page for page in open_ones if page.locale.language_code == active_language()]
    page = next(iter([*own, *open_ones]), None)
    return page.specific if page else None
