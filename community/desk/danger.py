"""Danger to life: a list of steps, the person on duty, a mail and a line in the log."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..mail import Letter, message, queue
from ..models import CommentState, DutyContact, ModerationAct
from ..moderation import acts
from .forms import DeskForm

STEPS = [
    ("read", _("I have read the comment and what stands around it")),
    ("when", _("I know what is said to happen, where and when, as far as it can be known")),
    ("emergency", _("Where minutes count: the emergency number 112 has been called")),
    ("hidden", _("I have decided whether the comment must be hidden now")),
    ("kept", _("The comment is kept as it is for the police, with a legal hold if they ask for it")),
]
LETTER = "danger"


class DangerForm(DeskForm):
    name = "danger"

    steps = forms.MultipleChoiceField(
        label=_("What has been done"), required=False, choices=STEPS, widget=forms.CheckboxSelectMultiple
    )


def contact(request: HttpRequest) -> DutyContact:
    return DutyContact.for_request(request)


@transaction.atomic
def call(*, row: CommentState, moderator: Any, duty: DutyContact, steps: list[str]) -> ModerationAct:
    """Write the line of the log and have the mail sent. The mail has a link and no word of the comment."""
    act = acts.record(acts.Kind.DANGER, by=moderator, comment=row, steps=steps, mailed=bool(duty.email))
    if duty.email:
        queue(LETTER, act.pk, duty.pk)
    return act


@message(LETTER)
def letter(act_pk: str, duty_pk: str) -> Letter | None:
    act = ModerationAct.objects.filter(pk=act_pk).select_related("comment", "made_by__member").first()
    duty = DutyContact.objects.filter(pk=duty_pk).first()
    if act is None or act.comment is None or duty is None or not duty.email:
        return None
    path = reverse("community_decision", args=[act.comment.public_id])
    return Letter(
        to=duty.email,
        subject=_("Danger to life: a moderator asks you to act now"),
        template="community/mail/danger",
        context={
            "who": acts.moderator_name(act.made_by),
            "when": act.made_at,
            "url": settings.WAGTAILADMIN_BASE_URL + path,
            "steps": [(label, code in act.details.get("steps", [])) for code, label in STEPS],
        },
        language=settings.LANGUAGE_CODE,
    )
