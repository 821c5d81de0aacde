from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..reasons import ReportReason
from .comments import CommentState, new_public_id
from .decisions import ModerationDecision

MAX_WHY = 3000


class Report(models.Model):
    """Somebody says that a comment breaks a rule or, as a notice, the law. Who said so is for moderators alone.

    `number` and a signature of it lead the reporter to the page that says what became of it. A notice of illegal
    content carries a name and an address, unless it is about the sexual abuse of a child. Erasing the account of the
    reporter, or a request of somebody without one, empties `name`, `email`, `text` and `law`; the row stays, so that
    the comment's history does.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason.choices)
    text = models.TextField(_("what is wrong"), max_length=MAX_WHY, blank=True)
    number = models.CharField(_("number"), max_length=12, unique=True, default=new_public_id, editable=False)
    is_notice = models.BooleanField(_("notice of illegal content"), default=False)
    law = models.CharField(_("law that it breaks"), max_length=200, blank=True)
    good_faith = models.BooleanField(_("declared to be made in good faith"), default=False)
    name = models.CharField(_("name of the reporter"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address of the reporter"), blank=True)
    language = models.CharField(_("language of the reporter"), max_length=10, blank=True)
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
