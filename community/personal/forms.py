from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Erasure


class EraseForm(forms.Form):
    comments = forms.ChoiceField(
        label=_("What becomes of your comments?"),
        widget=forms.RadioSelect,
        choices=[
            (Erasure.Comments.ANONYMOUS, _("They stay, without my name. Answers to them still make sense.")),
            (Erasure.Comments.REMOVED, _("They are removed. Where others have answered, the empty place stays.")),
        ],
    )
    sure = forms.BooleanField(label=_("I want my account to be erased."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **kwargs})
