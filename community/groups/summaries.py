"""From the group to everybody: a summary is public when each quoted author has said yes to his words in this text."""

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal import stamps

from .. import mail, text
from ..models import CommentState, GroupSummary, Quote, State, WorkingGroup
from ..refusals import Refused
from .reading import STAMP

Consent = Quote.Consent
RUN = 8  # words in a row that nobody says by chance
PARTS = ("title", "text", "words")


def quotable(group: WorkingGroup) -> QuerySet[CommentState]:
    """What can be quoted: words that stand in the group, of somebody who can still be asked."""
    comments = CommentState.objects.published().filter(thread__group=group, comment__user__isnull=False)
    return comments.with_text().select_related("thread").order_by("-posted_at")


def shown_quotes(summary: GroupSummary) -> list[Quote]:
    """Those to which their author still agrees, of comments that still stand and still say so: words that a moderator
    has masked, or the author changed, are repeated nowhere."""
    quotes = summary.quotes.filter(consent__in=[Consent.NAMED, Consent.BY_ROLE], comment__state=State.PUBLISHED)
    found = quotes.select_related("comment__comment", "comment__thread")
    return [quote for quote in found if _plain(quote.text) in _plain(quote.comment.comment.comment)]


def is_ready(summary: GroupSummary) -> bool:
    return len(shown_quotes(summary)) == summary.quotes.count()


@transaction.atomic
def rewrite(*, summary: GroupSummary, title: str, text: str, language: str) -> None:
    """Another text: those who agreed to be quoted in the earlier one are asked again."""
    summary = _locked(summary)
    if summary.published_at:
        raise Refused("published")
    if (summary.title, summary.text) != (title, text):
        for quote in summary.quotes.filter(consent__in=[Consent.NAMED, Consent.BY_ROLE]):
            _ask(quote)
    summary.title, summary.text, summary.language = title, text, language
    summary.save()


@transaction.atomic
def add_quote(*, summary: GroupSummary, comment: CommentState, words: str) -> Quote:
    summary = _locked(summary)
    if summary.published_at:
        raise Refused("published")
    if not quotable(summary.group).filter(pk=comment.pk).exists():
        raise Refused("gone")
    if not words or _plain(words) not in _plain(comment.comment.comment):
        raise Refused("not-said")
    quote, is_new = Quote.objects.get_or_create(summary=summary, comment=comment, defaults={"text": words})
    if not is_new:
        quote.text = words
    _ask(quote)
    return quote


@transaction.atomic
def remove_quote(*, quote: Quote) -> None:
    quote.delete()
    stamps.touch(STAMP)


@transaction.atomic
def answer(*, quote: Quote, consent: str, seen: str) -> None:
    """What the author says: a name is given only where names are shown. He may change it later, published or not.

    A yes counts for the words and the text that he had before him, of which `seen` is the `version`.
    """
    if consent == Consent.NAMED and quote.comment.thread.by_role:
        raise Refused("by-role")
    quote.summary = _locked(quote.summary)
    quote.refresh_from_db(fields=["text", "consent"])
    if consent != Consent.NO and seen != version(quote):
        raise Refused("changed")
    quote.consent, quote.answered_at = consent, timezone.now()
    quote.save(update_fields=["consent", "answered_at"])
    stamps.touch(STAMP)


@transaction.atomic
def publish(*, summary: GroupSummary, by: Any = None) -> None:
    """Whoever publishes it may repeat words of his own."""
    summary = _locked(summary)
    if not is_ready(summary):
        raise Refused("not-agreed")
    if words := _unasked(summary, by):
        raise Refused("unasked", message=words)
    summary.published_at = timezone.now()
    summary.save(update_fields=["published_at"])
    stamps.touch(STAMP)


@transaction.atomic
def take_back(*, summary: GroupSummary) -> None:
    GroupSummary.objects.filter(pk=summary.pk).update(published_at=None)
    stamps.touch(STAMP)


def version(quote: Quote) -> str:
    """Another title, text or quoted words make another one, a part for each."""
    said = (quote.summary.title, quote.summary.text, quote.text)
    return "-".join(hashlib.sha256(part.encode(errors="replace")).hexdigest()[:16] for part in said)


def changed(quote: Quote, seen: str) -> list[str]:
    """Which of `PARTS` are others than those of the version `seen`; none where it is no version at all."""
    pairs = zip(PARTS, seen.split("-"), version(quote).split("-"), strict=False)
    return [part for part, before, now in pairs if before != now] if seen.count("-") == len(PARTS) - 1 else []


def quotes_of(user: Any) -> QuerySet[Quote]:
    """Where somebody's words are, or are to be, repeated: also after he has left the group."""
    mine = Quote.objects.filter(comment__comment__user_id=user.pk, comment__state=State.PUBLISHED)
    return mine.select_related("summary", "comment__thread", "comment__comment").order_by("-pk")


def _unasked(summary: GroupSummary, by: Any) -> str:
    """The first words in the text that stand in a comment of the group and that its author did not agree to."""
    said = text.runs(summary.text, RUN)
    agreed = [quote.comment_id for quote in shown_quotes(summary)]
    others = CommentState.objects.filter(thread__group=summary.group).exclude(pk__in=agreed)
    if by is not None:
        others = others.exclude(comment__user=by)
    known: set[str] = set()
    for words in others.values_list("comment__comment", flat=True).order_by().iterator():
        known.update(text.runs(words, RUN))
    return next((run for run in said if run in known), "")


def _ask(quote: Quote) -> None:
    quote.consent, quote.answered_at = Consent.ASKED, None
    quote.save()
    mail.queue("quote", quote.pk, again=True)


def _locked(summary: GroupSummary) -> GroupSummary:
    return GroupSummary.objects.select_for_update(of=("self",)).select_related("group").get(pk=summary.pk)


def _plain(words: str) -> str:
    return " ".join(text.clean(words).split())
