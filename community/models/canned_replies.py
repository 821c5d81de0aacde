from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..reasons import DECISION_REASONS

MAX_REPLY = 1000


class CannedReply(models.Model):
    """A text for authors that moderators need often: one for each reason and language as a rule, more where needed."""

    reason = models.CharField(_("reason"), max_length=20, choices=DECISION_REASONS)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=80, help_text=_("How moderators find it."))
    text = models.TextField(
        _("text"),
        max_length=MAX_REPLY,
        help_text=_("What the author reads, in the language chosen. It never repeats words of the comment."),
    )

    class Meta:
        verbose_name = _("ready text")
        verbose_name_plural = _("ready texts")
        ordering = ["language", "reason", "title"]
        constraints = [
            models.UniqueConstraint(fields=["language", "reason", "title"], name="community_one_reply_of_a_title")
        ]

    def __str__(self) -> str:
        return self.title
