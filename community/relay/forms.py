from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from ..forms import GuardedForm, WordsField
from ..models.relayed import MAX_MESSAGE


class RelayForm(GuardedForm):
    """Nothing is looked for in the words: one person reads them, and may be given a number to call back."""

    field_order = ["name", "email", "text", "website", "token"]

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The answer goes there. Only the person you write to sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = WordsField(rows=8, label=_("Your message"), max_length=MAX_MESSAGE)

    def clean_email(self) -> str:
        """No quoted names: they may hold what ends a line of a header."""
        email: str = self.cleaned_data["email"]
        if '"' in email or not email.isprintable():
            raise forms.ValidationError(EmailValidator.message, code="invalid")
        return email
