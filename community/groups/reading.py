"""Groups and their threads as readers see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from wagtail.models import Locale

from portal import stamps
from portal.languages import alphabetical

from ..models import DiscussionThread, Membership, State, WorkingGroup

STAMP = "groups"  # which groups there are, what they say of themselves, their threads and rosters


def stamp_of(thread: DiscussionThread) -> str:
    return stamps.subject(thread.translation_key)


def sorted_groups(groups: Iterable[WorkingGroup]) -> list[WorkingGroup]:
    return sorted(groups, key=lambda group: (group.is_archived, alphabetical(group.title)))


def threads_of(group: WorkingGroup) -> list[DiscussionThread]:
    """With what readers count in them: published comments and the last of them. Newest talk first."""
    published = Q(comments__state=State.PUBLISHED)
    counted = group.threads.exclude(state=DiscussionThread.Condition.HIDDEN).annotate(
        said=Count("comments", filter=published), last=Max("comments__posted_at", filter=published)
    )
    return sorted(counted, key=lambda thread: thread.last or thread.created_at, reverse=True)


@dataclass(frozen=True)
class Roster:
    """Who said that he may be named, and how many there are beside them. Never an address."""

    listed: list[Membership]
    others: int


def roster_of(group: WorkingGroup) -> Roster:
    current = list(group.memberships.current().with_names())
    listed = [each for each in current if each.shows_name and hasattr(each.user, "member")]
    order = {role: place for place, role in enumerate(["chair", "moderator", "member"])}
    listed.sort(key=lambda each: (order[each.role], alphabetical(each.user.member.display_name)))
    return Roster(listed, len(current) - len(listed))


@dataclass(frozen=True)
class Discussed:
    """A group's thread in the place of a page, for the tag that shows discussions."""

    thread: DiscussionThread
    may_write: bool
    discussable = True
    comment_prompt = ""

    @property
    def translation_key(self) -> Any:
        return self.thread.translation_key

    @property
    def allow_comments(self) -> bool:
        return self.may_write

    @property
    def locale(self) -> Locale:
        return Locale(language_code=self.thread.language)

    @property
    def is_for_members(self) -> bool:
        group = self.thread.group
        return group is not None and group.visibility != WorkingGroup.Visibility.PUBLIC and not group.is_archived
