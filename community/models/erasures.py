from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TIME_TO_UNDO = timedelta(hours=24)


def end_of_undo() -> datetime:
    return timezone.now() + TIME_TO_UNDO


class Erasure(models.Model):
    """An account that is to be erased. The row goes with the account, or when its owner changes his mind.

    What is left afterwards is a line in the ledger of erasures, which lies outside the database.
    """

    class Comments(models.TextChoices):
        REMOVED = "removed", pgettext_lazy("comments of an erased account", "removed")
        ANONYMOUS = "anonymous", pgettext_lazy("comments of an erased account", "kept without a name")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure")
    comments = models.CharField(_("what becomes of the comments"), max_length=10, choices=Comments.choices)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    due_at = models.DateTimeField(_("carried out after"), default=end_of_undo, db_index=True)

    class Meta:
        verbose_name = _("erasure of an account")
        verbose_name_plural = _("erasures of accounts")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M}"


class RetiredName(models.Model):
    """The name of an erased account, as a keyed digest of its folded form: nobody else can take it over."""

    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("name of an erased account")
        verbose_name_plural = _("names of erased accounts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest[:8]
