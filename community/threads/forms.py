from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..forms import WordsField
from ..guarded import Guarded
from ..models import DiscussionThread
from ..models.reactions import MAX_CONCERN
from . import closing

SLOWEST = 24 * 60  # minutes


class ConcernForm(Guarded):
    """What worries a member about a comment, for the editors of the page alone."""

    guarded = ("text",)
    asks = True

    text = WordsField(
        rows=3,
        label=_("What is your concern?"),
        help_text=_("A sentence or two, at most 500 characters. Only the editors of the page read it, with your name."),
        max_length=MAX_CONCERN,
        error_messages={"required": _("Say in a few words what your concern is.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "concern-%s", "label_suffix": "", **kwargs})


class ThreadForm(forms.ModelForm):
    """How a discussion is run. What is hidden because its page was deleted stays so."""

    is_open = forms.ChoiceField(
        label=_("State"),
        choices=[("open", _("Open")), ("closed", _("Closed: it can be read, but nothing can be added"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = DiscussionThread
        fields = ["closes_on", "slow_minutes"]
        widgets = {"closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = ["is_open", "closes_on", "slow_minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        thread = kwargs["instance"]
        kwargs["initial"] = {"is_open": "open" if thread.state == "open" else "closed"}
        super().__init__(*args, **{"auto_id": "thread-%s", "label_suffix": "", **kwargs})
        self.fields["slow_minutes"].widget.attrs = {"min": 0, "max": SLOWEST}
        self.is_section = closing.is_section(thread.translation_key)
        if self.is_section:
            del self.fields["slow_minutes"]

    def clean_slow_minutes(self) -> int:
        minutes: int = self.cleaned_data["slow_minutes"]
        if minutes > SLOWEST:
            raise forms.ValidationError(_("At most one day: 1440 minutes."))
        return minutes
