"""Everything that changes a comment. Each change leaves a decision row and tells the caches."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django_comments_xtd.models import XtdComment
from wagtail.log_actions import log

from portal import searchable, stamps

from . import text
from .access import may_moderate
from .models import CommentState, DiscussionThread, ModerationDecision, Report, State
from .models.comments import STEP
from .screening import Draft, Finding

# What a moderator may make of a comment, by the state it is in.
ALLOWED = {
    State.HELD: {State.PUBLISHED, State.HIDDEN},
    State.PUBLISHED: {State.PUBLISHED, State.HIDDEN},
    State.HIDDEN: {State.PUBLISHED},
}
GONE = {State.WITHDRAWN, State.ERASED}


class Refused(Exception):
    """The change cannot be made; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def post_comment(*, draft: Draft, findings: list[Finding]) -> CommentState:
    """Keep a comment that has passed the checks: published, or held when a check said so.

    Writers of one thread queue here, so that what the checks saw still holds and one form posts once.
    """
    thread = _locked_thread(draft.page.translation_key)
    posted = CommentState.objects.filter(nonce=draft.nonce).first()
    if posted is not None:
        return posted
    if thread.state != DiscussionThread.Condition.OPEN:
        raise Refused("closed")
    parent = draft.parent
    if parent is not None and not thread.comments.published().filter(pk=parent.pk).exists():
        raise Refused("parent-gone")
    state = State.HELD if findings else State.PUBLISHED
    comment = _save_comment(draft, thread, is_public=state is State.PUBLISHED)
    row = CommentState.objects.create(
        comment=comment,
        thread=thread,
        parent=parent,
        path=parent.path_below(comment.pk) if parent else f"{comment.pk:0{STEP}d}",
        language=draft.language,
        state=state,
        guest=draft.is_guest,
        held_for=[finding.code for finding in findings],
        nonce=draft.nonce,
        digest=text.digest(draft.text),
        posted_at=comment.submit_date,
    )
    reason = findings[0].code if findings else ""
    ModerationDecision.objects.create(comment=row, automated=True, new=state, reason=reason)
    _tell(row)
    return row


@transaction.atomic
def decide(
    *, public_id: str, moderator: Any, new: State, reason: str, explanation: str = "", seen: str = ""
) -> ModerationDecision:
    """A moderator publishes, hides, restores or keeps a comment.

    `seen` is the state in which the moderator saw it: whoever comes second is told so. Nobody decides on what he
    wrote or reported himself.
    """
    if not may_moderate(moderator):
        raise Refused("forbidden")
    if not reason:
        raise Refused("no-reason")
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread").get(public_id=public_id)
    old = State(row.state)
    if XtdComment.norel_objects.filter(pk=row.comment_id, user_id=moderator.pk).exists():
        raise Refused("own-comment")
    if row.reports.filter(decision=None, reporter=moderator).exists():
        raise Refused("own-report")
    if new not in ALLOWED.get(old, set()) or seen not in {"", old}:
        raise Refused("decided-before")
    decision = _change(row, new, made_by=moderator, reason=reason, explanation=explanation)
    row.reports.filter(decision=None).update(decision=decision)
    log(instance=row, action=f"community.{new}", user=moderator, data={"reason": reason, "old": old})
    return decision


@transaction.atomic
def withdraw(*, row: CommentState, author: Any) -> None:
    """The author takes a comment back: its words are gone, answers stay."""
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread").get(pk=row.pk)
    if row.state in GONE:
        return
    _blank(row)
    decision = _change(row, State.WITHDRAWN, made_by=author)
    row.reports.filter(decision=None).update(decision=decision)


@transaction.atomic
def erase_author(*, user: Any) -> int:
    """Take words and name out of everything an account wrote; the places in the threads stay."""
    rows = CommentState.objects.of_account(user).exclude(state=State.ERASED).select_related("thread")
    for row in rows:
        _blank(row)
        decision = _change(row, State.ERASED)
        row.reports.filter(decision=None).update(decision=decision)
    return len(rows)


@transaction.atomic
def report_comment(*, row: CommentState, reporter: Any, reason: str, explanation: str, nonce: str) -> Report:
    reporter = reporter if reporter.is_authenticated else None
    report, _created = Report.objects.get_or_create(
        nonce=nonce, defaults={"comment": row, "reporter": reporter, "reason": reason, "text": explanation}
    )
    return report


def hide_thread(*, translation_key: UUID) -> None:
    """Its page is gone in every language: nothing of the thread is shown or can be answered any more."""
    if DiscussionThread.objects.filter(translation_key=translation_key).update(state=DiscussionThread.Condition.HIDDEN):
        gone = CommentState.objects.published().filter(thread__translation_key=translation_key)
        searchable.changed.send(CommentState, instances=list(gone.select_related("thread")))
        stamps.touch(stamps.subject(translation_key))


def _locked_thread(key: UUID) -> DiscussionThread:
    DiscussionThread.objects.get_or_create(translation_key=key)
    return DiscussionThread.objects.select_for_update().get(translation_key=key)


def _save_comment(draft: Draft, thread: DiscussionThread, *, is_public: bool) -> XtdComment:
    # The package's own place in its thread is that of `path`: never deeper than it allows.
    above = draft.parent.path_below(0)[:-STEP] if draft.parent else ""
    comment = XtdComment(
        content_type=ContentType.objects.get_for_model(DiscussionThread),
        object_pk=str(thread.pk),
        site_id=settings.SITE_ID,
        user=None if draft.is_guest else draft.user,
        user_name=draft.name,
        comment=draft.text,
        submit_date=timezone.now(),
        is_public=is_public,
        parent_id=int(above[-STEP:]) if above else 0,
    )
    comment.save()
    return comment


def _change(
    row: CommentState, new: State, *, made_by: Any = None, reason: str = "", explanation: str = ""
) -> ModerationDecision:
    old, row.state, row.reason = row.state, new, reason
    row.save(update_fields=["state", "reason", "changed_at"])
    # `update`, not `save`: the package would change the answers too.
    XtdComment.norel_objects.filter(pk=row.comment_id).update(
        is_public=new is State.PUBLISHED, is_removed=new not in {State.PUBLISHED, State.HELD}
    )
    decision = ModerationDecision.objects.create(
        comment=row, made_by=made_by, automated=made_by is None, old=old, new=new, reason=reason, text=explanation
    )
    _tell(row)
    return decision


def _blank(row: CommentState) -> None:
    row.digest = ""
    row.held_for = []
    row.save(update_fields=["digest", "held_for"])
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment="", user_name="", user_email="", user_url="")


def _tell(row: CommentState) -> None:
    stamps.touch(stamps.subject(row.thread.translation_key))
