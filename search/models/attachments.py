"""Which files published pages name, and what was read of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

FILE_MODEL = get_document_model_string()


class Attachment(models.Model):
    """A page, as it was last published, names a file. Drafts do not count, nor do pages that were unpublished."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    file = models.ForeignKey(FILE_MODEL, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "file"], name="search_attachment_unique")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.file_id}"


class Problem(models.TextChoices):
    """Why nothing, or not all, was read."""

    NONE = "", _("Its text is found")
    SHORTENED = "shortened", _("Too long: only the first pages are found")
    NO_TEXT = "no_text", _("It has no text, only pictures of pages")
    ENCRYPTED = "encrypted", _("It is protected by a password")
    BROKEN = "broken", _("It is damaged or no PDF file")
    MISSING = "missing", _("The file is missing")
    TOO_LARGE = "too_large", _("The file is too large")
    TOO_SLOW = "too_slow", _("Reading it took too long")
    TOO_MUCH_MEMORY = "too_much_memory", _("Reading it took too much memory")


class Reading(models.Model):
    """What came of reading a file."""

    file = models.OneToOneField(FILE_MODEL, models.CASCADE, related_name="+")
    version = models.CharField(max_length=300)  # of the file: another one may stand in its place meanwhile
    language = models.CharField(max_length=12, blank=True)  # empty where the text does not tell
    page_count = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, choices=Problem.choices, blank=True)
    read_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.version


class ReadPage(models.Model):
    """The text of one page of a file."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["reading", "number"], name="search_readpage_unique")]

    def __str__(self) -> str:
        return f"{self.reading_id}: {self.number}"
