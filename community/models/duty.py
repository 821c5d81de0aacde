from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="warning")
class DutyContact(BaseSiteSetting):
    """Whom moderators call when a comment speaks of danger to life."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    instructions = models.TextField(
        _("what to do"), blank=True, help_text=_("Shown to moderators above the list of steps.")
    )

    panels = [FieldPanel("name"), FieldPanel("email"), FieldPanel("phone"), FieldPanel("instructions")]

    class Meta:
        verbose_name = _("duty contact")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return self.name
