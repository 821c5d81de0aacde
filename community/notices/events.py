"""What is told at once: a comment that is published, a page that is new or changed. The worker finds out for whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_published

from portal import outbox, periodic, streams
from portal.changes import tells_of_subject

from ..mail import queue_all, queue_missed
from ..models import (
    CommentRevision,
    CommentState,
    Frequency,
    Member,
    Mention,
    ModerationDecision,
    Scope,
    State,
    Subscription,
)
from . import contents, following, letters, schedule

TOPIC = "community.notices"

periodic.add("community_digests", schedule.queue_digests, timedelta(minutes=10))


@receiver(post_save, sender=Member)
def member_was_made(sender: Any, instance: Member, created: bool, raw: bool, **kwargs: Any) -> None:
    if created and not raw:
        following.give_defaults(instance)


@receiver(post_save, sender=ModerationDecision)
def comment_was_decided(sender: Any, instance: ModerationDecision, created: bool, **kwargs: Any) -> None:
    if created and instance.new == State.PUBLISHED and instance.old in ("", State.HELD):
        outbox.put(TOPIC, f"comment:{instance.comment_id}")


@receiver(post_save, sender=CommentRevision)
def comment_was_edited(sender: Any, instance: CommentRevision, created: bool, raw: bool, **kwargs: Any) -> None:
    """It may name somebody now whom it did not name before. Who was told of it is not told again, see `mail.queue`."""
    if created and not raw:
        outbox.put(TOPIC, f"comment:{instance.comment_id}")


@receiver(page_published)
def page_was_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if tells_of_subject(sender):
        outbox.put(TOPIC, f"page:{instance.pk}")


@outbox.handler(TOPIC, batch=50, label=_("Notices"), quiet=True)
def tell(tasks: Sequence[outbox.Task]) -> None:
    for task in tasks:
        kind, _colon, pk = task.key.partition(":")
        if kind == "comment":
            _tell_of_comment(CommentState.objects.select_related("thread__group", "parent__comment").get(pk=pk))
        elif page := Page.objects.filter(pk=pk).specific().first():
            _tell_of_page(page)


def _instant() -> Any:
    return Subscription.objects.active().filter(frequency=Frequency.INSTANT, user__isnull=False)


def _tell_of_comment(row: CommentState) -> None:
    if row.state != State.PUBLISHED:  # nobody could be shown it now, and each is told once
        return
    mentioned = Mention.objects.filter(comment=row).values("user")
    to = Q(user__in=mentioned)
    if row.parent and row.parent.comment.user_id:
        to |= Q(user=row.parent.comment.user_id)
    wanted = Q(scope=Scope.THREAD, target=str(row.thread.translation_key)) | (Q(scope=Scope.REPLIES) & to)
    if row.thread.group:
        wanted |= Q(scope=Scope.GROUP, target=row.thread.group.code)
    users = _instant().filter(wanted).order_by().values_list("user_id", flat=True).distinct()
    wanted_letters = [(row.public_id, user_id) for user_id in users]
    queue_all(letters.NEW_COMMENT, wanted_letters)
    if away := _last_away(row):
        # What was to be sent while it was held was not sent.
        queue_missed(letters.NEW_COMMENT, wanted_letters, *away)


def _last_away(row: CommentState) -> tuple[datetime, datetime] | None:
    """From when to when it was held, after it had been public."""
    back = row.decisions.filter(old=State.HELD, new=State.PUBLISHED).order_by("-pk").first()
    held = row.decisions.filter(old=State.PUBLISHED, new=State.HELD, pk__lt=back.pk).last() if back else None
    return (held.made_at, back.made_at) if held and back else None


def _tell_of_page(page: Any) -> None:
    """Once for each change that the editors note, however often the page is saved."""
    changed = contents.what_changed(page, contents.news_since(timezone.now()))
    if changed is None:
        return
    scopes = [Scope.SITE, Scope.SECTION, Scope.COUNTRY, Scope.LANGUAGE, Scope.SUBJECT]
    followed = _instant().filter(scope__in=scopes).order_by()
    here = Page.objects.filter(pk=page.pk)
    kinds = followed.values_list("scope", "target").distinct()
    of_page = [kind for kind in kinds if here.filter(contents.within(*kind)).exists()]
    wanted = Q(pk__in=[])
    for scope, target in of_page:
        wanted |= Q(scope=scope, target=target)
    users = followed.filter(wanted).values_list("user_id", flat=True).distinct()
    mark = f"{changed[0]}-{len(streams.values(page.change_notes, 'change'))}"
    queue_all(letters.NEW_PAGE, [(page.pk, user_id, mark) for user_id in users])
