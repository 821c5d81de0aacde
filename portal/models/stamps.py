from django.db import models


class Stamp(models.Model):
    """When something last changed, as nanoseconds since 1970; `portal.stamps` explains it."""

    key = models.CharField(max_length=80, unique=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
