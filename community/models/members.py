from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_NAME = 40


class Member(models.Model):
    """What an account shows of itself. Its name is the only thing others ever see."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member")
    display_name = models.CharField(_("name to show"), max_length=MAX_NAME)
    folded_name = models.CharField(max_length=MAX_NAME * 4, unique=True, editable=False)
    language = models.CharField(_("language of our mails"), max_length=10)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        default_permissions = ()

    def __str__(self) -> str:
        return self.display_name
