from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import State
from ..reasons import RuleReason


class DecisionForm(forms.Form):
    """One outcome and one reason, for one comment or for many."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(State.PUBLISHED, _("Publish, or keep")), (State.HIDDEN, _("Hide"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("no-fault", _("Nothing against the rules")), *RuleReason.choices]
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the log. Never repeat the words that were removed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "decision-%s", "label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        hides, reason = given.get("outcome") == State.HIDDEN, given.get("reason") or ""
        if hides and reason not in RuleReason.values:
            self.add_error("reason", _("Choose the rule that the comment breaks, or the law."))
        if not hides and reason in RuleReason.values:
            self.add_error("reason", _("You chose a rule that is broken, and to publish. Choose one of the two."))
        if not hides:
            given["reason"] = "no-fault"
        return given
