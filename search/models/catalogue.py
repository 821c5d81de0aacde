"""The catalogue of what can be found. The tokens lie beside it: see the migration `text_index`."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from portal.querysets import visible


class DocumentQuerySet(models.QuerySet):
    reader: Any = None  # whom `shown_to` was asked for: engines with an index of their own narrow by it too

    def _clone(self) -> "DocumentQuerySet":
        clone = super()._clone()  # type: ignore[misc]
        clone.reader = self.reader
        return clone

    def shown_to(self, user: Any = None) -> "DocumentQuerySet":
        """Documents on pages that `user` may read today, whose consent, where they need one, still holds.

        Those of a file only if `user` may open it.
        """
        from ..attachments import naming  # which needs models itself

        pages = visible(Page.objects.filter(pk=OuterRef("page_id")), user)
        today = timezone.localdate()
        shown = self.filter(Exists(pages)).filter(Q(shown_until__isnull=True) | Q(shown_until__gt=today))
        if closed := naming.closed_to(user):
            shown = shown.exclude(owner__in=naming.owners(closed))
        shown.reader = user
        return shown


class Document(models.Model):
    """A `SearchDocument` at rest, with all that a hit shows, so that showing it loads no page.

    Large columns come last: matching reads only the first ones.
    """

    key = models.CharField(max_length=120, unique=True)
    owner = models.CharField(max_length=80, db_index=True)
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    subject = models.CharField(max_length=36, db_index=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=12)
    length = models.PositiveIntegerField()  # in tokens
    rank = models.FloatField(default=1.0)
    is_part = models.BooleanField(default=False)
    shown_until = models.DateField(null=True)
    changed = models.DateTimeField(null=True)
    analyser = models.CharField(max_length=20)
    facets = models.TextField()  # JSON; plain text, since the same few strings are read again and again
    exact = models.TextField()  # "|diy08|neighbourhoodwatch|": what the title and each label are compared by
    url = models.CharField(max_length=1000)
    title = models.TextField()
    summary = models.TextField()
    labels = models.TextField()  # one per line
    tags = models.TextField(default="")  # one per line
    card = models.JSONField(default=dict)
    headings = models.TextField(default="")
    sections = models.JSONField(default=list)  # line of the body at which each begins, its anchor, its heading
    body = models.TextField()

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


class Word(models.Model):
    """A word as it stands in the texts of a language: for typing without accents, marking and spelling.

    Words of withdrawn texts stay until the next rebuild; nothing is shown because of a word alone.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=64)
    folded = models.CharField(max_length=80, db_index=True)
    token = models.CharField(max_length=100, db_index=True)
    length = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_unique")]
        indexes = [models.Index(fields=["language", "length"], name="search_word_length")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"
