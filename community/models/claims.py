from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import CommentState


class ClaimQuerySet(models.QuerySet):
    def current(self, now: datetime | None = None) -> "ClaimQuerySet":
        return self.filter(until__gt=now or timezone.now())


class Claim(models.Model):
    """One moderator reads a comment; others leave it until the time is over. Deleted with the holder's account."""

    comment = models.OneToOneField(CommentState, models.CASCADE, related_name="claim")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.comment_id} {self.until:%Y-%m-%d %H:%M}"
