"""Useful, have practised it, concern: what members say of a comment without writing one."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from .. import services
from ..models import CommentState, DiscussionThread, Reaction, ReactionKind, State
from ..moderation import sanctions
from . import closing


def kinds_of(thread: DiscussionThread) -> list[ReactionKind]:
    """A concern goes to the editors of the page; in a working group people say it to each other."""
    return [kind for kind in ReactionKind if kind != ReactionKind.CONCERN or thread.group_id is None]


@transaction.atomic
def react(*, row: CommentState, user: Any, kind: str, text: str = "") -> Reaction:
    """Once for each kind: sent again it changes nothing but the words of a concern."""
    row = _locked(row)
    if row.state != State.PUBLISHED:
        raise services.Refused("gone")
    group = row.thread.group
    if not closing.is_open(row.thread) or (group is not None and group.is_archived):
        raise services.Refused("closed")
    if kind not in kinds_of(row.thread):
        raise services.Refused("no-concern")
    if row.comment.user_id == user.pk:
        raise services.Refused("own-comment")
    if sanctions.blocking(user):
        raise services.Refused("silenced")
    reaction, made = Reaction.objects.get_or_create(comment=row, user=user, kind=kind, defaults={"text": text})
    if made:
        _count(row)
        services.tell(row)
    elif text and text != reaction.text:
        reaction.text, reaction.handled_at, reaction.handled_by = text, None, None
        reaction.save(update_fields=["text", "handled_at", "handled_by"])
    return reaction


@transaction.atomic
def take_back(*, row: CommentState, user: Any, kind: str) -> None:
    row = _locked(row)
    Reaction.objects.filter(comment=row, user=user, kind=kind).delete()


def handle_concern(*, reaction: Reaction, editor: Any) -> None:
    """An editor has seen to it. Kept with who and when, as long as its writer does not take it back."""
    Reaction.objects.filter(pk=reaction.pk, handled_at=None).update(handled_at=timezone.now(), handled_by=editor)


@receiver(post_delete, sender=Reaction)
def reaction_is_gone(sender: Any, instance: Reaction, **kwargs: Any) -> None:
    """Taken back, or gone with the account: counted anew either way."""
    row = CommentState.objects.select_related("thread").get(pk=instance.comment_id)
    _count(row)
    services.tell(row)


def _locked(row: CommentState) -> CommentState:
    """Reactions to one comment queue here, so that their number is right."""
    return (
        CommentState.objects.select_for_update(of=("self",)).select_related("thread__group", "comment").get(pk=row.pk)
    )


def _count(row: CommentState) -> None:
    """Counted, not added up: a count can then never drift."""
    numbers = {kind: Count("pk", filter=Q(kind=kind)) for kind in ReactionKind.values}
    counted = Reaction.objects.filter(comment=row).aggregate(**numbers)
    CommentState.objects.filter(pk=row.pk).update(**counted)
