"""Everything that changes a comment. Each change leaves a decision row and tells the caches."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from portal import searchable, stamps
from portal.prepared import Prepared, PreparedInstances

from . import text
from .access import may_moderate, may_write_in
from .groups.roles import name_in
from .models import CommentState, DiscussionThread, Member, ModerationDecision, Quote, Report, State
from .models.comments import STEP
from .moderation import acts, claims, redaction, reports, sanctions
from .moderation.conflicts import conflict
from .personal import ledger
from .reasons import HoldReason
from .refusals import Refused
from .screening import Check, Draft, Finding, Verdict, screen
from .threads import mentions

# What a moderator may make of a comment, by the state it is in.
ALLOWED = {
    State.HELD: {State.PUBLISHED, State.HIDDEN},
    State.PUBLISHED: {State.PUBLISHED, State.HIDDEN},
    State.HIDDEN: {State.PUBLISHED},
}
COMMENTS = "comments"  # the stamp of what lists comments of many pages
GONE = {State.WITHDRAWN, State.ERASED}


@transaction.atomic
def post_comment(*, draft: Draft, findings: list[Finding], again: tuple[Check, ...] = ()) -> CommentState:
    """Keep a comment that has passed the checks: published, or held when a check said so.

    Writers of one thread queue here, and what one account sends to several, so that what the checks saw still holds and
    one form posts once. `again` are the checks whose answer depends on what others, or other windows, have just sent.
    """
    if not draft.is_guest and connection.features.has_select_for_update:
        _locked_account(draft.account)  # before the thread: else two windows could post in two threads at once
    thread = _locked_thread_of(draft)
    if posts := _posts(draft.nonce):
        posted = CommentState.objects.get(pk=posts[0][0])
        if posted.digest != text.digest(draft.text):
            raise Refused("sent-before")
        return posted
    shut_out = thread.group is not None and not may_write_in(thread.group, draft.user)
    if shut_out or not thread.is_open:
        raise Refused("closed")
    parent = draft.parent
    if parent is not None and not thread.comments.published().filter(pk=parent.pk).exists():
        raise Refused("parent-gone")
    for finding in screen(replace(draft, thread=thread), again):
        if finding.verdict is Verdict.REFUSE:
            raise Refused(finding.code, message=finding.message)
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
    if "@" in draft.text:
        mentions.note(row, draft.text, author=draft.user)
    tell(row)
    return row


@Prepared.of(int)
def _locked_account(account: int) -> QuerySet:
    """What an account may post is counted while nothing else of it is being posted."""
    return Member.objects.select_for_update(no_key=True).filter(user=account).order_by().values_list("pk")


@Prepared.of(str)
def _posts(nonce: str) -> QuerySet:
    return CommentState.objects.filter(nonce=nonce).order_by().values_list("pk")


@transaction.atomic
def decide(
    *,
    public_id: str,
    moderator: Any,
    new: State,
    reason: str,
    explanation: str = "",
    seen: str = "",
    masks: Sequence[redaction.Mask] = (),
    batch: UUID | None = None,
) -> ModerationDecision:
    """A moderator publishes, hides, restores or keeps a comment; with `masks`, publishes it without those words.

    `seen` is the version that the moderator read, see `versions`: whoever comes second is told so, and by whom.
    Nobody decides on what he wrote or reported himself. What lies beyond the moderator's groups does not exist for
    him. `explanation` goes to the author.
    """
    row = row_to_decide_on(public_id=public_id, moderator=moderator, reason=reason, seen=seen)
    old = State(row.state)
    if new not in ALLOWED[old]:
        raise Refused("decided-before", by=who_decided(row.decisions.order_by("-pk").first()))
    sealed = redaction.apply(row, masks) if masks and new is State.PUBLISHED else None
    undone = row.decisions.order_by("-pk").first() if (old, new) == (State.HIDDEN, State.PUBLISHED) else None
    decision = change(row, new, made_by=moderator, reason=reason, explanation=explanation, batch=batch, undoes=undone)
    if sealed:
        redaction.seal(sealed, decision)
    if undone:
        sanctions.lift(causes=row.decisions.filter(new=State.HIDDEN), by=decision)
    settle(row, decision)
    return decision


def row_to_decide_on(*, public_id: str, moderator: Any, reason: str, seen: str = "") -> CommentState:
    """The comment, locked, on which this moderator may decide for this reason; `Refused` says why not."""
    if not may_moderate(moderator):
        raise Refused("forbidden")
    if not reason:
        raise Refused("no-reason")
    comments = CommentState.objects.moderated_by(moderator).select_for_update(of=("self",)).select_related("thread")
    row = comments.get(public_id=public_id)
    if own := conflict(moderator, comment=row):
        raise Refused(own)
    if row.state in GONE:
        raise Refused("gone")
    if seen not in {"", versions([row])[row.pk]}:
        raise Refused("decided-before", by=who_decided(row.decisions.order_by("-pk").first()))
    claims.ask(row, moderator)
    return row


def settle(row: CommentState, decision: ModerationDecision) -> None:
    """What every decision of a moderator ends: the claim and the open reports. The history of the site notes it."""
    claims.end(row)
    row.reports.filter(decision=None).update(decision=decision)
    data = {"reason": decision.reason, "old": decision.old}
    acts.note_in_history(row, f"community.{decision.new}", decision.made_by, data)


def versions(rows: Iterable[CommentState]) -> dict[int, str]:
    """What a moderator has before him of each comment: another decision or another text makes another version."""
    found = {row.pk: row for row in rows}
    last = ModerationDecision.objects.filter(comment__in=found).order_by().values_list("comment").annotate(Max("pk"))
    numbers = dict(last)
    # A change of what a report says beside its text shows in its time alone.
    edited = {pk: f"{row.edited_at:%d%H%M%S%f}" if row.edited_at else "" for pk, row in found.items()}
    return {pk: f"{numbers.get(pk, 0)}-{row.digest[:8]}{edited[pk]}" for pk, row in found.items()}


def who_decided(decision: ModerationDecision | None) -> str:
    return acts.moderator_name(decision.made_by) if decision else ""


@transaction.atomic
def withdraw(*, row: CommentState, author: Any) -> None:
    """The author takes a comment back: its words are gone, answers stay."""
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread").get(pk=row.pk)
    if row.state in GONE:
        return
    ledger.comment(row.public_id)
    blank(row)
    decision = change(row, State.WITHDRAWN, made_by=author)
    row.reports.filter(decision=None).update(decision=decision)


@transaction.atomic
def erase_author(*, user: Any) -> int:
    """Take words and name out of everything an account wrote; the places in the threads stay."""
    rows = CommentState.objects.of_account(user).exclude(state=State.ERASED).select_related("thread")
    return sum(erase_comment(row=row) for row in rows)


def erase_comment(*, row: CommentState, reason: str = "") -> bool:
    """For good, by a rule: its account goes, or with `EXPIRED` its time is over. Moderators: see `erasing`."""
    blank(row)
    decision = change(row, State.ERASED, reason=reason)
    row.reports.filter(decision=None).update(decision=decision)
    return True


@transaction.atomic
def report_comment(*, row: CommentState, reporter: Any, reason: str, explanation: str, nonce: str) -> Report:
    """Several independent reports hold the comment until a moderator has read it.

    What a moderator has read on this ground and kept is refused with the code `kept-before`.
    """
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread").get(pk=row.pk)
    known = Report.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    if reports.kept_before(row, reason):
        raise Refused("kept-before")
    reporter = reporter if reporter.is_authenticated else None
    report = Report.objects.create(comment=row, reporter=reporter, reason=reason, text=explanation, nonce=nonce)
    if row.state == State.PUBLISHED and reports.is_enough(row):
        row.held_for = [HoldReason.REPORTS]
        row.save(update_fields=["held_for"])
        change(row, State.HELD, reason=HoldReason.REPORTS)
    return report


def hide_thread(*, translation_key: UUID) -> None:
    """Its page is gone in every language: nothing of the thread is shown or can be answered any more."""
    if DiscussionThread.objects.filter(translation_key=translation_key).update(state=DiscussionThread.Condition.HIDDEN):
        gone = CommentState.objects.published().filter(thread__translation_key=translation_key)
        searchable.changed.send(CommentState, instances=list(gone.select_related("thread")))
        stamps.touch(stamps.subject(translation_key), COMMENTS)


def _locked_thread_of(draft: Draft) -> DiscussionThread:
    return locked_thread(draft.key, of_page=draft.page is not None)


def locked_thread(key: UUID, *, of_page: bool = True) -> DiscussionThread:
    """A page's thread is made when it is first needed."""
    if found := _locked(key):
        return found[0]
    threads = DiscussionThread.objects.select_for_update()
    return threads.get_or_create(translation_key=key)[0] if of_page else threads.get(translation_key=key)


