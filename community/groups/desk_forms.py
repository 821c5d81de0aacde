from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .. import names
from ..guarded import Guarded
from ..models import Application, Member, Membership, Practitioner, WorkingGroup
from .urls import RESERVED

State = Application.State


class WorkingGroupForm(WagtailAdminModelForm):
    """Says what would make a private group known."""

    class Meta:
        model = WorkingGroup
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True  # its address is stable

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code in RESERVED:
            raise forms.ValidationError(_("This word is taken by the site. Choose another."))
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("visibility") == WorkingGroup.Visibility.PRIVATE and given.get("takes_applications"):
            message = _("Nobody can ask to join a group that nobody outside may know of. Admit its members by name.")
            self.add_error("takes_applications", message)
        archived, kept = given.get("archived_on"), given.get("kept_until")
        if kept and (not archived or kept <= archived):
            self.add_error("kept_until", _("Give a later day than that of the archive."))
        return given


class GroupTextForm(Guarded, WagtailAdminModelForm):
    """Title and purpose, which in most groups everybody reads."""

    guarded = public = ("title", "purpose")


class ApplicationDecisionForm(Guarded):
    """One outcome for one application, or for many."""

    guarded = ("text",)

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(State.ACCEPTED, _("Accept")), (State.ASKED, _("Ask something")), (State.DECLINED, _("Decline"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reason or question"),
        max_length=1000,
        error_messages={"required": _("Say why, or what you ask. The applicant is told.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads it. A refusal without a reason is not possible."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "decision-%s", "label_suffix": "", **kwargs})


class MembershipForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: no end."),
    )
    practitioner = forms.ChoiceField(label=_("Works for"), choices=[("", "—"), *Practitioner.choices], required=False)
    is_verified = forms.BooleanField(
        label=_("Made sure of"),
        required=False,
        help_text=_("Tick it when somebody you trust has confirmed it. Keep no papers and note no names."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_until(self) -> datetime | None:
        """The end of that day."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. To end a membership now, remove the member."))
        return timezone.make_aware(datetime.combine(day, time.max))


class AdmitForm(forms.Form):
    """By the name others see: the admin shows no addresses here, and asks for none."""

    name = forms.CharField(label=_("Name to show of the account"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "admit-%s", "label_suffix": "", **kwargs})

    def clean_name(self) -> Member:
        folded = names.fold(names.clean(self.cleaned_data["name"]))
        found = Member.objects.filter(folded_name=folded, user__is_active=True).select_related("user").first()
        if found is None:
            raise forms.ValidationError(_("No account has this name."))
        return found
