"""Changing one's own comment: for a quarter of an hour, and no longer than nobody has answered it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from portal import searchable

from .. import services, text
from ..models import CommentRevision, CommentState, DiscussionThread, PracticeEvidence, State
from ..screening import Finding
from . import closing, mentions

WINDOW = timedelta(minutes=15)
MOST_CHANGES = 10  # of one comment within a day: each leaves a version for moderators and may name ten members


def may_be_edited(row: CommentState) -> bool:
    """Whether its author may still change it in the form for comments; a report from practice is more than words."""
    return bool(editable([row])) and not PracticeEvidence.objects.filter(comment=row).exists()


def is_changed_too_often(row: CommentState) -> bool:
    return not _changed_seldom(CommentState.objects.filter(pk=row.pk)).exists()


def _changed_seldom(rows: QuerySet) -> QuerySet:
    lately = Q(revisions__replaced_at__gt=timezone.now() - timedelta(days=1))
    return rows.alias(changes=Count("revisions", filter=lately, distinct=True)).filter(changes__lt=MOST_CHANGES)


def editable(rows: Iterable[CommentState]) -> set[int]:
    """Which of these their author may still change, by id: a comment for some minutes, a report at any time.

    Reports grow old, and a moderator reads each change of one before it is shown. An answer that nobody sees does not
    count: it would be told by this. What a moderator masked stays masked.
    """
    open_rows = [row for row in rows if row.state in {State.PUBLISHED, State.HELD} and row.thread.is_open]
    if not open_rows:
        return set()
    recent = timezone.now() - WINDOW
    known = _changed_seldom(CommentState.objects.filter(pk__in=[row.pk for row in open_rows], redactions=None))
    answered = CommentState.objects.published().filter(parent=OuterRef("pk"))
    changing = known.filter(Q(evidence__isnull=False) | (Q(posted_at__gt=recent) & ~Exists(answered)))
    found = set(changing.values_list("pk", flat=True))
    left = [row for row in open_rows if row.pk in found]
    closed = closing.closed_above({row.thread.translation_key for row in left if row.thread.group_id is None})
    return {row.pk for row in left if row.thread.translation_key not in closed}


@transaction.atomic
def edit_comment(*, row: CommentState, new_text: str, language: str, findings: list[Finding]) -> CommentState:
    """Put other words in place of the old ones, which are kept for moderators.

    A published comment in which a check found something is held as a whole: the bad words are never public, and the
    good ones of before are not what the author says now. A held one stays held.
    """
    # Writers and answers of the thread queue here, as in `post_comment`.
    DiscussionThread.objects.select_for_update().get(pk=row.thread_id)
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread", "comment").get(pk=row.pk)
    if not may_be_edited(row):
        raise services.Refused("too-late")
    if (new_text, language) == (row.comment.comment, row.language):
        return row
    now = timezone.now()
    CommentRevision.objects.create(comment=row, text=row.comment.comment, language=row.language, replaced_at=now)
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=new_text)
    row.language, row.digest, row.edited_at = language, text.digest(new_text), now
    row.held_for = sorted({*row.held_for, *(finding.code for finding in findings)})
    row.save(update_fields=["language", "digest", "edited_at", "held_for"])
    mentions.note(row, new_text, author=row.comment.user)
    if findings and row.state == State.PUBLISHED:
        services.change(row, State.HELD, reason=findings[0].code)
    else:
        services.tell(row)
    searchable.changed.send(CommentState, instances=[row])
    return row
