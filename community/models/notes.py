from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .comments import CommentState

MAX_NOTE = 2000


class ModeratorNote(models.Model):
    """What moderators tell each other about a comment; a hand-over names the next reader.

    Never shown to the author on the site, but part of what the author gets of the own data: `text` and `made_at`, not
    who wrote it. Erasing the author deletes the notes on what he wrote.
    """

    comment = models.ForeignKey(CommentState, models.CASCADE, related_name="notes")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    text = models.TextField(_("note"), max_length=MAX_NOTE)
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("note of a moderator")
        verbose_name_plural = _("notes of moderators")
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
