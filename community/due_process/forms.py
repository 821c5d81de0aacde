from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..forms import GuardedForm, WordsField
from ..guarded import NEVER_NEEDED
from ..models.appeals import MAX_APPEAL
from ..models.reports import MAX_WHY
from ..reasons import ReportReason


class NoticeForm(GuardedForm):
    """A notice of illegal content. Whoever reports the abuse of children is asked for no name."""

    guarded = ("text", "law")
    refuses = NEVER_NEEDED  # it may have to quote what it is about

    text = WordsField(
        rows=6,
        label=_("Why is it illegal?"),
        help_text=_("Say which words you mean and what is wrong with them. Only moderators read this."),
        max_length=MAX_WHY,
    )
    law = forms.CharField(
        label=_("Which law does it break?"),
        help_text=_("If you know it: the law and its country."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("The law asks for it. The writer of the comment does not learn it."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the receipt and for what became of it; for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is correct and complete."),
        error_messages={"required": _("Tick this box. Without it the notice is not complete.")},
    )

    field_order = ["text", "law", "name", "email", "good_faith", "website", "token"]

    def __init__(self, *args: Any, reason: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason = reason
        if reason == ReportReason.ABUSE:
            del self.fields["name"], self.fields["email"]


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the comment"),
        help_text=_("The link on the date of a comment leads to it alone: copy that one. It ends like #c-k7m2bw9x4t."),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **kwargs})


class AppealForm(GuardedForm):
    guarded = ("text",)
    refuses = NEVER_NEEDED

    text = WordsField(
        rows=8,
        label=_("Why is the decision wrong?"),
        help_text=_("At most 3,000 characters. The moderator who answers you reads this, and other moderators."),
        max_length=MAX_APPEAL,
    )

    field_order = ["text", "website", "token"]
