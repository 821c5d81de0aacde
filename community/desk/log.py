"""The log of the desk: decisions, of persons and of rules, and what moderators did beside. Only read here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .. import reasons
from ..access import site_moderators
from ..models import CommentState, ModerationAct, ModerationDecision
from ..moderation import acts
from ..querysets import MODERATE
from .forms import DeskForm

DECISION = "decision"
DETAILS = {
    "passages": gettext_lazy("passages"),
    "purpose": gettext_lazy("purpose"),
    "sanction": gettext_lazy("consequence"),
    "days": gettext_lazy("days"),
    "to": gettext_lazy("to the account number"),
    "hold": gettext_lazy("hold number"),
    "until": gettext_lazy("until"),
    "steps": gettext_lazy("steps"),
    "mailed": gettext_lazy("mailed"),
    "lines": gettext_lazy("lines"),
}
HEAD = ("when", "who", "what", "comment", "from", "to", "reason", "text to the author", "details")


@dataclass(frozen=True)
class Entry:
    when: datetime
    who: str
    what: str
    public_id: str
    old: str = ""
    new: str = ""
    reason: str = ""
    text: str = ""
    details: str = ""

    def as_row(self) -> list[str]:
        when = self.when.isoformat(timespec="seconds")
        return [when, self.who, self.what, self.public_id, self.old, self.new, self.reason, self.text, self.details]


class LogFilterForm(DeskForm):
    name = "log"

    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        choices=[
            ("", pgettext_lazy("filter of the log", "Everything")),
            ("by-person", gettext_lazy("Decisions of moderators")),
            ("by-rule", gettext_lazy("Decisions of a rule of the software")),
            *ModerationAct.Kind.choices,
        ],
    )
    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    comment = forms.CharField(label=gettext_lazy("Number of the comment"), required=False, max_length=12)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(str(pk), name) for pk, name in _people(user)]
        who: Any = self.fields["who"]
        who.choices = [("", gettext_lazy("Everybody")), (str(user.pk), gettext_lazy("Only me")), *others]


def keys(user: Any, given: dict[str, Any]) -> QuerySet:
    """(when, which table, id) of what this moderator may read and asked for, the newest first."""
    what = given.get("what") or ""
    decisions, others = _within(user)
    decisions, others = decisions.filter(_asked(given)), others.filter(_asked(given))
    if what.startswith("by-"):
        decisions, others = decisions.filter(automated=what == "by-rule"), others.none()
    elif what:
        decisions, others = decisions.none(), others.filter(kind=what)
    fields = ("made_at", "table", "pk")
    found = decisions.annotate(table=Value(DECISION)).order_by().values_list(*fields)
    more = others.annotate(table=Value("act")).order_by().values_list(*fields)
    return found.union(more, all=True).order_by("-made_at", "-pk")


def entries(found: Sequence[tuple[datetime, str, int]]) -> list[Entry]:
    """Three queries, however many there are."""
    decisions = ModerationDecision.objects.select_related("comment", "made_by__member").in_bulk(
        [pk for _when, table, pk in found if table == DECISION]
    )
    others = ModerationAct.objects.select_related("comment", "made_by__member").in_bulk(
        [pk for _when, table, pk in found if table != DECISION]
    )
    return [_of_decision(decisions[pk]) if table == DECISION else _of_act(others[pk]) for _when, table, pk in found]


def of_comment(row: CommentState) -> list[Entry]:
    made = [_of_decision(each) for each in row.decisions.select_related("comment", "made_by__member")]
    done = [_of_act(each) for each in row.acts.select_related("comment", "made_by__member")]
    return sorted([*made, *done], key=lambda entry: entry.when)


def table(user: Any, given: dict[str, Any]) -> Iterator[list[str]]:
    yield [*HEAD]
    found = list(keys(user, given))
    for start in range(0, len(found), 500):
        yield from (entry.as_row() for entry in entries(found[start : start + 500]))


def _within(user: Any) -> tuple[QuerySet, QuerySet]:
    """What concerns threads that this person moderates; what concerns no comment is for moderators of the site.

    Who moderates a private group alone is nobody that they should learn of.
    """
    mine = CommentState.objects.moderated_by(user).order_by().values("pk")
    decisions, others = ModerationDecision.objects.filter(comment__in=mine), ModerationAct.objects.all()
    theirs = Q(made_by=user)
    if user.is_superuser:
        theirs = Q()
    elif user.has_perm(MODERATE):
        theirs |= Q(made_by=None) | Q(made_by__in=site_moderators().values("pk"))
    return decisions, others.filter(Q(comment__in=mine) | Q(comment=None) & theirs)


def _asked(given: dict[str, Any]) -> Q:
    asked = Q()
    if who := given.get("who"):
        asked &= Q(made_by=who)
    if public_id := given.get("comment"):
        asked &= Q(comment__public_id=public_id)
    if since := given.get("since"):
        asked &= Q(made_at__date__gte=since)
    if until := given.get("until"):
        asked &= Q(made_at__date__lte=until)
    return asked


def _people(user: Any) -> list[tuple[int, str]]:
    """Everybody who stands in the part of the log that this moderator may read."""
    decisions, others = _within(user)
    known = Q(pk__in=decisions.order_by().values("made_by")) | Q(pk__in=others.order_by().values("made_by"))
    people = get_user_model().objects.filter(known).exclude(pk=user.pk).select_related("member")
    return sorted(((each.pk, acts.moderator_name(each)) for each in people), key=lambda each: each[1].casefold())


def _of_decision(made: ModerationDecision) -> Entry:
    return Entry(
        when=made.made_at,
        who=_("A rule of the software") if made.automated else _who(made.made_by),
        what=_("took a decision back") if made.undoes_id else _("decided"),
        public_id=made.comment.public_id,
        old=str(made.get_old_display()) if made.old else "",
        new=str(made.get_new_display()),
        reason=reasons.label(made.reason) if made.reason else "",
        text=made.text,
    )


def _of_act(act: ModerationAct) -> Entry:
    return Entry(
        when=act.made_at,
        who=_who(act.made_by),
        what=str(act.get_kind_display()),
        public_id=act.comment.public_id if act.comment else "",
        details=", ".join(_detail(key, value) for key, value in act.details.items() if value not in (None, "", [])),
    )


def _detail(key: str, value: Any) -> str:
    said = ", ".join(map(str, value)) if isinstance(value, list) else _("yes") if value is True else value
    return f"{DETAILS.get(key, key)}: {said}"


def _who(user: Any) -> str:
    return acts.moderator_name(user) or _("An account that is gone")
