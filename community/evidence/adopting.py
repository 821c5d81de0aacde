"""What pages take from comments: recorded by editors of the page, credited as the author decides."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from portal import drafts, stamps
from portal.models import KnowledgePage
from portal.querysets import ORIGINAL_FIRST
from portal.vocabulary import ChangeKind

from .. import mail, services
from ..models import Adoption, CommentState, Credit, DiscussionThread, PracticeEvidence, State
from ..refusals import Refused


def page_of(row: CommentState) -> KnowledgePage | None:
    """The page that editors write, of which the others are translations; none for a thread of a working group."""
    if row.thread.kind != DiscussionThread.Kind.SUBJECT:
        return None
    pages = Page.objects.filter(translation_key=row.thread.translation_key, alias_of__isnull=True)
    page = pages.order_by(*ORIGINAL_FIRST).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, KnowledgePage) else None


def may_adopt(user: Any, page: Page | None) -> bool:
    return page is not None and user.is_active and page.permissions_for_user(user).can_edit()


@transaction.atomic
def adopt(*, row: CommentState, editor: Any, note: str, is_published: bool = False) -> Adoption:
    """Say that the page took something from a comment: already, in the version that readers see, or in the next.

    For the next version the note becomes a change note of the draft, so that it is published with the change.
    """
    row, page = _locked(row), page_of(row)
    if page is None or not may_adopt(editor, page):
        raise Refused("forbidden")
    revision, version_on = None, None
    if is_published and page.live:
        revision, version_on = page.live_revision, _day_of(page)
    elif not page.permissions_for_user(editor).page_locked():
        revision = _with_change_note(page, note, editor)
    return _record(row, page, editor, note=note, revision=revision, version_on=version_on)


@transaction.atomic
def start_practice(*, row: CommentState, editor: Any, title: str, note: str) -> Page:
    """A draft of a page of its own, with the facts of the report filled in. The words stay those of its author."""
    row = _locked(row)
    report = PracticeEvidence.objects.filter(comment=row).first()
    subject = page_of(row)
    if report is None or subject is None:
        raise Refused("gone")
    facts = drafts.Facts(
        title=title,
        note=note,
        language=row.language,
        country=str(report.country),
        region=report.region,
        began=str(report.began or ""),
        ended=str(report.ended or ""),
        shows=subject,
    )
    page = drafts.start("practice", facts, editor)
    if page is None:
        raise Refused("forbidden")
    _record(row, page, editor, note=note, revision=page.latest_revision)
    return page


@transaction.atomic
def undo(*, adoption: Adoption, editor: Any) -> None:
    if not may_adopt(editor, adoption.page.specific):
        raise Refused("forbidden")
    row = adoption.comment
    adoption.delete()
    log(instance=row, action="community.not-adopted", user=editor)
    _tell(row)


@transaction.atomic
def answer(*, adoption: Adoption, is_named: bool) -> None:
    """The author says whether to be named, and may say otherwise at any time."""
    adoption.credit = Credit.GIVEN if is_named else Credit.WITHHELD
    adoption.answered_at = timezone.now()
    adoption.save(update_fields=["credit", "answered_at"])
    _tell(adoption.comment)


def page_was_published(page: Page, revision: Any = None) -> None:
    """What was to come with the next version has come."""
    waiting = Adoption.objects.filter(page_id=page.pk, version_on__isnull=True)
    for adoption in waiting.select_related("comment__thread"):
        adoption.version_on = timezone.localdate()
        adoption.revision = revision
        adoption.save(update_fields=["version_on", "revision"])
        _tell(adoption.comment)


def _locked(row: CommentState) -> CommentState:
    row = CommentState.objects.select_for_update(of=("self",)).select_related("thread", "comment").get(pk=row.pk)
    if row.state != State.PUBLISHED:
        raise Refused("gone")
    return row


def _record(
    row: CommentState, page: Page, editor: Any, *, note: str, revision: Any, version_on: date | None = None
) -> Adoption:
    if Adoption.objects.filter(comment=row, page_id=page.pk).exists():
        raise Refused("adopted-before")
    adoption = Adoption.objects.create(
        comment=row,
        page_id=page.pk,
        revision=revision,
        note=note,
        adopted_by=editor,
        version_on=version_on,
        credit=_first_credit(row),
    )
    log(instance=row, action="community.adopted", user=editor, data={"page": page.pk})
    if adoption.credit == Credit.ASKED:
        mail.queue("adopted", adoption.pk)
    _tell(row)
    return adoption


def _first_credit(row: CommentState) -> Credit:
    """Who wrote without an account cannot be asked; who agreed to be cited has answered already."""
    if row.comment.user_id is None:
        return Credit.WITHHELD
    may_be_cited = PracticeEvidence.objects.filter(comment=row, may_be_cited=True).exists()
    return Credit.GIVEN if may_be_cited else Credit.ASKED


def _with_change_note(page: KnowledgePage, note: str, editor: Any) -> Any:
    draft = page.get_latest_revision_as_object()
    change = {"date": timezone.localdate(), "kind": ChangeKind.CONTENT, "text": note}
    draft.change_notes.append(("change", change))
    return draft.save_revision(user=editor, log_action=True, clean=False)


def _day_of(page: Page) -> date:
    return timezone.localtime(page.last_published_at).date() if page.last_published_at else timezone.localdate()


def _tell(row: CommentState) -> None:
    """Credits are printed on other pages too."""
    services.tell(row)
    stamps.touch(stamps.SITE)
