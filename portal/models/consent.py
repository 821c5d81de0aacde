import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ..vocabulary import ConsentKind


class ConsentQuerySet(models.QuerySet):
    def valid(self, on: datetime.date | None = None) -> "ConsentQuerySet":
        """Consents that hold today: given, not withdrawn, not expired."""
        on = on or timezone.localdate()
        return self.filter(
            models.Q(expires_on__isnull=True) | models.Q(expires_on__gt=on),
            models.Q(withdrawn_on__isnull=True) | models.Q(withdrawn_on__gt=on),
            given_on__lte=on,
        )

    def ended(self, on: datetime.date | None = None) -> "ConsentQuerySet":
        """Expired or withdrawn."""
        on = on or timezone.localdate()
        return self.filter(models.Q(expires_on__lte=on) | models.Q(withdrawn_on__lte=on))

    def ending(self, days: int = 30) -> "ConsentQuerySet":
        """Still valid, but no longer in `days` days."""
        today = timezone.localdate()
        last = today + datetime.timedelta(days=days)
        return self.valid(today).filter(models.Q(expires_on__lte=last) | models.Q(withdrawn_on__lte=last))


class Consent(models.Model):
    """Somebody's permission to show a contact, a quote or a photo. Never shown to the public itself."""

    code = models.SlugField(_("code"), unique=True)
    subject = models.CharField(_("who gave it"), max_length=200)
    kind = models.CharField(_("for what"), max_length=10, choices=ConsentKind.choices)
    scope = models.TextField(_("scope"), help_text=_("What may be shown, and where."))
    evidence_note = models.TextField(_("how we know"), blank=True, help_text=_("Where the written consent is kept."))
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_kind_display()})"

    def clean(self) -> None:
        if self.expires_on and self.given_on and self.expires_on < self.given_on:
            raise ValidationError({"expires_on": _("A consent cannot expire before it was given.")})

    @property
    def is_valid(self) -> bool:
        today = timezone.localdate()
        return (
            self.given_on <= today
            and (self.expires_on is None or self.expires_on > today)
            and (self.withdrawn_on is None or self.withdrawn_on > today)
        )


class Person(models.Model):
    """A contact behind a page. The address is never printed; the name only while a consent is valid."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        "portal.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    country = CountryField(_("country"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Never shown on the site."))
    consent = models.ForeignKey(
        Consent, models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("consent")
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_shown(self) -> bool:
        consent: Any = self.consent
        return bool(consent and consent.kind == ConsentKind.CONTACT and consent.is_valid)
