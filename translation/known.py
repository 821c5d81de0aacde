"""What the memory knows, and what it suggests."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

TOOL = "Translation memory"  # named by texts that were taken from it and that nobody has read in their new place


class Kind(models.TextChoices):
    """In the order in which they are shown."""

    EXACT = "exact", pgettext_lazy("kind of suggestion", "Same text")
    CARRIED = "carried", pgettext_lazy("kind of suggestion", "Earlier wording")
    FUZZY = "fuzzy", pgettext_lazy("kind of suggestion", "Similar text")
    PIVOT = "pivot", pgettext_lazy("kind of suggestion", "Other language")


@dataclass(frozen=True)
class Known:
    """A text and its translation, from the site or from the archive."""

    key: str
    source: str
    text: str
    translation_key: UUID
    path: str
    language: str
    is_machine: bool
    changed_at: datetime.datetime
    is_approved: bool = False  # published since it was written
    is_open: bool = False  # to be opened by who is shown it


@dataclass(frozen=True)
class Suggestion:
    kind: Kind
    score: int
    text: str  # as it would be written, links fitted to this source
    source: str
    known: Known
    title: str = ""
    url: str = ""
    origin: str = ""
    difference: SafeString | str = ""
    warnings: Sequence[str] = ()

    @property
    def key(self) -> str:
        return self.known.key

    @property
    def changed_at(self) -> datetime.datetime:
        return self.known.changed_at

    @property
    def language(self) -> str:
        return self.known.language

    @property
    def can_be_used(self) -> bool:
        return self.kind != Kind.PIVOT

    @property
    def needs_revision(self) -> bool:
        """The source says something else, if only a little: whoever uses it has to look at it again."""
        return self.kind in (Kind.CARRIED, Kind.FUZZY)
