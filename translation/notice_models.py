"""Whom the desk tells what, and how each wants to be told."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale


class Frequency(models.TextChoices):
    AT_ONCE = "instant", pgettext_lazy("how often", "At once")
    WEEKLY = "weekly", pgettext_lazy("how often", "Once a week")
    NEVER = "never", pgettext_lazy("how often", "Never")


class TranslatorChoices(models.Model):
    """What an account has chosen for its work at the desk; without a row, the defaults."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="translator_choices")
    frequency = models.CharField(
        _("Notices about translations"), max_length=10, choices=Frequency.choices, default=Frequency.AT_ONCE
    )
    is_named = models.BooleanField(
        _("Name me on pages that I have translated"),
        default=False,
        help_text=_("Everybody can read it there. You can take it back at any time."),
    )

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.user_id}: {self.frequency}"

    @classmethod
    def of(cls, user: Any) -> Self:
        return cls.objects.filter(user=user).first() or cls(user=user)


class NoticeKind(models.TextChoices):
    ASSIGNED = "assigned", _("Given to you to translate")
    STALE = "stale", _("The original has changed")
    TO_REVIEW = "review", _("Ready for review")
    RETURNED = "returned", _("Returned with reasons")
    IMPORTED = "imported", _("Texts have come from a file")
    DUE = "due", _("Due soon")
    COMMENT = "comment", _("Comments and questions")


class NoticeQuerySet(QuerySet):
    def untold(self) -> Self:
        return self.filter(told_at__isnull=True)


class Notice(models.Model):
    """Something one person is to be told, once: `mark` tells this occasion from others of its kind."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="translation_notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "translation_key", "locale", "mark"], name="translation_told_once"
            ),
        ]
        indexes = [models.Index(fields=["user", "told_at"], name="translation_notices")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.user_id}"
