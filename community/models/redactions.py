from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import CommentState
from .decisions import ModerationDecision

SEALED_FOR = timedelta(days=30)


def end_of_seal() -> datetime:
    return timezone.now() + SEALED_FOR


class Redaction(models.Model):
    """Words that were masked in a comment. The comment itself holds the masked text from then on.

    `original` is the whole text as it was before, with the words and the region of a report, sealed: read by
    moderators who ask for it, which is logged, put back when the decision is reversed, and purged after 30 days unless
    a legal hold stands. `spans` says where in the original and as what, never the words. Erasing the author empties
    `original`.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="redactions")
    decision = models.OneToOneField(ModerationDecision, models.PROTECT, related_name="redaction")
    original = models.TextField(_("original"), blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    spans = models.JSONField(_("masked places"), default=list)
    sealed_until = models.DateTimeField(_("sealed until"), default=end_of_seal)
    purged_at = models.DateTimeField(_("purged"), null=True, editable=False)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.sealed_until:%Y-%m-%d}"
