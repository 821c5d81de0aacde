"""Why a comment was reported, held or removed. The numbers are those of the page “House rules for comments”."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    OTHER = "other", pgettext_lazy("reason of a report", "Something else")


class HoldReason(models.TextChoices):
    """Why the checks held a comment."""

    VISITOR = "visitor", _("written without an account")
    LINKS = "links", _("more than two links")
    PHONE = "phone", _("looks like a telephone number")
    BROKEN = "check-failed", _("a check did not work")


LABELS = {
    **{choice.value: choice.label for choice in RuleReason},
    **{choice.value: choice.label for choice in HoldReason},
    "no-fault": _("Nothing against the rules"),
}


def label(code: str) -> str:
    return str(LABELS.get(code, code))
