import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAX_TARGET = 80


def new_public_id() -> str:
    return secrets.token_hex(8)


class Scope(models.TextChoices):
    REPLIES = "replies", _("answers to me, and where somebody names me")
    MESSAGES = "messages", _("messages from members of my groups")
    THREAD = "thread", _("a discussion")
    SUBJECT = "subject", _("a page")
    SECTION = "section", _("a section")
    COUNTRY = "country", _("a country")
    LANGUAGE = "language", _("all pages in one language")
    GROUP = "group", _("a working group")
    SITE = "site", _("the whole guide")


# About the reader alone: a row stays where they are stopped, so that the default does not come back.
PERSONAL = (Scope.REPLIES, Scope.MESSAGES)


class Frequency(models.TextChoices):
    INSTANT = "instant", pgettext_lazy("how often", "at once")
    DAILY = "daily", pgettext_lazy("how often", "once a day")
    WEEKLY = "weekly", pgettext_lazy("how often", "once a week")
    NONE = "none", pgettext_lazy("how often", "never")


class SubscriptionQuerySet(models.QuerySet):
    def active(self) -> "SubscriptionQuerySet":
        return self.exclude(confirmed_at=None).exclude(frequency=Frequency.NONE)

    def of(self, user: Any) -> "SubscriptionQuerySet":
        return self.filter(user_id=user.pk)

    def of_the_same_reader(self, row: "Subscription") -> "SubscriptionQuerySet":
        return self.filter(user_id=row.user_id) if row.user_id else self.filter(user=None, email=row.email)

    def unconfirmed_before(self, moment: datetime) -> "SubscriptionQuerySet":
        return self.filter(confirmed_at=None, made_at__lt=moment)


class Subscription(models.Model):
    """What somebody wants to be told of, and how often: a member, or a visitor who gave an address and confirmed it.

    `target` is the translation key of a page or thread, the code of a section, country, language or group. A visitor's
    row holds the address and goes with it: stopping deletes the row, and one that nobody confirms is deleted after
    some days. A member's rows go with the account; exporting them gives scope, target and frequency.

    What a digest told ends at `told_until`, written once it was sent; `queued_until` says that one waits to be sent.
    `missed` are the ids of comments of that time that were held or hidden just then: they are told when they are back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="subscriptions")
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language of the mails"), max_length=10, blank=True)
    scope = models.CharField(_("what"), max_length=10, choices=Scope.choices)
    target = models.CharField(_("which"), max_length=MAX_TARGET, blank=True)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    queued_until = models.DateTimeField(default=timezone.now, editable=False)
    told_until = models.DateTimeField(default=timezone.now, editable=False)
    missed = models.JSONField(default=list, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions = ()
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(user__isnull=False) & Q(email="")) | (Q(user__isnull=True) & ~Q(email="")),
                name="community_subscription_has_one_reader",
            ),
            models.UniqueConstraint(
                fields=["user", "scope", "target"],
                condition=Q(user__isnull=False),
                name="community_followed_by_member",
            ),
            models.UniqueConstraint(
                fields=["email", "scope", "target"],
                condition=Q(user__isnull=True),
                name="community_followed_by_visitor",
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "target"], name="community_followed"),
            models.Index(fields=["frequency", "queued_until"], name="community_digest_due"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.frequency}"
