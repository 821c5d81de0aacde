from django.utils.translation import gettext, gettext_lazy


class Refused(Exception):
    """A change that cannot be made. The code says why; `by` names who was there before, for moderators alone, and
    `message` is what a check tells the writer."""

    def __init__(self, code: str, by: str = "", message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.by = by
        self.message = message


# What moderators are told, as the second half of “Not decided: …”.
SAID = {
    "forbidden": gettext_lazy("it is not yours to moderate"),
    "own-comment": gettext_lazy("you wrote it yourself"),
    "own-report": gettext_lazy("you reported it yourself"),
    "own-decision": gettext_lazy("you made the decision yourself"),
    "decided-before": gettext_lazy("somebody has decided or changed it meanwhile"),
    "claimed": gettext_lazy("somebody else is deciding on it"),
    "gone": gettext_lazy("it is not there any more"),
    "no-reason": gettext_lazy("it needs a reason"),
    "appeal-waits": gettext_lazy("an appeal about it waits for an answer"),
    "repeats-words": gettext_lazy("what you write to the author repeats words of it"),
    "no-such-words": gettext_lazy("the words to mask are not in it"),
    "no-account": gettext_lazy("the author has no account"),
    "no-fault": gettext_lazy("only a decision against a comment that stands can have consequences"),
    "no-end": gettext_lazy("it needs an end, a year from now at most"),
    "not-theirs": gettext_lazy("this moderator cannot decide on it"),
    "purged": gettext_lazy("the original has been deleted"),
    "not-asked": gettext_lazy("nobody has asked to end it"),
    "same-person": gettext_lazy("whoever asked to end it cannot confirm it"),
}


def said(refusal: Refused) -> str:
    if refusal.code == "decided-before" and refusal.by:
        return gettext("already decided by %(name)s") % {"name": refusal.by}
    if refusal.code == "claimed" and refusal.by:
        return gettext("%(name)s is deciding on it") % {"name": refusal.by}
    return str(SAID.get(refusal.code, refusal.code))
