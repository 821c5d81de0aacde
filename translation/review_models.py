"""What people say to each other about a translation: handed in, returned, asked, decided to be different."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Revision, WorkflowState
from wagtail_localize.models import String, TranslationContext

LONGEST = 2000  # of what somebody writes here


def _person(name: str) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name=name)


class Outcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("review of a translation", "In review")
    APPROVED = "approved", pgettext_lazy("review of a translation", "Approved")
    RETURNED = "returned", pgettext_lazy("review of a translation", "Returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("review of a translation", "Withdrawn")


class SubmissionQuerySet(QuerySet):
    def of(self, translation: Any) -> Self:
        return self.filter(translation_key=translation.source.object_id, locale_id=translation.target_locale_id)

    def open(self) -> Self:
        return self.filter(outcome=Outcome.OPEN)


class Submission(models.Model):
    """One handing in of a translation for a second person to read.

    Of a page `revision` is what was handed in, and what is published if it is approved, whatever was written since.
    An entry has no drafts: its texts stay as they are until somebody has decided, which `digest` proves. Approved
    `alone` it was not read by a second person.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    workflow_state = models.ForeignKey(WorkflowState, models.SET_NULL, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64)
    submitted_by = _person("translations_submitted")
    submitted_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(_("to the reviewer"), blank=True, max_length=LONGEST)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    decided_by = _person("translations_reviewed")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("what is to be changed"), blank=True, max_length=LONGEST)
    alone = models.BooleanField(default=False)

    objects = SubmissionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], condition=Q(outcome="open"), name="translation_submitted_once"
            ),
        ]
        indexes = [models.Index(fields=["translation_key", "locale", "outcome"], name="translation_submissions")]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale_id}: {self.outcome}"


class SegmentComment(models.Model):
    """A remark or question about one text of a translation.

    Whoever writes in the language reads it; `to_original` makes those who edit the original read and answer it, too.
    It is kept by the place of the text, so it stays when the original says something else there.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    path = models.TextField()
    to_original = models.BooleanField(_("to the editors of the original"), default=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    author = _person("translation_comments")
    text = models.TextField(_("comment"), max_length=LONGEST)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_by = _person("translation_comments_resolved")
    resolved_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["translation_key", "locale"], name="translation_comments")]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.path}"


class Adaptation(models.Model):
    """Somebody's decision that a text is not to say what the original says; it ends when the original changes there."""

    class Kind(models.TextChoices):
        DIFFERENT = "different", _("Intentionally different")
        LEFT_OUT = "left_out", _("Does not apply here")

    string = models.ForeignKey(String, models.CASCADE, related_name="+")
    context = models.ForeignKey(TranslationContext, models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"), max_length=LONGEST)
    decided_by = _person("translations_adapted")
    decided_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["string", "context", "locale"], name="translation_adapted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.context_id}: {self.kind}"
