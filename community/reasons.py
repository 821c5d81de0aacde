"""Why a comment was reported, held or removed. The numbers are those of the page “House rules for comments”."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.guard import explained


class RuleReason(models.TextChoices):
    """The ground on which a moderator hides a comment."""

    ACCUSATION = "rule-1", _("Rule 1: a suspect or an accusation")
    REPORTING = "rule-2", _("Rule 2: a report of a crime")
    PERSONAL_DATA = "rule-3", _("Rule 3: personal data of others")
    UNFOUNDED = "rule-4", _("Rule 4: no way to tell how it is known")
    RESPECT = "rule-5", _("Rule 5: hatred, threats, contempt")
    IMPOSTURE = "rule-6", _("Rule 6: posing as somebody else")
    OFF_SUBJECT = "rule-7", _("Rule 7: off the subject, advertising")
    LAW = "law", _("The law forbids it")
    ASKED = "asked", _("The person concerned asked for it")


class ReportReason(models.TextChoices):
    """What somebody who reports a comment can choose."""

    ABOUT_ME = "about-me", _("It is about me")
    ACCUSATION = "rule-1", _("It accuses somebody, or names a suspect")
    PERSONAL_DATA = "rule-3", _("It gives personal data of somebody")
    RESPECT = "rule-5", _("It spreads hatred or threatens")
    IMPOSTURE = "rule-6", _("The writer poses as somebody else")
    OFF_SUBJECT = "rule-7", _("It is off the subject, or advertising")
    LAW = "law", _("It breaks the law")
    ABUSE = "abuse", _("It is about the sexual abuse of a child")
    OTHER = "other", pgettext_lazy("reason of a report", "Something else")


class HoldReason(models.TextChoices):
    """Why the checks held a comment."""

    VISITOR = "visitor", _("written without an account")
    LINKS = "links", _("more than two links")
    REPORT = "report", _("a report from practice, which is always read first")
    WORD = "watched-word", _("holds a word that moderators watch for")
    SIMILAR = "similar", _("says nearly what was said before")
    NEWCOMER = "newcomer", _("among the first comments of an account")
    FAULTS = "faults", _("an earlier comment of the account was hidden lately")
    BUSY = "busy", _("very many comments in this discussion at once")
    BROKEN = "check-failed", _("a check did not work")
    REPORTS = "reports", _("reported by several people")


NO_FAULT = "no-fault"
EXPIRED = "expired"  # erased by the clock
WITH_PARENT = "with-parent"  # hidden as an answer to what was hidden
# What a moderator gives as the ground of a decision.
DECISION_REASONS = [(NO_FAULT, _("Nothing against the rules")), *RuleReason.choices]
LABELS = {
    **{choice.value: choice.label for choice in HoldReason},
    **dict(DECISION_REASONS),
    "taken-back": _("Taken back by the moderators"),
    **{kind.value: label for kind, label in explained.LABELS.items()},
    EXPIRED: _("Erased when its time was over"),
    WITH_PARENT: _("Hidden with the comment it answers"),
}


# These go on as a notice of illegal content, which the law wants to be complete.
NOTICES = {ReportReason.LAW, ReportReason.ABUSE}


def label(code: str) -> str:
    return str(LABELS.get(code, code))
