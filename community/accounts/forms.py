from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.languages import active_language

from .. import names
from ..forms import NameField


class SignupExtra(forms.Form):
    """What django-allauth's sign-up form asks beside address and password."""

    display_name = NameField(help_text=_("Shown with everything you write. It need not be your real name."))
    field_order = ["display_name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        name = self.cleaned_data["display_name"]
        try:
            names.give_name(user=user, name=name, language=active_language())
        except IntegrityError:
            # Somebody took it in the same moment. The account stands; it is asked for a name when it first writes.
            return


class ProfileForm(forms.Form):
    name = NameField(help_text=_("Changes on everything you have written, too."))
    language = forms.ChoiceField(
        label=_("Language of our mails and of these pages"), choices=settings.LANGUAGES, required=True
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **kwargs})
        self.fields["name"].owner = user  # type: ignore[attr-defined]
