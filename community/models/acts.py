from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.append_only import AppendOnly

from .comments import CommentState


class ModerationAct(AppendOnly):
    """What a moderator did beside deciding. With the decisions it is the log of the desk.

    `details` says what a later reader needs to know, never a word of the comment nor an address. Erasing an account
    takes it out of `made_by` and `about`; the row stays.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("read what the checks had found")
        EMAIL = "email", _("looked at the e-mail address of the author")
        ORIGINAL = "original", _("read the sealed original")
        CLAIMED = "claimed", _("took the comment to decide on it")
        RELEASED = "released", _("gave the comment back to the queue")
        HANDED_OVER = "handed-over", _("handed the comment over")
        NOTED = "noted", _("wrote a note for moderators")
        SANCTIONED = "sanctioned", pgettext_lazy("log of moderators", "warned, silenced or suspended the author")
        LIFTED = "lifted", _("lifted a sanction with its cause")
        HELD_BY_LAW = "legal-hold", _("sealed the comment for an authority")
        RELEASE_ASKED = "release-asked", _("asked to end the legal hold")
        HOLD_ENDED = "hold-ended", _("ended the legal hold")
        DANGER = "danger", _("called the duty contact")
        EXPORTED = "exported", _("downloaded the log")
        MASKED = "masked", _("masked words about a person in texts of working groups")

    kind = models.CharField(_("act"), max_length=20, choices=Kind.choices)
    comment = models.ForeignKey(CommentState, models.PROTECT, null=True, related_name="acts")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("act of a moderator")
        verbose_name_plural = _("acts of moderators")
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"
