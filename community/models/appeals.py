from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .decisions import ModerationDecision
from .reports import Report

MAX_APPEAL = 3000


class AppealQuerySet(models.QuerySet):
    def waiting(self) -> "AppealQuerySet":
        return self.filter(outcome="")


class Appeal(models.Model):
    """Somebody whom a decision concerns asks another moderator to look again: once, within six months.

    The author appeals against what was done to a comment, the reporter against its being kept. `answer` goes to
    whoever appealed. Erasing the account of the one who appealed empties `text`; answered or not, the row stays.
    """

    class Side(models.TextChoices):
        AUTHOR = "author", _("the author of the comment")
        REPORTER = "reporter", _("somebody who reported it")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("appeal", "upheld: the decision is taken back")
        REJECTED = "rejected", pgettext_lazy("appeal", "rejected: the decision stands")

    decision = models.ForeignKey(ModerationDecision, models.PROTECT, related_name="appeals")
    side = models.CharField(_("who appeals"), max_length=10, choices=Side.choices)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="appeals")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("why the decision is wrong"), max_length=MAX_APPEAL, blank=True)
    language = models.CharField(_("language"), max_length=10)
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("answer"), max_length=MAX_APPEAL, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reversal = models.ForeignKey(
        ModerationDecision, models.PROTECT, null=True, blank=True, editable=False, related_name="answers"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["outcome", "made_at"], name="community_appeal_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(side="author"), name="community_author_appeals_once"
            ),
            models.UniqueConstraint(fields=["report"], name="community_reporter_appeals_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.made_at:%Y-%m-%d}"
