from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..reasons import ReportReason
from .comments import CommentState
from .decisions import ModerationDecision


class Report(models.Model):
    """Somebody says that a comment breaks a rule. Who said so is for moderators alone."""

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason.choices)
    text = models.TextField(_("what is wrong"), max_length=1000, blank=True)
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    decision = models.ForeignKey(ModerationDecision, models.PROTECT, null=True, blank=True, related_name="reports")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.reason} {self.made_at:%Y-%m-%d}"
