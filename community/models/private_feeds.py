import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .sanctions import Sanction


def new_seed() -> str:
    return secrets.token_hex(16)


class PrivateFeedQuerySet(models.QuerySet):
    def answering(self) -> "PrivateFeedQuerySet":
        """Those of accounts that may read now."""
        suspended = Sanction.objects.in_force().filter(kind=Sanction.Kind.SUSPENSION, user=OuterRef("user"))
        return self.filter(~Exists(suspended), user__is_active=True).select_related("user")


class PrivateFeed(models.Model):
    """That a member has switched on a feed of her own. Its address is in no table.

    The end of the address is made of `seed` and the secret of the site, so that it can be shown to her again; `digest`
    is a keyed digest of it, by which it is found. Whoever reads this table can make no address of it. Ends with the
    account.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="private_feed")
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = PrivateFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("private feed")
        verbose_name_plural = _("private feeds")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
