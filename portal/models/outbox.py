import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 500


class OutboxQuerySet(models.QuerySet):
    def pending(self) -> "OutboxQuerySet":
        """Not done yet: waiting, being worked on, or parked."""
        return self.filter(done_at__isnull=True)

    def parked(self) -> "OutboxQuerySet":
        """Given up after many attempts, until somebody asks for another one."""
        return self.pending().filter(parked_at__isnull=False)

    def due(self, now: datetime.datetime) -> "OutboxQuerySet":
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.pending().filter(free, parked_at__isnull=True, next_try__lte=now)


class OutboxRow(models.Model):
    """Something to be done after a transaction; `portal.outbox` explains it.

    A row that is done stays for a while (`outbox.forget_done`), so that the version of its key never goes back.
    """

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=KEY_LENGTH)
    version = models.BigIntegerField()
    put_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)
    parked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        default_permissions = ()
        permissions = [("retry_outboxrow", "Can try background work again")]
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="one_outbox_row_per_key")]
        indexes = [
            models.Index(fields=["topic", "next_try"], condition=Q(done_at__isnull=True), name="outbox_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