@PreparedInstances.of(types=[UUID])
def _locked(key: UUID) -> QuerySet:
    return DiscussionThread.objects.select_for_update().filter(translation_key=key)


def _save_comment(draft: Draft, thread: DiscussionThread, *, is_public: bool) -> XtdComment:
    # The package's own place in its thread is that of `path`: never deeper than it allows.
    above = draft.parent.path_below(0)[:-STEP] if draft.parent else ""
    comment = XtdComment(
        content_type=ContentType.objects.get_for_model(DiscussionThread),
        object_pk=str(thread.pk),
        site_id=settings.SITE_ID,
        user=None if draft.is_guest else draft.user,
        user_name=name_in(thread, draft.user, draft.language) if thread.by_role else draft.name,
        comment=draft.text,
        submit_date=timezone.now(),
        is_public=is_public,
        parent_id=int(above[-STEP:]) if above else 0,
    )
    if draft.parent:
        comment.save()
    else:
        _save_first(comment)
    return comment


def _save_first(comment: XtdComment) -> None:
    """One that answers nothing: it is its own parent, for which the package would write every row twice."""
    base = Comment(**{field.attname: getattr(comment, field.attname) for field in Comment._meta.concrete_fields})
    base.save(force_insert=True)
    comment.pk = comment.parent_id = comment.thread_id = base.pk
    comment.save_base(raw=True, force_insert=True)


