"""The way of an application: new, asked, accepted, declined or withdrawn. Each step is told to the applicant."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import mail
from ..models import Application, WorkingGroup
from ..refusals import Refused
from . import membership

State = Application.State
MOST_IN_A_DAY = 5


@transaction.atomic
def apply(*, group: WorkingGroup, user: Any, **given: Any) -> Application:
    """Take an application. While one is open a second is not taken, and whoever sends it is not told so."""
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if not group.can_be_asked:
        raise Refused("not-taken")
    open_one = Application.objects.filter(group=group, user=user, state__in=Application.OPEN).first()
    if open_one is not None:
        return open_one
    today = timezone.now() - timedelta(days=1)
    if Application.objects.filter(user=user, made_at__gte=today).count() >= MOST_IN_A_DAY:
        raise Refused("often")
    return Application.objects.create(group=group, user=user, consented_at=timezone.now(), **given)


@transaction.atomic
def decide(*, pk: int, by: Any, outcome: str, text: str = "", seen: str = "") -> Application:
    """Ask, accept or decline, and say why; nobody decides on an application of his own."""
    found = _locked(pk)
    if found.user_id == by.pk:
        raise Refused("own-application")
    if not found.is_open or seen not in {"", found.state}:
        raise Refused("decided-before")
    if not text.strip():
        raise Refused("no-reason")
    if outcome == State.ASKED:
        found.question, found.answer = text, ""
    elif outcome in {State.ACCEPTED, State.DECLINED}:
        found.reason = text
    else:
        raise ValueError(outcome)
    found.decided_by = by
    _step(found, outcome)
    if outcome == State.ACCEPTED:
        about = {"practitioner": found.practitioner, "organisation": found.organisation, "country": str(found.country)}
        membership.admit(group=found.group, user=found.user, by=by, **about)
    mail.queue("application", found.pk, found.state, int(found.changed_at.timestamp()))
    return found


@transaction.atomic
def answer(*, application: Application, text: str) -> None:
    found = _locked(application.pk)
    if found.state != State.ASKED:
        raise Refused("decided-before")
    found.answer = text
    _step(found, State.NEW)


@transaction.atomic
def withdraw(*, application: Application) -> None:
    """The applicant thinks better of it: what he wrote is gone at once."""
    found = _locked(application.pk)
    if not found.is_open:
        return
    found.organisation = found.role = found.motivation = found.interests = found.answer = ""
    _step(found, State.WITHDRAWN)


def _locked(pk: int) -> Application:
    return Application.objects.select_for_update(of=("self",)).select_related("group", "user").get(pk=pk)


def _step(application: Application, state: str) -> None:
    application.state, application.changed_at = state, timezone.now()
    application.save()
