from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class PortalImage(AbstractImage):
    """An image with its rights. The text alternative is required unless the image is decorative."""

    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Tick only if a reader loses nothing without it.")
    )
    credit = models.CharField(_("credit"), max_length=250, help_text=_("Who made it."))
    licence = models.CharField(_("licence"), max_length=120, help_text=_("For example CC BY 4.0."))
    consent = models.ForeignKey(
        "portal.Consent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("consent of the people shown"),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "licence",
        "consent",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    def clean(self) -> None:
        super().clean()
        if not self.is_decorative and not self.description:
            raise ValidationError({"description": _("Describe the image in words, or tick “decorative”.")})
        if self.is_decorative and self.description:
            raise ValidationError(
                {"description": _("A decorative image has no description. Empty it or untick the box.")}
            )

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    @property
    def may_be_shown(self) -> bool:
        return self.consent is None or self.consent.is_valid


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
