"""Which page somebody may report on. Else 404, as everywhere."""

from uuid import UUID

from django.http import Http404, HttpRequest

from .. import access


def subject(request: HttpRequest, key: UUID) -> access.Subject:
    """A page that takes reports: no thread of a working group, and no page that nobody could try."""
    found = access.subject(request, key)
    if found.page is None or not found.page.takes_reports:
        raise Http404
    return found
