from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .comments import CommentState


class CommentRevision(models.Model):
    """What a comment said before its author changed it: for moderators, and gone when it is withdrawn or erased."""

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="revisions")
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=10)
    replaced_at = models.DateTimeField(_("replaced"), db_index=True)

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        default_permissions = ()
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.replaced_at:%Y-%m-%d}"


class Mention(models.Model):
    """A member whose name somebody wrote after an @, in a thread that the member could read at that time.

    Nobody is shown these rows: who writes a name must not learn whether somebody has it. Whoever sends a notice asks
    again whether the member may read the comment.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="community_one_mention")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.user_id}"
