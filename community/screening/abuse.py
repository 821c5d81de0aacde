"""Checks against closed threads, machines, repetition and advertising."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import text
from ..models import CommentState, DiscussionThread
from ..reasons import HoldReason
from .findings import Draft, Finding, Verdict

FASTEST_WRITER = 3  # seconds
MAX_LINKS = 2


def thread_is_open(draft: Draft) -> Iterator[Finding]:
    thread_state = draft.thread.state if draft.thread else DiscussionThread.Condition.OPEN
    if not draft.page.allow_comments or thread_state != DiscussionThread.Condition.OPEN:
        yield Finding(Verdict.REFUSE, "closed", _("This discussion has been closed. Nothing was sent."))


def filled_in_by_a_person(draft: Draft) -> Iterator[Finding]:
    if draft.trap:
        yield Finding(
            Verdict.REFUSE, "trap", _("A field that must stay empty was filled in. Empty it and send again."), "website"
        )
    elif draft.seconds < FASTEST_WRITER:
        yield Finding(Verdict.REFUSE, "fast", _("That was faster than anybody can write. Send it again, please."))


def not_said_before(draft: Draft) -> Iterator[Finding]:
    """The same words by the same account, or by anybody in the same thread, within a day."""
    same = CommentState.objects.filter(
        digest=text.digest(draft.text), posted_at__gte=timezone.now() - timedelta(days=1)
    ).exclude(state__in=["withdrawn", "erased"])
    here = same.filter(thread=draft.thread) if draft.thread else same.none()
    mine = same.none() if draft.is_guest else same.of_account(draft.user)
    if here.exists() or mine.exists():
        yield Finding(
            Verdict.REFUSE, "repeated", _("This text has already been sent. There is no need to send it again.")
        )


def few_links(draft: Draft) -> Iterator[Finding]:
    if text.count_links(draft.text) > MAX_LINKS:
        yield Finding(Verdict.HOLD, HoldReason.LINKS)


def known_writer(draft: Draft) -> Iterator[Finding]:
    if draft.is_guest:
        yield Finding(Verdict.HOLD, HoldReason.VISITOR)
