from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptSequence(models.Model):
    """A sequence that a member keeps. Nobody else sees it, and it goes with the account."""

    MOST = 100  # for one member

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_sequences")
    title = models.CharField(_("name"), max_length=120)
    items = models.JSONField(_("steps"), default=list)  # as addresses name them: DIY-08, or a code
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("kept sequence")
        verbose_name_plural = _("kept sequences")
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "title"], name="patterns_keptsequence_title_unique")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def keep(cls, owner: Any, title: str, items: list[str]) -> "KeptSequence":
        """Under this name; what was kept under it before is replaced."""
        return cls.objects.update_or_create(owner=owner, title=title, defaults={"items": items})[0]
