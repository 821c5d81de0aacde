from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import CommentState


class LegalHoldQuerySet(models.QuerySet):
    def in_force(self, now: datetime | None = None) -> "LegalHoldQuerySet":
        return self.filter(ended_at=None, expires_at__gt=now or timezone.now())


class LegalHold(models.Model):
    """A copy of a comment that an authority has ordered to keep, out of sight, until a date.

    The copy lies here, so that the comment itself can be hidden, withdrawn or erased meanwhile. Nothing that belongs
    to a comment under hold is purged. It ends with its date, or earlier when two moderators want it: one asks, another
    one confirms. Erasing an account leaves a hold in force; the purge empties it after its date.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="legal_holds")
    authority = models.CharField(_("authority"), max_length=200, help_text=_("Who ordered it."))
    reference = models.CharField(_("reference"), max_length=100, help_text=_("Number and date of the order."))
    sealed = models.JSONField(_("sealed copy"), default=dict, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("since"), auto_now_add=True)
    expires_at = models.DateTimeField(_("until"))
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    release_asked_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.reference
