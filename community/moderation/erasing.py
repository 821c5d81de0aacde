"""Erases a comment for good, at once: what may not even lie in the dark until the purge takes it.

Whoever may hide a comment may erase it: a closed group has no moderators but its own. It cannot be taken back, so the
desk asks once more. Its place in the thread stays, and so do the decision, its reason and what the author is told; no
table keeps the words. A legal hold alone outlasts it: the copy that was sealed stays sealed until its date.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal import searchable

from .. import services, text
from ..models import Appeal, CommentRevision, CommentState, ModerationDecision, State
from ..personal import ledger
from ..reasons import RuleReason
from ..refusals import Refused
from . import redaction


@transaction.atomic
def erase(
    *,
    public_id: str,
    moderator: Any,
    reason: str,
    explanation: str = "",
    seen: str = "",
    batch: UUID | None = None,
    gathered: list[str] | None = None,
) -> ModerationDecision:
    """Asks what every decision asks, see `services.decide`. Refused while an appeal about the comment waits, whose
    moderator could not judge any more, and where `explanation` repeats what is to be erased.

    With `gathered`, the words go there, and whoever erases many calls `forget` once for all.
    """
    row = services.row_to_decide_on(public_id=public_id, moderator=moderator, reason=reason, seen=seen)
    if reason not in RuleReason.values:
        raise Refused("no-reason")
    if Appeal.objects.waiting().filter(decision__comment=row).exists():
        raise Refused("appeal-waits")
    words = _texts_of(row)
    if any(text.repeats(explanation, each) for each in words):
        raise Refused("repeats-words")
    ledger.erased(row.public_id, reason)
    empty(row)
    decision = services.change(
        row, State.ERASED, made_by=moderator, reason=reason, explanation=explanation, batch=batch
    )
    services.settle(row, decision)
    if gathered is None:
        forget(words)
    else:
        gathered += words
    return decision


def again(row: CommentState, reason: str) -> None:
    """After a restore, which has brought the words back and lost the decision."""
    words = _texts_of(row)
    empty(row)
    services.erase_comment(row=row, reason=reason)
    forget(words)


def empty(row: CommentState) -> None:
    """Take the words away, and every text in which somebody may have repeated them to judge them."""
    services.blank(row)
    row.reports.update(text="", law="")
    row.adoptions.update(note="")
    row.reactions.filter(handled_at=None).exclude(text="").update(handled_at=timezone.now())
    row.reactions.update(text="")
    ModerationDecision._base_manager.filter(comment=row).update(text="")
    Appeal.objects.filter(decision__comment=row).update(text="", answer="")


def forget(words: list[str]) -> None:
    """Out of the search too, to the last word that stands nowhere else."""
    searchable.erased.send(CommentState, texts=words)


def _texts_of(row: CommentState) -> list[str]:
    earlier = CommentRevision.objects.filter(comment=row).values_list("text", flat=True)
    sealed = row.redactions.values_list("original", flat=True)
    wholes = [redaction.without_region(whole) for whole in (redaction.whole(row), *sealed)]
    return [said for each in (*wholes, *earlier) for said in each.split(redaction.BETWEEN) if said]
