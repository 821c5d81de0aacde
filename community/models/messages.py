from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import new_public_id
from .groups import Membership, WorkingGroup


class GroupMessageQuerySet(models.QuerySet["GroupMessage"]):
    def read_by(self, mine: Membership) -> "GroupMessageQuerySet":
        """What this member wrote, or others wrote to him or to all who belonged to the group then."""
        to_all = Q(recipient=None, made_at__gte=mine.since)
        return self.filter(Q(sender=mine.user_id) | Q(recipient=mine) | to_all, group=mine.group_id)


class GroupMessage(models.Model):
    """What a member writes to another one, or to the whole group: brought by mail, without anybody's address.

    Deleted after 30 days, with the account of its sender, and with the membership that it was for.
    """

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="messages")
    sender: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    recipient = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")  # None: all
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("message"))
    language = models.CharField(_("language"), max_length=10)
    made_at = models.DateTimeField(_("sent"), default=timezone.now)

    objects = GroupMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message in a group")
        verbose_name_plural = _("messages in groups")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id
