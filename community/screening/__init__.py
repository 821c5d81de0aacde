"""What a comment goes through before it is kept: an ordered list of small functions.

Each takes the draft and yields findings. The first that refuses ends the run. A check that breaks holds the comment:
nothing is published unread because a rule failed. The full guard will add its checks to this list.
"""

import logging
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from portal.guard import Kind

from ..reasons import HoldReason
from ..threads import pace
from . import abuse, limits, privacy, trust, words
from .findings import Draft, Finding, Hit, Verdict

__all__ = [
    "CHECKS",
    "CHECKS_UNDER_LOCK",
    "PREVIEW_CHECKS",
    "Check",
    "Draft",
    "Finding",
    "Hit",
    "Verdict",
    "name_faults",
    "public_faults",
    "screen",
]

Check = Callable[[Draft], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    abuse.thread_is_open,
    abuse.writer_is_not_silenced,
    abuse.filled_in_by_a_person,
    limits.not_too_many,
    limits.not_too_many_here,
    pace.not_in_a_hurry,
    abuse.not_said_before,
    words.nothing_said_again,
    privacy.no_personal_data,
    privacy.nothing_across_comments,
    words.no_watched_words,
    abuse.few_links,
    abuse.known_writer,
    trust.trusted_writer,
)
# What can be said of the words themselves: before anything is sent, and when they are changed.
PREVIEW_CHECKS: tuple[Check, ...] = (
    abuse.thread_is_open,
    abuse.writer_is_not_silenced,
    privacy.no_personal_data,
    privacy.nothing_across_comments,
    words.no_watched_words,
    abuse.few_links,
    abuse.known_writer,
    trust.trusted_writer,
)
# What others may have made untrue since: asked again once no other writer of the thread can come between.
CHECKS_UNDER_LOCK: tuple[Check, ...] = (
    abuse.not_said_before,
    limits.not_too_many,
    pace.not_in_a_hurry,
    limits.visitor_counted_in,
)
logger = logging.getLogger(__name__)


def screen(draft: Draft, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    findings: list[Finding] = []
    for check in checks:
        try:
            findings += check(draft)
        except Exception:
            # The traceback holds no text of the comment: log lines are read by more people than the queue.
            logger.exception("The check %s broke; the comment is held.", check.__name__)
            said = _("What you write cannot be checked at the moment. Your text is below; send it again later, please.")
            findings.append(Finding(Verdict.HOLD, HoldReason.BROKEN, said))
        if any(finding.verdict is Verdict.REFUSE for finding in findings):
            break
    return findings


def public_faults(draft: Draft) -> list[Finding]:
    """What must not stand in words that others read at once and that nobody can hold: all that a comment would be held
    for, and a check that broke. A watched word that is only marked may stand there."""
    found = screen(draft, (privacy.no_personal_data, words.no_watched_words))
    return [one for one in found if (one.code, one.verdict) != (HoldReason.WORD, Verdict.WARN)]


def name_faults(name: str, language: str) -> list[Finding]:
    """The same of a name to show. One word with a number, such as "Viktor27", is no street."""
    found = public_faults(Draft(page=None, thread=None, user=None, name="", text=name, language=language))
    return [one for one in found if one.code != Kind.ADDRESS or " " in name]
