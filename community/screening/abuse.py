"""Checks against closed threads, machines, repetition and advertising."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.prepared import Prepared

from .. import text
from ..models import CommentState
from ..moderation import sanctions
from ..reasons import HoldReason
from .findings import Draft, Finding, Verdict

FASTEST_WRITER = 3  # seconds
MAX_LINKS = 2


def thread_is_open(draft: Draft) -> Iterator[Finding]:
    if not draft.is_open:
        yield Finding(Verdict.REFUSE, "closed", _("This discussion has been closed. Nothing was sent."))


def writer_is_not_silenced(draft: Draft) -> Iterator[Finding]:
    """A moderator’s decision has this consequence; why is told on the page of the account."""
    sanction = sanctions.strictest(draft.sanctions)
    if sanction is None:
        return
    message = _("You cannot write here for now. Why, and what you can do about it, is on the page of your account.")
    if sanction.until is not None:
        message = _(
            "You cannot write here until %(day)s. Why, and what you can do about it, is on the page of your account."
        ) % {"day": date_format(timezone.localtime(sanction.until), "SHORT_DATETIME_FORMAT")}
    yield Finding(Verdict.REFUSE, "silenced", message)


def filled_in_by_a_person(draft: Draft) -> Iterator[Finding]:
    if draft.trap:
        yield Finding(
            Verdict.REFUSE, "trap", _("A field that must stay empty was filled in. Empty it and send again."), "website"
        )
    elif draft.seconds < FASTEST_WRITER:
        yield Finding(Verdict.REFUSE, "fast", _("That was faster than anybody can write. Send it again, please."))


def not_said_before(draft: Draft) -> Iterator[Finding]:
    """The same words by the same account, or by anybody in the same thread, within a day."""
    since = timezone.now() - timedelta(days=1)
    digest = text.digest(draft.text)
    if _said_here(digest, since, draft.place) or _said_by(digest, since, draft.account):
        yield Finding(
            Verdict.REFUSE, "repeated", _("This text has already been sent. There is no need to send it again.")
        )


# Two questions, since one of both would be asked of all that was said anywhere within the day.
@Prepared.of(str, datetime, int)
def _said_here(digest: str, since: datetime, thread: int) -> QuerySet:
    return _said(digest, since).filter(thread_id=thread)[:1]


@Prepared.of(str, datetime, int)
def _said_by(digest: str, since: datetime, account: int) -> QuerySet:
    return _said(digest, since).filter(comment__user_id=account)[:1]


def _said(digest: str, since: datetime) -> QuerySet:
    same = CommentState.objects.filter(digest=digest, posted_at__gte=since)
    return same.exclude(state__in=["withdrawn", "erased"]).order_by().values_list("pk")


def few_links(draft: Draft) -> Iterator[Finding]:
    if text.count_links(draft.text) > MAX_LINKS:
        yield Finding(Verdict.HOLD, HoldReason.LINKS)


def known_writer(draft: Draft) -> Iterator[Finding]:
    if draft.is_guest:
        yield Finding(Verdict.HOLD, HoldReason.VISITOR)
