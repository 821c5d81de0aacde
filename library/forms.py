"""The edit form of a glossary term."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.admin.forms import RegisterForm

from .models import GlossaryTerm

MAX_WORDS = 60


def terms_by_code() -> list[tuple[str, str]]:
    """All terms by their code, named in the main language where they have a name there."""
    rows = list(GlossaryTerm.objects.values_list("code", "term", "locale__language_code"))
    names = {code: term for code, term, _language in rows}
    names |= {code: term for code, term, language in rows if language == settings.LANGUAGE_CODE}
    return sorted(names.items(), key=lambda row: row[1].lower())


def terms_or_none() -> list[tuple[str, str]]:
    return [("", "---------"), *terms_by_code()]


class GlossaryTermForm(RegisterForm):
    broader = forms.ChoiceField(choices=terms_or_none, required=False, label=_("Broader term"))
    see_also = forms.MultipleChoiceField(
        choices=terms_by_code,
        required=False,
        label=_("See also"),
        help_text=_("Hold Ctrl or Cmd to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def clean_definition(self) -> str:
        text: str = self.cleaned_data["definition"]
        words = len(text.split())
        if words > MAX_WORDS:
            message = _("This has %(words)s words. Shorten it to %(most)s; what is left over fits into the note.")
            raise forms.ValidationError(message, params={"words": words, "most": MAX_WORDS})
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("code")
        if code and code == cleaned.get("broader"):
            self.add_error("broader", _("A term cannot be broader than itself."))
        if code and code in cleaned.get("see_also", []):
            self.add_error("see_also", _("A term does not refer to itself."))
        return cleaned
