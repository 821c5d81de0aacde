from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from .groups import Practitioner, WorkingGroup

MAX_MOTIVATION = 2000


class Application(models.Model):
    """Somebody asks to join a group. Read by those who decide and by the applicant; gone six months after the last
    step of it, whatever became of it. Erasing an account deletes its applications."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("application", "new")
        ASKED = "asked", pgettext_lazy("application", "waits for the applicant’s answer")
        ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
        DECLINED = "declined", pgettext_lazy("application", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")

    OPEN = (State.NEW, State.ASKED)

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="applications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    role = models.CharField(_("what you do there"), max_length=120)
    practitioner = models.CharField(_("you work for"), max_length=15, choices=Practitioner.choices)
    country = CountryField(_("country"))
    languages = models.JSONField(_("languages you read"), default=list)
    motivation = models.TextField(_("why you would like to join"), max_length=MAX_MOTIVATION)
    interests = models.TextField(_("conflicts of interest"), max_length=1000, blank=True)
    consented_at = models.DateTimeField(_("consent"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    question = models.TextField(_("question to the applicant"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("sent"), default=timezone.now)
    changed_at = models.DateTimeField(_("last step"), default=timezone.now, db_index=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        default_permissions = ()
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=models.Q(state__in=["new", "asked"]),
                name="community_one_open_application",
            )
        ]

    def __str__(self) -> str:
        # Shown in the log of the admin: never a name.
        return f"{self.group_id} {self.pk}"

    @property
    def group_title(self) -> str:
        """For the applicant, who may be no member: a group that was closed since has no name for others."""
        return str(_("Something that not everybody may see")) if self.group.is_private else self.group.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def language_names(self) -> list[Any]:
        names = dict(settings.LANGUAGES)
        return [names.get(code, code) for code in self.languages]
