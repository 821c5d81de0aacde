from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .decisions import ModerationDecision


class SanctionQuerySet(models.QuerySet):
    def in_force(self, now: datetime | None = None) -> "SanctionQuerySet":
        open_end = Q(until=None) | Q(until__gt=now or timezone.now())
        return self.filter(open_end, lifted_by=None)

    def of_account(self, user: Any) -> "SanctionQuerySet":
        return self.filter(user_id=user.pk)


class Sanction(models.Model):
    """What followed for the author from one decision. It ends by itself or with the reversal of it alone.

    A suspended account can still sign in, to read why, to take its data along and to appeal. Erasing the account
    deletes its sanctions; exporting it gives kind, dates and the reason of the decision, never who made it.
    """

    class Kind(models.TextChoices):
        WARNING = "warning", pgettext_lazy("sanction", "warned")
        SILENCE = "silence", pgettext_lazy("sanction", "silenced: reads, writes nothing")
        SUSPENSION = "suspension", pgettext_lazy("sanction", "suspended: no writing, no closed groups")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    cause = models.ForeignKey(ModerationDecision, models.PROTECT, related_name="sanctions")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("since"), auto_now_add=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_by = models.ForeignKey(ModerationDecision, models.PROTECT, null=True, editable=False, related_name="lifts")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["user", "until"], name="community_sanction_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"
