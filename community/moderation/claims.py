"""Two moderators do not read the same comment at once: whoever takes it has it for a while."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..access import may_moderate
from ..models import Claim, CommentState, ModeratorNote
from ..refusals import Refused
from . import acts
from .conflicts import conflict

LASTS = timedelta(minutes=15)
HANDED_OVER_LASTS = timedelta(hours=24)  # the next one may not be there yet


@transaction.atomic
def take(*, row: CommentState, user: Any) -> Claim:
    """Take the comment, or keep it for longer."""
    row = _locked(row)
    if own := conflict(user, comment=row):
        raise Refused(own)
    ask(row, user)
    mine = Claim.objects.current().filter(comment=row, holder=user).exists()
    claim = _give(row, user, LASTS)
    if not mine:
        acts.record(acts.Kind.CLAIMED, by=user, comment=row)
    return claim


@transaction.atomic
def give_back(*, row: CommentState, user: Any) -> None:
    gone, _models = Claim.objects.filter(comment=row, holder=user).delete()
    if gone:
        acts.record(acts.Kind.RELEASED, by=user, comment=row)


@transaction.atomic
def hand_over(*, row: CommentState, user: Any, to: Any, note: str) -> ModeratorNote:
    """Give the comment to another moderator, with what he should know. Whoever may not decide may hand over too."""
    row = _locked(row)
    ask(row, user)
    if to.pk == user.pk or not may_moderate(to, row.thread) or conflict(to, comment=row):
        raise Refused("not-theirs")
    _give(row, to, HANDED_OVER_LASTS)
    acts.record(acts.Kind.HANDED_OVER, by=user, comment=row, to=to.pk)
    return ModeratorNote.objects.create(comment=row, made_by=user, text=note, handed_to=to)


def ask(row: CommentState, user: Any) -> None:
    """Refuse when somebody else has the comment now."""
    other = Claim.objects.current().filter(comment=row).exclude(holder=user).select_related("holder").first()
    if other is not None:
        raise Refused("claimed", by=acts.moderator_name(other.holder))


def end(row: CommentState) -> None:
    """The comment has been decided on."""
    Claim.objects.filter(comment=row).delete()


def _locked(row: CommentState) -> CommentState:
    return CommentState.objects.select_for_update(of=("self",)).select_related("thread").get(pk=row.pk)


def _give(row: CommentState, user: Any, lasts: timedelta) -> Claim:
    now = timezone.now()
    values = {"holder": user, "since": now, "until": now + lasts}
    return Claim.objects.update_or_create(comment=row, defaults=values)[0]
