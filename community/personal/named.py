"""Erasure for somebody who has no account and is only named: the words are masked wherever people have typed them.

A moderator gives the words, looks at the comments that hold them and chooses; what hangs on those comments follows.
What else is written in working groups has a module of its own, `passages`, which says who looks through it.
The words themselves are kept nowhere: not in an address, not in the log, not in the ledger.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from portal import searchable

from .. import services
from ..access import may_moderate
from ..models import CommentState, Redaction, State
from ..moderation import acts, redaction
from ..moderation.conflicts import conflict
from ..reasons import RuleReason
from ..refusals import Refused
from . import ledger, passages
from .tables import rows

SHORTEST = 3
AROUND = 60
MOST = 200
# What people typed beside comments: model, the field that leads to the comment, the columns.
BESIDE = [
    ("community.PracticeEvidence", "comment", ("changed", "known_by")),
    ("community.CommentRevision", "comment", ("text",)),
    ("community.Report", "comment", ("text", "law")),
    ("community.ModeratorNote", "comment", ("text",)),
    ("community.ModerationDecision", "comment", ("text",)),
    ("community.Reaction", "comment", ("text",)),
    ("community.Quote", "comment", ("text",)),
    ("community.Adoption", "comment", ("note",)),
    ("community.Appeal", "decision__comment", ("text", "answer")),
]


@dataclass(frozen=True)
class Place:
    """A comment that holds the words, or on which something hangs that does."""

    row: CommentState
    before: str
    words: str
    after: str
    beside: int  # how many texts that hang on it hold them too


@dataclass(frozen=True)
class Masked:
    comments: int
    beside: int
    others: int
    refused: list[CommentState]  # somebody else has to do these


def find(words: str, user: Any) -> tuple[list[Place], list[passages.Passage], bool]:
    """The latest comments and other texts, and whether there are more: these come once the first are masked.

    Each moderator finds what he moderates: what lies in groups that are closed to him stays closed.
    """
    wanted, beside = pattern(words), _held_beside(words)
    found = CommentState.objects.moderated_by(user).select_related("comment", "thread").order_by("-posted_at", "-pk")
    likely = found.filter(_likely("comment__comment", words) | Q(pk__in=beside))
    sure = (row for row in likely.iterator() if row.pk in beside or wanted.search(row.comment.comment))
    chosen = list(islice(sure, MOST + 1))
    others = list(islice(passages.find(wanted, lambda column: _likely(column, words), user, AROUND), MOST + 1))
    are_more = len(chosen) > MOST or len(others) > MOST
    return [_place(row, wanted) for row in chosen[:MOST]], others[:MOST], are_more


def pattern(words: str) -> re.Pattern[str]:
    """Any case and any space between; not inside a longer word."""
    spaced = r"\s+".join(re.escape(part) for part in words.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _likely(column: str, words: str) -> Q:
    """Each word stands there: a database knows no pattern for the space between."""
    return Q(*((f"{column}__icontains", word) for word in words.split()))


def _held_beside(words: str) -> set[int]:
    wanted, found = pattern(words), set()
    for label, comment, columns in BESIDE:
        for column in columns:
            likely = rows(label).filter(_likely(column, words)).values_list(comment, column)
            found |= {pk for pk, text in likely.iterator() if wanted.search(text)}
    return found


def _place(row: CommentState, wanted: re.Pattern[str]) -> Place:
    text, hit = row.comment.comment, wanted.search(row.comment.comment)
    beside = sum(1 for _text in _beside(row, wanted))
    if hit is None:
        return Place(row, text[: 2 * AROUND], "", "", beside)
    start, end = hit.span()
    return Place(row, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND], beside)


def _beside(row: CommentState, wanted: re.Pattern[str]) -> Iterator[tuple[str, int, str, str]]:
    """Table, row, column and text of what hangs on the comment and holds the words."""
    for label, comment, columns in BESIDE:
        for values in rows(label, **{comment: row.pk}).values_list("pk", *columns):
            for column, text in zip(columns, values[1:], strict=True):
                if wanted.search(text):
                    yield label, values[0], column, text


@transaction.atomic
def mask(
    *,
    words: str,
    kind: str,
    public_ids: Collection[str],
    moderator: Any,
    others: Collection[str] = (),
    explanation: str = "",
) -> Masked:
    """Mask the words in the chosen comments, whatever their state, in what hangs on them, and in the chosen others."""
    if not may_moderate(moderator):
        raise Refused("forbidden")
    if len(words.strip()) < SHORTEST or kind not in redaction.KINDS:
        raise Refused("no-such-words")
    wanted, refused, comments, beside = pattern(words), [], 0, 0
    found = CommentState.objects.moderated_by(moderator).filter(public_id__in=public_ids)
    for row in found.select_for_update(of=("self",)).select_related("comment", "thread"):
        if conflict(moderator, comment=row):
            refused.append(row)
            continue
        beside += _mask_beside(row, wanted, kind)
        comments += _mask_comment(row, wanted, kind, moderator, explanation)
    masked_others = passages.mask(others, wanted, kind, moderator)
    searchable.erased.send(Place, texts=[words])
    return Masked(comments, beside, masked_others, refused)


def _mask_comment(row: CommentState, wanted: re.Pattern[str], kind: str, moderator: Any, explanation: str) -> bool:
    original = row.comment.comment
    masks = [redaction.Mask(*hit.span(), kind) for hit in wanted.finditer(original)]
    if not masks:
        return False
    ledger.words(row.public_id, original, [[each.start, each.end, each.kind] for each in masks])
    sealed = redaction.apply(row, masks)
    reason = RuleReason.ASKED.value
    decision = services.change(row, State(row.state), made_by=moderator, reason=reason, explanation=explanation)
    redaction.seal(sealed, decision)
    _mask_sealed(Redaction.objects.filter(comment=row).exclude(decision=decision), wanted)
    row.reports.filter(decision=None, reason="about-me").update(decision=decision)
    acts.note_in_history(row, f"community.{row.state}", moderator, {"reason": reason, "old": row.state})
    return True


def _mask_sealed(others: Iterable[Redaction], wanted: re.Pattern[str]) -> None:
    """What was sealed before holds the words too, and could be put back: it goes."""
    for sealed in others:
        if wanted.search(sealed.original):
            Redaction.objects.filter(pk=sealed.pk).update(original="", digest="", purged_at=sealed.sealed_until)


def _mask_beside(row: CommentState, wanted: re.Pattern[str], kind: str) -> int:
    found = list(_beside(row, wanted))
    for label, pk, column, text in found:
        passages.replace(label, pk, column, text, wanted, kind, row.language)
    return len(found)
