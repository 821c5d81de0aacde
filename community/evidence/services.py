"""Everything that changes a report from practice."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from .. import services, text
from ..models import CommentRevision, CommentState, DiscussionThread, PracticeEvidence, State
from ..screening import Check, Draft, Finding
from ..threads import editing, mentions


@transaction.atomic
def post_report(
    *, draft: Draft, findings: list[Finding], facts: Mapping[str, Any], again: tuple[Check, ...] = ()
) -> CommentState:
    """Keep a report: a comment, always held until somebody has read it, and its facts beside it."""
    if not findings:
        raise ValueError("A report is always held: say why.")
    row = services.post_comment(draft=draft, findings=findings, again=again)
    PracticeEvidence.objects.get_or_create(comment=row, defaults=facts)
    return row


def may_be_edited(row: CommentState) -> bool:
    """At any time, unlike a comment."""
    return bool(editing.editable([row]))


@transaction.atomic
def edit_report(
    *, row: CommentState, new_text: str, language: str, facts: Mapping[str, Any], findings: list[Finding]
) -> CommentState:
    """Put the new report in place of the old one and hold it. Its earlier words are kept for moderators."""
    DiscussionThread.objects.select_for_update().get(pk=row.thread_id)
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread", "comment").get(pk=row.pk)
    report = PracticeEvidence.objects.select_for_update().get(comment=row)
    if not may_be_edited(row):
        raise services.Refused("too-late")
    now = timezone.now()
    before = "\n\n".join(filter(None, [row.comment.comment, report.changed, report.known_by]))
    CommentRevision.objects.create(comment=row, text=before, language=row.language, replaced_at=now)
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=new_text)
    for name, value in facts.items():
        setattr(report, name, value)
    report.save()
    row.language, row.digest, row.edited_at = language, text.digest(new_text), now
    row.held_for = sorted({finding.code for finding in findings})
    row.save(update_fields=["language", "digest", "edited_at", "held_for"])
    mentions.note(row, new_text, author=row.comment.user)
    if row.state == State.PUBLISHED:
        services.change(row, State.HELD, reason=findings[0].code)
    else:
        services.tell(row)
    return row
