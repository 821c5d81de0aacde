from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..forms import TrappedForm
from ..models import Frequency, Scope, Subscription
from ..models.subscriptions import PERSONAL
from .targets import Target

DIGESTS = [(value, label) for value, label in Frequency.choices if value in {Frequency.DAILY, Frequency.WEEKLY}]
AT_ONCE = [(value, label) for value, label in Frequency.choices if value in {Frequency.INSTANT, Frequency.NONE}]
ASKED = {
    Scope.THREAD: _("New comments"),
    Scope.GROUP: _("New comments"),
    Scope.REPLIES: _("Answers to you, and comments that name you"),
}


class VisitorForm(TrappedForm):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Kept only for these mails, and deleted when you stop them."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=DIGESTS, initial=Frequency.WEEKLY)

    field_order = ["email", "frequency", "website", "token"]


class FollowForm(forms.Form):
    """How often a member is told of each target: `frequency-0`, `frequency-1` ..."""

    def __init__(self, *args: Any, targets: list[Target], rows: Iterable[Subscription], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **kwargs})
        self.targets = targets
        known = {(row.scope, row.target): row.frequency for row in rows}
        for number, target in enumerate(targets):
            first = Frequency.DAILY if number == 0 and not known else Frequency.NONE
            self.fields[f"frequency-{number}"] = forms.ChoiceField(
                label=ASKED.get(target.scope, _("New and changed pages")),
                choices=Frequency.choices,
                initial=known.get((target.scope, target.target), first),
            )

    def chosen(self) -> list[tuple[Target, str]]:
        return [(target, self.cleaned_data[f"frequency-{number}"]) for number, target in enumerate(self.targets)]


class ChoicesForm(forms.Form):
    """Everything that a member follows, each with how often; `never` ends it."""

    def __init__(self, *args: Any, rows: list[Subscription], labels: dict[int, Target], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **kwargs})
        self.rows = rows
        for row in rows:
            known = labels.get(row.pk)
            field = forms.ChoiceField(
                label=known.label if known else _("Something that you cannot see any more"),
                help_text=ASKED.get(Scope(row.scope), "") if row.scope not in PERSONAL else "",
                choices=AT_ONCE if row.scope == Scope.MESSAGES else Frequency.choices,
                initial=row.frequency,
            )
            self.fields[row.public_id] = field

    def chosen(self) -> list[tuple[Subscription, str]]:
        return [(row, self.cleaned_data[row.public_id]) for row in self.rows]