def change(
    row: CommentState,
    new: State,
    *,
    made_by: Any = None,
    reason: str = "",
    explanation: str = "",
    batch: UUID | None = None,
    undoes: ModerationDecision | None = None,
) -> ModerationDecision:
    """Set the state and write the decision. Asks nothing: who may do this is asked by whoever calls it."""
    old, row.state, row.reason = row.state, new, reason
    row.save(update_fields=["state", "reason", "changed_at"])
    # `update`, not `save`: the package would change the answers too.
    XtdComment.norel_objects.filter(pk=row.comment_id).update(
        is_public=new is State.PUBLISHED, is_removed=new not in {State.PUBLISHED, State.HELD}
    )
    decision = ModerationDecision.objects.create(
        comment=row,
        made_by=made_by,
        automated=made_by is None,
        old=old,
        new=new,
        reason=reason,
        text=explanation,
        batch=batch,
        undoes=undoes,
    )
    tell(row)
    return decision


def blank(row: CommentState) -> None:
    """Take the words of the comment away, with what hangs on it and repeats them."""
    row.quotes.update(text="", consent=Quote.Consent.NO)
    row.digest = ""
    row.held_for = []
    row.mention_spans = []
    redaction.forget(row)
    row.notes.all().delete()
    row.save(update_fields=["digest", "held_for", "mention_spans"])
    row.revisions.all().delete()
    row.mentions.all().delete()
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment="", user_name="", user_email="", user_url="")


def tell(row: CommentState) -> None:
    tell_thread(row.thread)


def tell_thread(thread: DiscussionThread) -> None:
    """What readers see has changed."""
    stamps.touch(stamps.subject(thread.translation_key), COMMENTS)
