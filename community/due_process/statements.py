"""The statement of reasons: what was done to somebody's comment, on which ground, by whom, and what can be done.

One for each decision that takes something from the author. It never says who reported, nor repeats the comment.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import reasons
from ..models import CommentState, ModerationDecision, Sanction, State
from ..reasons import HoldReason, RuleReason
from . import appealing

HELD, HIDDEN, WITH_PARENT, MASKED, ERASED, SANCTIONED = (
    "held", "hidden", "with-parent", "masked", "erased", "sanctioned"
)  # fmt: skip
# Which of the house rules a check watches over.
RULES: dict[RuleReason, set[str]] = {
    RuleReason.PERSONAL_DATA: {
        "phone", "email", "iban", "id_number", "plate", "address", "coordinates", "profile"
    },
    RuleReason.ACCUSATION: {"accusation"},
    RuleReason.OFF_SUBJECT: {HoldReason.LINKS},
}  # fmt: skip


@dataclass(frozen=True)
class Statement:
    decision: ModerationDecision
    cause: str
    title: str
    facts: list[str]
    ground: str
    made_by: str
    redress: list[str]
    explanation: str = ""  # what the moderator wrote to the author
    consequences: list[str] = field(default_factory=list)
    appeal_until: date | None = None


def cause_of(decision: ModerationDecision) -> str:
    """What the decision took from the author; empty when nothing."""
    if decision.reason == reasons.WITH_PARENT and decision.new == State.HIDDEN:
        return WITH_PARENT
    if decision.new == State.HIDDEN:
        return HIDDEN
    if decision.new == State.ERASED:
        return ERASED if decision.erases else ""
    if hasattr(decision, "redaction"):
        return MASKED
    if decision.new == State.HELD:
        return HELD
    return SANCTIONED if decision.sanctions.all() else ""


def of(decision: ModerationDecision) -> Statement | None:
    cause = cause_of(decision)
    if not cause:
        return None
    until = None if cause == HELD or appealing.problem_of_author(decision) else appealing.last_day(decision)
    return Statement(
        decision=decision,
        cause=cause,
        title=_title(cause),
        facts=_facts(decision, cause),
        ground=_ground(decision, cause),
        made_by=_made_by(decision, cause),
        redress=_redress(decision, cause, until),
        explanation=decision.text,
        consequences=[_consequence(sanction) for sanction in decision.sanctions.all()],
        appeal_until=until,
    )


def _title(cause: str) -> str:
    return {
        HELD: _("Your comment is held"),
        HIDDEN: _("Your comment is hidden"),
        WITH_PARENT: _("Your comment is hidden with the one it answers"),
        MASKED: _("Words were taken out of your comment"),
        ERASED: _("Your comment is erased"),
        SANCTIONED: _("What follows from your comment"),
    }[cause]


def _facts(decision: ModerationDecision, cause: str) -> list[str]:
    if cause == HELD:
        return [_("Nobody but you and the moderators can see it until one of them has read it."), *_why_held(decision)]
    if cause == WITH_PARENT:
        return [
            _("The comment that yours answers was hidden, and the answers below it with it."),
            _("Your own words were not the reason."),
        ]
    if cause == MASKED:
        number = len(decision.redaction.spans)
        said = ngettext(
            "In one place words were removed; the rest stands as you wrote it.",
            "In %(number)d places words were removed; the rest stands as you wrote it.",
            number,
        )
        facts = [said % {"number": number}, _("Readers see in brackets which kind of words stood there.")]
    elif cause == ERASED:
        facts = [_("Its words are deleted for good. Where it has been answered, its place stays, with the reason.")]
    elif cause == HIDDEN:
        facts = [_("Nobody else can read it. Where it has been answered, its place stays, with the reason.")]
    else:
        facts = [_("The comment itself stays as it is.")]
    return [*facts, *_prompted_by(decision)]


def _why_held(decision: ModerationDecision) -> list[str]:
    if decision.reason == HoldReason.REPORTS:
        return [_("Several people have reported it. That alone decides nothing.")]
    if decision.reason == HoldReason.BROKEN:
        return [_("One of our checks did not work. To be safe, a person reads the comment first.")]
    return [_("A check found: %(what)s.") % {"what": reasons.label(decision.reason)}] if decision.reason else []


def _prompted_by(decision: ModerationDecision) -> list[str]:
    """Whether a report led to it. Among the few members of a closed group that would point at somebody."""
    group = decision.comment.thread.group
    if group is not None and group.is_private:
        return []
    if decision.reports.exists():
        return [_("It had been reported. Who reports a comment is never told.")]
    return [_("A moderator acted without a report.")]


def _ground(decision: ModerationDecision, cause: str) -> str:
    if cause == HELD:
        rule = next((rule for rule, checks in RULES.items() if decision.reason in checks), None)
        return _in_house_rules(rule.label) if rule else _("The house rules: how comments are read.")
    if cause == WITH_PARENT:
        return _("The house rules: an answer that repeats what was hidden, or makes no sense without it, goes with it.")
    if decision.reason == RuleReason.LAW:
        return _("The law: in the moderator’s view it forbids what the comment says.")
    if decision.reason == RuleReason.ASKED:
        return _("The person whom the comment speaks of asked for it (data protection law).")
    return _in_house_rules(reasons.label(decision.reason))


def _in_house_rules(rule: object) -> str:
    return _("The house rules. %(rule)s.") % {"rule": rule}


def _made_by(decision: ModerationDecision, cause: str) -> str:
    if decision.automated:
        return _("A rule of our software did this by itself. No person has decided yet.")
    if cause == MASKED:
        return _("A person decided this, and chose the words. Our software may have pointed them out.")
    return _("A person decided this, not a machine.")


def _redress(decision: ModerationDecision, cause: str, until: date | None) -> list[str]:
    if cause == HELD:
        return [
            _("You need do nothing: moderators read in order of arrival, and you are told what they decided and why."),
            _("You can withdraw the comment at any time."),
        ]
    if until is None:
        return []
    said = _(
        "If you think this is wrong, you can appeal once, free of charge, until %(day)s. "
        "Another moderator looks at it and answers you with reasons."
    )
    return [
        said % {"day": date_format(until)},
        *([_("The words cannot be brought back. If you are right, what followed for you ends.")] * (cause == ERASED)),
        _("You may also turn to a certified body for out-of-court disputes, or to a court."),
    ]


def _consequence(sanction: Sanction) -> str:
    end = timezone.localtime(sanction.until) if sanction.until else None
    day = {"day": date_format(end, "DATETIME_FORMAT")} if end else {}
    if sanction.lifted_by_id:
        return _("What followed for your account has been lifted.")
    if sanction.kind == Sanction.Kind.WARNING:
        return _("You are warned. If it happens again, your account can be silenced for a time.")
    if sanction.kind == Sanction.Kind.SILENCE:
        said = _("Until %(day)s your account can read everything, but write nothing.") if end else ""
        return said % day if said else _("Your account can read everything, but write nothing.")
    if end:
        return _("Until %(day)s your account is suspended: it can neither write nor use closed groups.") % day
    return _("Your account is suspended: it can neither write nor use closed groups.")


@dataclass(frozen=True)
class Told:
    """A line below a comment in the list of one's own."""

    comment: int
    decision: int
    title: str
    at: datetime
    taken_back: bool


def titles(rows: list[CommentState]) -> list[Told]:
    """What was decided against the author on each of these comments, newest first, in a fixed number of queries.

    That a comment was held once is no news beside one that has been published or hidden since.
    """
    waiting = {row.pk for row in rows if row.state == State.HELD}
    decisions = (
        ModerationDecision.objects.filter(comment__in=[row.pk for row in rows])
        .exclude(new=State.WITHDRAWN)
        .select_related("redaction")
        .prefetch_related("sanctions", "undone_by")
        .order_by("-pk")
    )
    return [
        Told(decision.comment_id, decision.pk, _title(cause), decision.made_at, bool(decision.undone_by.all()))
        for decision in decisions
        if (cause := cause_of(decision)) and (cause != HELD or decision.comment_id in waiting)
    ]
