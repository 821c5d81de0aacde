"""What waits for a moderator, with everything a decision needs, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.languages import alphabetical

from .. import reasons, services
from ..models import Claim, CommentState, ModerationDecision, Report, State, WorkingGroup
from ..moderation.conflicts import OWN_COMMENT, OWN_REPORT
from ..places import Place, places
from ..querysets import CommentStateQuerySet
from ..reading import LANGUAGE_NAMES
from . import hits, kinds
from .forms import ON_PAGES

WAITING, REPORTED, HELD, DECIDED = "waiting", "reported", "held", "decided"
DUE = timedelta(hours=24)  # after which a comment that waits is late
DECIDED_AS = [State.PUBLISHED, State.HIDDEN, State.ERASED]
EXCERPT, PARENT_EXCERPT = 600, 120


@dataclass
class Row:
    state: CommentState
    place: Place | None
    reports: list[Report] = field(default_factory=list)
    published: int = 0  # other comments of the same account
    hidden: int = 0
    version: str = ""
    claim: Claim | None = None  # of somebody else
    conflict: str = ""

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get(self.state.language, self.state.language)

    @property
    def why(self) -> list[str]:
        if self.reports and self.conflict == OWN_COMMENT:
            return [str(_("Reported"))]  # on which ground would point at who did
        if self.reports:
            return [str(report.get_reason_display()) for report in self.reports]
        if self.state.state == State.HELD:
            return [reasons.label(code) for code in self.state.held_for]
        return [self.state.reason_label]

    @cached_property
    def hits(self) -> list[hits.Found]:
        return hits.found_in(self.state.comment.comment, self.state.language)

    @property
    def excerpt(self) -> SafeString:
        return hits.covered(self.state.comment.comment, self.hits, EXCERPT)

    @property
    def parent_excerpt(self) -> SafeString | str:
        parent = self.state.parent
        if parent is None:
            return ""
        return hits.covered(
            parent.comment.comment, hits.found_in(parent.comment.comment, parent.language), PARENT_EXCERPT
        )

    @property
    def due_at(self) -> datetime | None:
        since = getattr(self.state, "waiting_since", None)
        return since + DUE if since else None

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def can_be_ticked(self) -> bool:
        return not self.claim and not self.conflict and self.state.state not in services.GONE


def of_kind(kind: str, moderator: Any) -> CommentStateQuerySet:
    """Of the threads that this person moderates, and of no others."""
    rows = to_show(moderator)
    if kind == DECIDED:
        made = rows.filter(decisions__made_by__isnull=False, decisions__new__in=DECIDED_AS)
        return made.distinct().order_by("-changed_at")
    waiting = rows.waiting()
    if kind == HELD:
        return waiting.filter(state=State.HELD)
    if kind == REPORTED:
        return rows.reported()
    return waiting


def to_show(moderator: Any) -> CommentStateQuerySet:
    """All that this person moderates, with what a row of the desk prints."""
    return CommentState.objects.moderated_by(moderator).with_text().select_related("thread__group", "comment__user")


def groups_of(moderator: Any) -> list[WorkingGroup]:
    """Those whose talk this person moderates, by title."""
    groups = WorkingGroup.objects.moderated_by(moderator).prefetch_related("texts")
    return sorted(groups, key=lambda group: alphabetical(group.title))


def narrowed(rows: CommentStateQuerySet, given: dict[str, Any], user: Any) -> CommentStateQuerySet:
    """By what was asked for in `FilterForm`."""
    if words := given.get("q"):
        rows = rows.filter(
            Q(public_id=words) | Q(comment__comment__icontains=words) | Q(comment__user_name__icontains=words)
        )
    if language := given.get("language"):
        rows = rows.filter(language=language)
    if why := given.get("why", ""):
        reported = Report.objects.filter(comment=OuterRef("pk"), decision=None, reason=why.removeprefix("report-"))
        reported = reported.exclude(comment__comment__user=user)
        held = ModerationDecision.objects.filter(comment=OuterRef("pk"), new=State.HELD, reason=why)
        is_held = Q(Exists(held), state=State.HELD)
        rows = rows.filter(Exists(reported) if why.startswith("report-") else is_held)
    if group := given.get("group"):
        rows = rows.filter(thread__group=None) if group == ON_PAGES else rows.filter(thread__group__code=group)
    if given.get("due") == "late" and "waiting_since" in rows.query.annotations:
        rows = rows.filter(Q(("waiting_since__lt", timezone.now() - DUE)))
    return free_for(rows, user) if given.get("due") == "free" else rows


def free_for(rows: CommentStateQuerySet, user: Any) -> CommentStateQuerySet:
    """Those that nobody else has taken and on which this moderator may decide."""
    taken = Claim.objects.current().filter(comment=OuterRef("pk")).exclude(holder=user)
    reported = Report.objects.filter(comment=OuterRef("pk"), reporter=user)
    return rows.exclude(Exists(taken)).exclude(Exists(reported)).exclude(comment__user=user)


def next_one(user: Any, after: str = "") -> CommentState | None:
    """What waits longest and is free; with `after`, what comes after that comment in the queue."""
    rows = free_for(of_kind(WAITING, user), user)
    last = of_kind(WAITING, user).filter(public_id=after).first() if after else None
    if last is not None:
        since: Any = last.waiting_since  # type: ignore[attr-defined]
        rows = rows.filter(Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=last.pk))
    return rows.first()


def summary(kind: str, moderator: Any) -> kinds.Summary:
    since = "changed_at" if kind == DECIDED else "waiting_since"
    return kinds.counted(of_kind(kind, moderator), since, DUE)


def register() -> None:
    for order, (code, label) in enumerate([(HELD, _("Held")), (REPORTED, _("Reported"))]):
        kinds.register(kinds.Kind(code, label, partial(summary, code), partial(address, code), order))


def address(kind: str) -> str:
    return f"{reverse('community_queue')}?kind={kind}"


def with_context(states: Iterable[CommentState], user: Any) -> list[Row]:
    """The rows of one page of the queue with their pages, open reports and what their authors wrote before."""
    states = list(states)
    keys = [state.pk for state in states]
    # Moderators decide on comments under restricted and unpublished pages too.
    found = places({state.thread for state in states}, Page.objects.all())
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.filter(comment__in=keys, decision=None):
        reports.setdefault(report.comment_id, []).append(report)
    before = _history({state.comment.user_id for state in states if state.comment.user_id}, user)
    versions = services.versions(states)
    taken = Claim.objects.current().filter(comment__in=keys).exclude(holder=user).select_related("holder__member")
    claims = {claim.comment_id: claim for claim in taken}
    reported = set(Report.objects.filter(comment__in=keys, reporter=user).values_list("comment", flat=True))
    return [
        Row(
            state,
            found.get(state.thread_id),
            reports.get(state.pk, []),
            *before.get(state.comment.user_id, (0, 0)),
            versions[state.pk],
            claims.get(state.pk),
            OWN_COMMENT if state.comment.user_id == user.pk else OWN_REPORT if state.pk in reported else "",
        )
        for state in states
    ]


def _history(authors: set[int], moderator: Any) -> dict[int, tuple[int, int]]:
    seen = CommentState.objects.moderated_by(moderator)
    rows = seen.filter(comment__user__in=authors).values_list("comment__user")
    counted = rows.annotate(
        published=Count("pk", filter=Q(state=State.PUBLISHED)), hidden=Count("pk", filter=Q(state=State.HIDDEN))
    )
    return {author: (published, hidden) for author, published, hidden in counted.order_by()}
