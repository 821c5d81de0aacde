from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .comments import CommentState, State


class ModerationDecision(models.Model):
    """One change of a comment's state: who, when, from what to what, and why. Only ever added to."""

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="decisions")
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    automated = models.BooleanField(_("made by a rule, not by a person"), default=False)
    old = models.CharField(_("from"), max_length=10, choices=State.choices, blank=True)
    new = models.CharField(_("to"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    text = models.TextField(_("explanation"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.old} > {self.new}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A decision is never changed; make a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A decision is never deleted.")
