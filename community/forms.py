"""Forms of the discussion. What depends on the thread, the writer and the rules is asked in `screening`."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import names, text
from .guarded import Guarded
from .models.members import MAX_NAME
from .reasons import HoldReason, ReportReason
from .screening import name_faults


class NameField(forms.CharField):
    """A name to show that nobody else has and that claims no office. Set `owner` for an account's own."""

    owner: Any = None
    is_read_first = False  # by a moderator, with what is written under it: a guard that breaks stops no visitor

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name to show"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}))
        super().__init__(max_length=MAX_NAME, **kwargs)

    def to_python(self, value: Any) -> str:
        return names.clean(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value:
            return
        wrong = [names.problem(value, owner=self.owner)]
        if not any(wrong) and not (self.owner and value == names.name_of(self.owner)):
            faults = name_faults(value, get_language() or "")
            wrong = [one.message for one in faults if one.code != HoldReason.BROKEN or not self.is_read_first]
        if any(wrong):
            raise forms.ValidationError(wrong)


class WordsField(forms.CharField):
    """Plain text for others to read, as it is kept. What would show nothing counts as nothing."""

    default_error_messages = {"required": _("Write something that others can read.")}

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")  # a line end is one character, as in a browser

    def clean(self, value: Any) -> str:
        cleaned = text.clean(super().clean(value))
        if text.has_content(cleaned):
            return cleaned
        self.validate("")
        return ""


class TrappedForm(forms.Form):
    """A form with a signed token and a field that only machines fill in."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **kwargs})


class GuardedForm(Guarded, TrappedForm):
    """Both, for forms that anybody can send."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("website"):
            self.add_error("website", _("A field that must stay empty was filled in. Empty it and send again."))
        return given


class CommentForm(TrappedForm):
    text = WordsField(
        rows=8,
        label=_("Your text"),
        help_text=_("Plain text, at most 3,000 characters. Web addresses become links."),
        max_length=text.MAX_LENGTH,
    )
    language = forms.ChoiceField(
        label=_("Language of your text"),
        help_text=_("Shown beside it, so that readers can choose."),
        choices=settings.LANGUAGES,
    )
    name = NameField(help_text=_("Shown with your comment. It need not be your real name."))

    field_order = ["text", "language", "name", "website", "token"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.own_name = names.name_of(user) if user.is_authenticated else ""
        if self.own_name:
            del self.fields["name"]
        elif not user.is_authenticated:
            self.fields["name"].is_read_first = True  # type: ignore[attr-defined]
        else:
            self.fields["name"].owner = user  # type: ignore[attr-defined]
            self.fields["name"].help_text = _("Shown with everything you write. You choose it once for your account.")


class ReportForm(GuardedForm):
    guarded = ("text",)

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Explain, if you like"),
        help_text=_("Only moderators read this. Please give no personal data."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    field_order = ["reason", "text", "website", "token"]
