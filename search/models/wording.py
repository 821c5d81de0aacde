"""What editors say about words."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class InOneLanguage(models.Model):
    language = models.CharField(
        pgettext_lazy("of a text", "language"),
        max_length=12,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )

    class Meta:
        abstract = True


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
