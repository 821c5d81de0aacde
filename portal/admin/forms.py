"""Edit forms of vocabularies and registers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ..vocabulary import CitizenUse, InstitutionalUse

FIXED = _("This cannot change any more: pages refer to it.")


def freeze(field: forms.Field, reason: Any) -> None:
    """Show a form field without letting it be changed; it can still be focused, read and copied."""
    field.help_text = reason
    if isinstance(field, forms.ChoiceField):
        field.disabled = True  # a select cannot be read-only
    else:
        field.widget.attrs["readonly"] = True


class RegisterForm(WagtailAdminModelForm):
    """An entry whose code is chosen once; left empty, it is made from the name."""

    frozen: tuple[str, ...] = ("code",)
    names = ("name", "label", "term", "subject")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Permanent. Leave it empty to make it from the name.")
        if self.instance.pk:
            for name in self.frozen:
                if name in self.fields:
                    freeze(self.fields[name], FIXED)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.pk and not cleaned.get("code") and "code" not in self.errors:
            cleaned["code"] = self._code_from_name(cleaned)
        if self.instance.pk:
            for name in self.frozen:
                if name in cleaned and str(cleaned[name]) != str(self.initial.get(name, "")):
                    self.add_error(name, ValidationError(FIXED))
        return cleaned

    def _code_from_name(self, cleaned: dict[str, Any]) -> str:
        named = next((cleaned[name] for name in self.names if cleaned.get(name)), "")
        return slugify(named)[: self.fields["code"].max_length or 50]


def use_choices() -> list[tuple[str, Any]]:
    return [("", "---------"), *InstitutionalUse.choices, *CitizenUse.choices]


class TermForm(RegisterForm):
    frozen = ("scheme", "code")

    parent = forms.ChoiceField(
        choices=use_choices,
        required=False,
        label=_("Belongs to"),
        help_text=_("For tools: the use they serve. Empty for all other terms."),
    )


class ConsentForm(RegisterForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given, withdrawn = cleaned.get("given_on"), cleaned.get("withdrawn_on")
        if given and withdrawn and withdrawn < given:
            self.add_error("withdrawn_on", _("A consent cannot be withdrawn before it was given."))
        return cleaned


class MergeForm(forms.Form):
    """Which entry takes the place of the one that goes."""

    into: Any = forms.ModelChoiceField(queryset=None, label=_("Merge into"), empty_label=_("Choose one"))

    def __init__(self, *args: Any, entry: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = type(entry)._default_manager.exclude(pk=entry.pk)
        if hasattr(entry, "scheme"):
            others = others.filter(scheme=entry.scheme, locale_id=entry.locale_id).exclude(code=entry.code)
        into: Any = self.fields["into"]
        into.queryset = others
