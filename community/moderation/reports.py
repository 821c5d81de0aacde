"""What reports weigh, and which may be made again.

A comment that several people report, each for himself, is held until a moderator has read it; it is never removed by
that. Many reports are no proof: accounts made today weigh nothing, an account counts once, and whoever was right
before weighs more than whoever was wrong.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from ..models import CommentState, Report, State
from ..reasons import NO_FAULT, ReportReason

ENOUGH = 3.0  # as three people of whom nothing is known
YOUNGEST = timedelta(days=1)  # what an account must be to count
MOST, LEAST = 2.0, 0.1  # what one person can weigh
# The law asks for each of these to be read anew: another person is concerned, or claims other facts.
ALWAYS_TAKEN = {ReportReason.ABOUT_ME, ReportReason.LAW, ReportReason.ABUSE}


def weight(row: CommentState) -> float:
    """What the open reports of a comment weigh together. Visitors cannot be told apart, so they weigh nothing."""
    author = XtdComment.norel_objects.values_list("user_id", flat=True).get(pk=row.comment_id)
    reporters = Report.objects.filter(comment=row, decision=None, reporter__is_active=True).exclude(
        reporter__date_joined__gt=timezone.now() - YOUNGEST
    )
    people = set(reporters.values_list("reporter", flat=True)) - {author}
    right, wrong = _record(people)
    return sum(_trust(right.get(person, 0), wrong.get(person, 0)) for person in people)


def is_enough(row: CommentState) -> bool:
    return weight(row) >= ENOUGH


def kept_before(row: CommentState, reason: str) -> bool:
    """Whether a moderator has read the comment on this ground, as it stands now, and kept it."""
    if reason in ALWAYS_TAKEN:
        return False
    kept = Report.objects.filter(comment=row, reason=reason, decision__new=State.PUBLISHED, decision__reason=NO_FAULT)
    if row.edited_at:
        kept = kept.filter(decision__made_at__gte=row.edited_at)
    return kept.exists()


def _record(people: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How often each was right and wrong, as moderators decided."""
    decided = Report.objects.filter(reporter__in=people, decision__made_by__isnull=False).order_by()
    is_wrong = Q(decision__new=State.PUBLISHED, decision__reason=NO_FAULT)
    rows = decided.values_list("reporter").annotate(
        wrong=Count("pk", filter=is_wrong), right=Count("pk", filter=~is_wrong)
    )
    found: list[tuple[Any, ...]] = list(rows)
    return {who: right for who, _wrong, right in found}, {who: wrong for who, wrong, _right in found}


def _trust(right: int, wrong: int) -> float:
    return max(LEAST, min(MOST, (1 + right) / (1 + wrong)))
