from django.db import models


class Stamp(models.Model):
    """A version counter; `portal.stamps` explains it."""

    key = models.CharField(max_length=80, unique=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
