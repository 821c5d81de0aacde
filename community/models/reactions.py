from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .comments import CommentState

MAX_CONCERN = 500


class ReactionKind(models.TextChoices):
    USEFUL = "useful", pgettext_lazy("reaction", "Useful")
    PRACTISED = "practised", pgettext_lazy("reaction", "Have practised it")
    CONCERN = "concern", pgettext_lazy("reaction", "Concern")


class Reaction(models.Model):
    """What a member thinks of a comment. Others see only how many.

    The words of a concern are a private note to the editors of the page. They are personal data of the member: they go
    with the reaction when it is taken back, and with the account.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=ReactionKind.choices)
    text = models.TextField(_("what the concern is"), max_length=MAX_CONCERN, blank=True)
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    handled_at = models.DateTimeField(_("seen to by an editor"), null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["comment", "user", "kind"], name="community_one_reaction")]

    def __str__(self) -> str:
        return f"{self.kind} {self.comment_id}"
