from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from ..vocabulary import OrganisationKind, PlatformKind, TermScheme


class Term(TranslatableMixin, index.Indexed, models.Model):
    """One entry of a vocabulary that editors extend. Its code is the same in every language."""

    scheme = models.CharField(_("vocabulary"), max_length=30, choices=TermScheme.choices)
    code = models.SlugField(_("code"), help_text=_("Never changes: pages refer to it."))
    label = models.CharField(_("label"), max_length=120)
    definition = models.TextField(_("definition"), blank=True)
    parent = models.CharField(
        _("belongs to"), max_length=50, blank=True, help_text=_("For tools: the code of the use it serves.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    override_translatable_fields = [SynchronizedField("code"), SynchronizedField("parent")]
    search_fields = [index.SearchField("label"), index.FilterField("locale_id"), index.AutocompleteField("label")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("vocabulary terms")
        ordering = ["scheme", "order", "label"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "scheme", "code"], name="portal_term_code_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_scheme_display()})"


class Organisation(index.Indexed, models.Model):
    """An organisation named on the site. Proper names are not translated."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One per line, as sources print them."))
    country = CountryField(_("country"), blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    url = models.URLField(_("web address"), blank=True)
    wikidata = models.CharField(_("Wikidata"), max_length=20, blank=True)
    ror = models.CharField(_("ROR"), max_length=20, blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Platform(index.Indexed, models.Model):
    """A product or service by its proper name: WhatsApp, FA-TAMTAM, Decidim."""

    class Known(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not known")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=30, choices=PlatformKind.choices)
    vendor = models.CharField(_("maker"), max_length=100, blank=True)
    former_names = models.CharField(_("other names"), max_length=200, blank=True)
    encrypted = models.CharField(_("end-to-end encrypted"), max_length=7, choices=Known.choices, default=Known.UNKNOWN)
    open_source = models.CharField(_("open source"), max_length=7, choices=Known.choices, default=Known.UNKNOWN)
    url = models.URLField(_("web address"), blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
