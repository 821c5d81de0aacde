"""Whom a page thanks: people whose comments it took something from, as long as they are shown and want to be named."""

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.utils.formats import date_format

from portal.navigation import once

from ..models import Adoption, CommentState, Credit


class Thanks(NamedTuple):
    name: str  # empty: a reader who is not named
    note: str
    version: str
    language: str  # of the note


def thanks(key: UUID, request: HttpRequest | None) -> list[Thanks]:
    """No query where nothing was taken, as on nearly all pages."""
    if key not in once(request, ("pages that took something from comments",), _keys):
        return []
    rows = Adoption.objects.filter(
        page__translation_key=key,
        version_on__isnull=False,
        comment__in=CommentState.objects.visible_to(None).order_by().values("pk"),
    )
    fields = ("comment__comment__user_name", "note", "version_on", "credit", "page__locale__language_code")
    return [
        Thanks(name if credit == Credit.GIVEN else "", note, date_format(day), language)
        for name, note, day, credit, language in rows.values_list(*fields)
    ]


def _keys() -> frozenset[UUID]:
    taken = Adoption.objects.filter(version_on__isnull=False)
    return frozenset(taken.values_list("page__translation_key", flat=True))
