import uuid
from datetime import date
from typing import cast

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import DiscussionThreadQuerySet
from .groups import WorkingGroup


class DiscussionThread(models.Model):
    """What comments hang on: one for each subject, shared by all its translations, or one of a working group.

    A subject's row is made with the first comment; its page finds it by its translation key, so that the thread needs
    no knowledge of page types. A group's thread has a key of its own in the same field: addresses, stamps and forms
    know a thread by that key alone.

    Where `by_role` is set, the Chatham House rule holds: what is said may be used, and who said it is shown by role.
    It is chosen when the thread is made and never changes, since people wrote trusting in it.
    """

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("a page and its translations")
        GROUP = "group", _("a thread of a working group")

    class Condition(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed: readable, nobody can add to it")
        HIDDEN = "hidden", _("hidden: its page was deleted")

    translation_key = models.UUIDField(
        _("translation key of the page, or the thread's own"), unique=True, editable=False, default=uuid.uuid4
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SUBJECT)
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, null=True, blank=True, related_name="threads", verbose_name=_("working group")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    by_role = models.BooleanField(_("authors are shown by their role only"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=Condition.choices, default=Condition.OPEN)
    closes_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Nothing can be added after it. Empty: no end.")
    )
    slow_minutes = models.PositiveSmallIntegerField(
        _("minutes between two comments"),
        default=0,
        help_text=_("How long one writer has to wait before writing here again. 0: no wait."),
    )
    pinned = models.ForeignKey(
        "community.CommentState", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = DiscussionThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="group", group__isnull=False) | models.Q(kind="subject", group__isnull=True),
                name="community_thread_kind_fits_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.translation_key}"

    def get_absolute_url(self) -> str:
        """Of a group's thread; a subject's is read on its page, in the reader's language."""
        return reverse("groups:thread", args=[cast(WorkingGroup, self.group).code, self.translation_key])

    @property
    def is_open(self) -> bool:
        return is_open(self.state, self.closes_on)


def is_open(state: str, closes_on: date | None) -> bool:
    return state == DiscussionThread.Condition.OPEN and (closes_on is None or timezone.localdate() <= closes_on)
