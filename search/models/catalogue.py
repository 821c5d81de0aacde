"""The catalogue of what can be found. The tokens lie beside it: see the migration `text_index`."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from portal import searchable
from portal.querysets import visible


class DocumentQuerySet(models.QuerySet):
    def on_pages_shown_to(self, user: Any = None) -> "DocumentQuerySet":
        """Documents on pages that `user` may read today, whose consent, where they need one, still holds."""
        pages = visible(Page.objects.filter(pk=OuterRef("page_id")), user)
        today = timezone.localdate()
        return self.filter(Exists(pages)).filter(Q(shown_until__isnull=True) | Q(shown_until__gt=today))

    def shown_to(self, user: Any = None, *, with_apart: bool = False) -> "DocumentQuerySet":
        """The same: of a file only if `user` may open it, of kinds that are kept apart only if they are asked for."""
        from ..attachments import naming  # which needs models itself

        shown = self.on_pages_shown_to(user)
        if closed := naming.closed_to(user):
            shown = shown.exclude(owner__in=naming.owners(closed))
        return shown if with_apart else shown.exclude(kind__in=searchable.kinds_apart())

    def of_subjects(self, subjects: Collection[str], today: datetime.date) -> list[tuple]:
        """All texts of some subjects but those whose consent has ended, the original of each first.

        Subject, id, language, address, whether it is a part, page and owner. Plain SQL, as for words.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT subject, id, language, url, is_part, page_id, owner FROM search_document "
                f"WHERE subject IN ({', '.join(['%s'] * len(subjects))}) "
                "AND (shown_until IS NULL OR shown_until > %s) ORDER BY page_id, id",
                [*subjects, today.isoformat()],
            )
            return cursor.fetchall()


class Document(models.Model):
    """A `SearchDocument` at rest, with all that a hit shows, so that showing it loads no page."""

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
    happened = models.DateField(null=True)
    asked = models.TextField(default="")  # one per line

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "language"], name="search_document_counts")]

    def __str__(self) -> str:
        return self.key


class WordManager(models.Manager):
    def known(self, folded: Collection[str], tokens: Collection[str] = ()) -> list[tuple[str, str, str, str]]:
        """Language, word, its letters without accents and its token, of those that have such letters or tokens.

        Plain SQL: every search asks twice, and Django takes longer to write the query than the database to answer.
        """
        marks = [", ".join(["%s"] * len(values)) or "NULL" for values in (folded, tokens)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT language, word, folded, token FROM search_word "
                f"WHERE folded IN ({marks[0]}) OR token IN ({marks[1]})",
                [*folded, *tokens],
            )
            return cursor.fetchall()


class Word(models.Model):
    """A word as it stands in the texts of a language: for typing without accents, marking and spelling.

    Words of withdrawn texts stay until the next rebuild; nothing is shown because of a word alone.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=64)
    folded = models.CharField(max_length=80, db_index=True)
    token = models.CharField(max_length=100, db_index=True)
    length = models.PositiveSmallIntegerField()

    objects = WordManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_unique")]
        indexes = [models.Index(fields=["language", "length"], name="search_word_length")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"
