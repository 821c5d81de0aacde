from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .comments import CommentState, new_public_id
from .groups import WorkingGroup


class GroupSummary(models.Model):
    """What a group tells everybody of its talk. Public once each quoted author has said yes.

    Its address and page name the group only where everybody may know of it. Erasing an account takes its quotes out.
    """

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="summaries")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=8000)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    made_at = models.DateTimeField(_("written"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("summary of a group")
        verbose_name_plural = _("summaries of groups")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id


class Quote(models.Model):
    """Words of a comment that a summary repeats, and what their author says to that. He may change his mind at any
    time: a quote without his yes is not shown."""

    class Consent(models.TextChoices):
        ASKED = "asked", pgettext_lazy("quote", "not answered")
        NAMED = "named", _("yes, with my name")
        BY_ROLE = "by-role", _("yes, as a member of the group")
        NO = "no", pgettext_lazy("quote", "no")

    summary = models.ForeignKey(GroupSummary, models.CASCADE, related_name="quotes")
    comment = models.ForeignKey(CommentState, models.CASCADE, related_name="quotes")
    text = models.TextField(_("words quoted"), max_length=1000)
    consent = models.CharField(_("consent"), max_length=10, choices=Consent.choices, default=Consent.ASKED)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["summary", "comment"], name="community_quote_once")]

    def __str__(self) -> str:
        return f"{self.summary_id} {self.pk}"
