from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnly

from .comments import CommentState, State


class ModerationDecision(AppendOnly):
    """One change of a comment's state: who, when, from what to what, and why. Only ever added to.

    `text` goes to the author, in the author's language; what is for moderators alone is a ModeratorNote. Decisions
    that were made in one go carry the same `batch`. A decision that takes another one back says which it `undoes`.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="decisions")
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    automated = models.BooleanField(_("made by a rule, not by a person"), default=False)
    old = models.CharField(_("from"), max_length=10, choices=State.choices, blank=True)
    new = models.CharField(_("to"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    text = models.TextField(_("explanation"), max_length=2000, blank=True)
    batch = models.UUIDField(_("made together with others"), null=True, editable=False, db_index=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="undone_by")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.old} > {self.new}"

    @property
    def erases(self) -> bool:
        """Whether a moderator took the words away for good; not where a rule or the end of an account did."""
        return self.new == State.ERASED and not self.automated and self.undoes_id is None
