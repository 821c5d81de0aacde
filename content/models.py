from django.db import models


class LoadedRecord(models.Model):
    """A record of the content files that was loaded once.

    It is never loaded again: what editors changed stays changed, and what they deleted stays deleted.
    """

    type = models.CharField(max_length=30)
    code = models.CharField(max_length=160)
    language = models.CharField(max_length=10)
    checksum = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "code", "language"], name="content_loadedrecord_unique")]

    def __str__(self) -> str:
        return f"{self.type} {self.code} ({self.language})"
