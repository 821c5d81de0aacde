"""Who searches, and what they may find: asked anew for each search, in the database and of what is in memory alike."""

import datetime
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from portal.querysets import closed_paths
from portal.shown_pages import shown_pages

from .attachments import naming
from .models import Document, DocumentQuerySet


@dataclass(frozen=True)
class Shown:
    """What `user` may find now. `with_apart`: also kinds that `portal.searchable` keeps apart."""

    user: Any = None
    with_apart: bool = False

    @cached_property
    def documents(self) -> DocumentQuerySet:
        return Document.objects.shown_to(self.user, with_apart=self.with_apart)

    @cached_property
    def on_pages(self) -> DocumentQuerySet:
        """The same where files do not matter."""
        return Document.objects.on_pages_shown_to(self.user)

    @cached_property
    def closed_paths(self) -> tuple[str, ...]:
        """Tree paths of pages below which nothing may be found."""
        return tuple(closed_paths(self.user))

    @cached_property
    def closed_owners(self) -> frozenset[str]:
        """Files that must not be found."""
        return frozenset(naming.owners(naming.closed_to(self.user)))

    @cached_property
    def pages(self) -> Set[int]:
        """Ids of the pages that may be read."""
        known = shown_pages(None)
        closed = self.closed_paths
        if not closed:
            return known.shown
        return {pk for pk in known.shown if not known.by_pk[pk].path.startswith(closed)}

    def allows(self, page_id: int, owner: str, shown_until: datetime.date | None) -> bool:
        """Whether a document may be found, as `documents` would say it, without a query for each."""
        return (
            page_id in self.pages
            and (shown_until is None or shown_until > self.today)
            and (not owner.startswith(naming.beginning_of_owners()) or owner not in self.closed_owners)
        )

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()
