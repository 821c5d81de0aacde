"""What a page type is called when readers see it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Where the name for editors would tell a reader nothing.
FOR_READERS = {"standardpage": _("about the guide"), "homepage": _("home")}


def kind_label(model: Any) -> str:
    return str(FOR_READERS.get(model._meta.model_name) or model._meta.verbose_name)
