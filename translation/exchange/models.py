"""What was sent, between the look at what it would change and the decision to do so."""

import datetime
import secrets
import zlib
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = datetime.timedelta(days=1)
EACH = 10  # files that one person may have open


def new_key() -> str:
    return secrets.token_urlsafe(18)


class UploadQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(created_at__gt=timezone.now() - KEPT_FOR)

    def forget_old(self) -> None:
        self.filter(created_at__lte=timezone.now() - KEPT_FOR).delete()


class Upload(models.Model):
    """A file with translations, for one translation or, where `translation_pk` is empty, for a language."""

    key = models.CharField(max_length=30, unique=True, default=new_key)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    language = models.CharField(max_length=100)
    translation_pk = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "upload of translations"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, *, user: Any, name: str, data: bytes, language: str, translation: int | None = None) -> Self:
        """Only for this person, and never more than a few."""
        packed = zlib.compress(data)
        upload = cls(user=user, name=name[:255], data=packed, language=language, translation_pk=translation)
        upload.save()
        old = cls.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)[EACH:]
        cls.objects.filter(pk__in=list(old)).delete()
        return upload

    def content(self) -> bytes:
        return zlib.decompress(bytes(self.data))
