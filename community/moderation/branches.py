"""Answers that go with the comment they answer, and come back with it.

As a rule answers stay when a comment is hidden. Where they repeat it, a moderator takes them along: each gets a
decision of its own, which tells its author that not his words were the reason.
"""

from typing import Any
from uuid import UUID

from .. import services
from ..models import CommentState, ModerationDecision, State
from ..reasons import NO_FAULT, WITH_PARENT


def hide_answers(*, decision: ModerationDecision, moderator: Any, batch: UUID) -> int:
    """Hide what readers see below a comment that was hidden by `decision`, which belongs to `batch`; how many."""
    rows = _below(decision.comment).filter(state__in=[State.PUBLISHED, State.HELD])
    # Nobody decides on what he wrote or reported himself, not even along with others.
    rows = rows.exclude(comment__user_id=moderator.pk).exclude(reports__reporter=moderator)
    found = list(rows.select_for_update(of=("self",)).select_related("thread"))
    for row in found:
        made = services.change(row, State.HIDDEN, made_by=moderator, reason=WITH_PARENT, batch=batch)
        services.settle(row, made)
    return len(found)


def bring_back_answers(*, decision: ModerationDecision, by: Any) -> list[ModerationDecision]:
    """The answers that were hidden along with `decision`, as they were before; not those decided on since, nor what
    `by` wrote. What was reported in them is still to be read: it waits again.
    """
    if decision.batch is None:
        return []
    below = _below(decision.comment).filter(state=State.HIDDEN)
    along = ModerationDecision.objects.filter(
        batch=decision.batch, reason=WITH_PARENT, comment__in=below.values("pk"), undone_by=None
    )
    brought = []
    for each in along.exclude(comment__comment__user_id=by.pk).select_related("comment__thread"):
        if not each.comment.decisions.filter(pk__gt=each.pk).exists():
            services.change(each.comment, State(each.old), made_by=by, reason=NO_FAULT, undoes=each)
            each.reports.update(decision=None)
            brought.append(each)
    return brought


def _below(row: CommentState) -> Any:
    """Every comment that answers `row`, or an answer to it. Deep answers stand beside what they answer: see `path`."""
    answers = CommentState.objects.filter(thread=row.thread_id).values_list("pk", "parent_id")
    children: dict[int | None, list[int]] = {}
    for pk, parent in answers:
        children.setdefault(parent, []).append(pk)
    found: list[int] = []
    ahead = list(children.get(row.pk, []))
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return CommentState.objects.filter(pk__in=found)
