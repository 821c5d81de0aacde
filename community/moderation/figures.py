"""What moderators did in a year, in numbers that anybody may read.

Each figure is counted once, here, from rows that nobody can change: the page, the table and whoever is asked say the
same. Only months that are over count, so that a figure once given stays. Private groups count, too: a number tells
nobody that a group exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import reasons
from ..models import (
    Appeal,
    CommentState,
    LegalHold,
    ModerationAct,
    ModerationDecision,
    Redaction,
    Report,
    Sanction,
    State,
)
from ..reasons import NO_FAULT, ReportReason


@dataclass(frozen=True)
class Year:
    number: int
    start: datetime
    end: datetime  # the first moment that does not count any more

    @property
    def is_over(self) -> bool:
        return self.end.year > self.number

    @property
    def last_day(self) -> datetime:
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    group: Any
    label: Any
    count: int


def years() -> list[int]:
    """Those of which at least one month is over, the newest first."""
    first = CommentState.objects.aggregate(first=Min("posted_at"))["first"]
    if first is None:
        return []
    end = _this_month()
    return list(range(end.year if end.month > 1 else end.year - 1, timezone.localtime(first).year - 1, -1))


def year(number: int) -> Year:
    start = timezone.make_aware(datetime(number, 1, 1))
    return Year(number, start, min(timezone.make_aware(datetime(number + 1, 1, 1)), _this_month()))


def figures(of: Year) -> list[Figure]:
    return [figure for count in COUNTS for figure in count(of)]


def hours_to_decide(of: Year) -> int | None:
    """Half of the comments that were held were decided on within so many hours."""
    held = (
        _within(ModerationDecision.objects.filter(new=State.HELD), of).values_list("comment").annotate(Max("made_at"))
    )
    since = dict(held.order_by())
    made = _of_people().filter(comment__in=since, old=State.HELD)
    took = [at - since[pk] for pk, at in made.values_list("comment", "made_at") if at >= since[pk]]
    return round(median(each.total_seconds() for each in took) / 3600) if took else None


def _this_month() -> datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _within(rows: QuerySet, of: Year, field: str = "made_at") -> QuerySet:
    return rows.filter(**{f"{field}__gte": of.start, f"{field}__lt": of.end})


def _of_people() -> QuerySet:
    """By moderators, those whose accounts are gone included; what authors took back themselves is no decision."""
    return ModerationDecision.objects.filter(automated=False, new__in=[State.PUBLISHED, State.HIDDEN, State.ERASED])


def _by(rows: QuerySet, of: Year, field: str, since: str = "made_at") -> dict[str, int]:
    return dict(_within(rows, of, since).order_by().values_list(field).annotate(Count("pk")))


def _comments(of: Year) -> list[Figure]:
    group = _("Comments")
    first = _by(ModerationDecision.objects.filter(old="", automated=True), of, "new")
    return [
        Figure(group, _("Published at once"), first.get(State.PUBLISHED, 0)),
        Figure(group, _("Held by a rule until somebody had read them"), first.get(State.HELD, 0)),
    ]


def _reports(of: Year) -> list[Figure]:
    counted = _by(Report.objects.all(), of, "reason")
    notices = _within(Report.objects.filter(is_notice=True), of).count()
    return [
        *(Figure(_("Reports"), label, counted.get(code, 0)) for code, label in ReportReason.choices),
        Figure(_("Reports"), _("Of these, notices of illegal content"), notices),
    ]


def _decisions(of: Year) -> list[Figure]:
    made = _of_people().filter(undoes=None)
    kept = _within(made.filter(new=State.PUBLISHED, reason=NO_FAULT), of).count()
    hidden = _by(made.filter(new=State.HIDDEN), of, "reason")
    masked = _within(Redaction.objects.all(), of, "decision__made_at").count()
    erased = _within(made.filter(new=State.ERASED), of).count()
    by_rule = _within(ModerationDecision.objects.filter(automated=True, new=State.HELD).exclude(old=""), of).count()
    return [
        Figure(_("Decisions of moderators"), _("Published, or kept"), kept),
        Figure(_("Decisions of moderators"), _("Words masked, the rest published"), masked),
        Figure(_("Decisions of moderators"), _("Erased for good"), erased),
        *(Figure(_("Hidden, by reason"), reasons.label(code), hidden.get(code, 0)) for code, _label in _GROUNDS),
        Figure(_("Decisions of the software"), _("Held again after reports or changes"), by_rule),
    ]


def _reversals(of: Year) -> list[Figure]:
    appeals = _by(Appeal.objects.exclude(outcome=""), of, "outcome", "answered_at")
    back = _within(ModerationDecision.objects.exclude(undoes=None), of).count()
    made = _within(Appeal.objects.all(), of).count()
    group = _("Second looks")
    return [
        Figure(group, _("Appeals"), made),
        Figure(group, _("Appeals upheld"), appeals.get(Appeal.Outcome.UPHELD, 0)),
        Figure(group, _("Appeals rejected"), appeals.get(Appeal.Outcome.REJECTED, 0)),
        Figure(group, _("Decisions taken back"), back),
    ]


def _consequences(of: Year) -> list[Figure]:
    # From the log, since a sanction goes with the account.
    counted = _by(ModerationAct.objects.filter(kind=ModerationAct.Kind.SANCTIONED), of, "details__sanction")
    danger = ModerationAct.objects.filter(kind=ModerationAct.Kind.DANGER)
    others = _("Authorities and danger")
    return [
        *(Figure(_("Consequences for authors"), label, counted.get(code, 0)) for code, label in Sanction.Kind.choices),
        Figure(others, _("Comments kept by order of an authority"), _within(LegalHold.objects.all(), of).count()),
        Figure(others, _("Calls of the duty contact for danger to life"), _within(danger, of).count()),
    ]


_GROUNDS = reasons.RuleReason.choices
COUNTS: tuple[Callable[[Year], list[Figure]], ...] = (_comments, _reports, _decisions, _reversals, _consequences)
