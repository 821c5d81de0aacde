"""What waits for a moderator, with everything a decision needs, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q
from wagtail.models import Page

from portal.languages import active_language
from portal.querysets import in_language

from .. import reasons
from ..models import CommentState, Report, State
from ..querysets import CommentStateQuerySet
from ..reading import LANGUAGE_NAMES

WAITING, REPORTED, HELD, DECIDED = "waiting", "reported", "held", "decided"


@dataclass
class Row:
    state: CommentState
    page: Page | None
    reports: list[Report] = field(default_factory=list)
    published: int = 0  # other comments of the same account
    hidden: int = 0

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get(self.state.language, self.state.language)

    @property
    def why(self) -> list[str]:
        if self.reports:
            return [str(report.get_reason_display()) for report in self.reports]
        if self.state.state == State.HELD:
            return [reasons.label(code) for code in self.state.held_for]
        return [self.state.reason_label]

    @property
    def parent_text(self) -> str:
        return self.state.parent.comment.comment if self.state.parent else ""


@dataclass(frozen=True)
class Summary:
    total: int
    oldest: Any


def of_kind(kind: str) -> CommentStateQuerySet:
    rows = CommentState.objects.with_text().select_related("thread", "comment__user")
    if kind == DECIDED:
        made = rows.filter(decisions__made_by__isnull=False, decisions__new__in=[State.PUBLISHED, State.HIDDEN])
        return made.distinct().order_by("-changed_at")
    waiting = rows.waiting()
    if kind == HELD:
        return waiting.filter(state=State.HELD)
    if kind == REPORTED:
        return rows.reported()
    return waiting


def summary(kind: str) -> Summary:
    found = CommentState.objects.filter(pk__in=of_kind(kind).order_by().values("pk"))
    counted = found.aggregate(total=Count("pk"), oldest=Min("posted_at"))
    return Summary(counted["total"], counted["oldest"])


def with_context(states: Iterable[CommentState]) -> list[Row]:
    """The rows of one page of the queue with their pages, open reports and what their authors wrote before."""
    states = list(states)
    pages = _pages({state.thread.translation_key for state in states})
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.filter(comment__in=[state.pk for state in states], decision=None):
        reports.setdefault(report.comment_id, []).append(report)
    before = _history({state.comment.user_id for state in states if state.comment.user_id})
    return [
        Row(
            state,
            pages.get(state.thread.translation_key),
            reports.get(state.pk, []),
            *before.get(state.comment.user_id, (0, 0)),
        )
        for state in states
    ]


def _pages(keys: set[Any]) -> dict[Any, Page]:
    """Moderators decide on comments under restricted and unpublished pages too."""
    pages = Page.objects.filter(translation_key__in=keys).select_related("locale")
    found = {page.translation_key: page for page in pages.order_by("-pk")}  # the first made wins
    found.update({page.translation_key: page for page in in_language(pages, active_language())})
    return found


def _history(authors: set[int]) -> dict[int, tuple[int, int]]:
    rows = CommentState.objects.filter(comment__user__in=authors).values_list("comment__user")
    counted = rows.annotate(
        published=Count("pk", filter=Q(state=State.PUBLISHED)), hidden=Count("pk", filter=Q(state=State.HIDDEN))
    )
    return {author: (published, hidden) for author, published, hidden in counted.order_by()}
