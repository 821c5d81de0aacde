from django.db import models
from django.utils.translation import gettext_lazy as _


class StoppedAddress(models.Model):
    """An address at which a mail server knows nobody, kept as a keyed hash. Nothing is sent there any more.

    It says nothing about an account. Purged after a year; erasing an account deletes the row of its address.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("address without a reader")
        verbose_name_plural = _("addresses without a reader")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.since:%Y-%m-%d}"
