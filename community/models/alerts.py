from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ModeratorAlert(models.Model):
    """Whether a moderator wants the daily mail about what waits, and when the last one went out.

    A moderator without a row wants it. Deleted with the account.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="moderator_alert")
    wanted = models.BooleanField(_("mail about what waits"), default=True)
    sent_at = models.DateTimeField(_("last mail"), null=True, editable=False)

    class Meta:
        verbose_name = _("mail to a moderator")
        verbose_name_plural = _("mails to moderators")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id} {self.wanted}"
