"""All comments of one account, hidden in one go and brought back in one go."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .. import services
from ..models import CommentState, ModerationDecision, Report, State
from ..refusals import Refused
from . import reversal


@dataclass
class Outcome:
    """What came of each: the numbers of the comments that were changed, and why others were not."""

    done: list[str] = field(default_factory=list)
    left: dict[str, Refused] = field(default_factory=dict)
    batch: uuid.UUID = field(default_factory=uuid.uuid4)

    def attempt(self, public_id: str, change: Callable[[], Any]) -> None:
        try:
            change()
        except Refused as refusal:
            self.left[public_id] = refusal
        except CommentState.DoesNotExist:
            self.left[public_id] = Refused("gone")
        else:
            self.done.append(public_id)


def comments_to_hide(user: Any) -> Any:
    return CommentState.objects.of_account(user).filter(state__in=[State.PUBLISHED, State.HELD]).order_by("pk")


def hide_all(*, author: Any, moderator: Any, reason: str, explanation: str = "") -> Outcome:
    """Each comment gets a decision of its own, which its author can appeal against. What stands where the moderator
    may not look is left alone, and not spoken of."""
    outcome = Outcome()
    for public_id in comments_to_hide(author).moderated_by(moderator).values_list("public_id", flat=True):
        outcome.attempt(
            public_id,
            lambda number=public_id: services.decide(  # type: ignore[misc]
                public_id=number,
                moderator=moderator,
                new=State.HIDDEN,
                reason=reason,
                explanation=explanation,
                batch=outcome.batch,
            ),
        )
    return outcome


def undo(*, batch: uuid.UUID, moderator: Any, reason: str, explanation: str = "") -> Outcome:
    """Each comment as it was, its reports open again; what was decided on since stays as it is."""
    outcome = Outcome()
    mine = CommentState.objects.moderated_by(moderator).order_by().values("pk")
    decisions = ModerationDecision.objects.filter(batch=batch, undoes=None, comment__in=mine)
    for decision in decisions.select_related("comment"):
        outcome.attempt(decision.comment.public_id, lambda made=decision: _undo(made, moderator, reason, explanation))  # type: ignore[misc]
    return outcome


def _undo(decision: ModerationDecision, moderator: Any, reason: str, explanation: str) -> None:
    reversal.reverse(decision=decision, moderator=moderator, reason=reason, explanation=explanation)
    Report.objects.filter(decision=decision).update(decision=None)
