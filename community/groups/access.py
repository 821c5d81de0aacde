"""Each function gives what was asked for, or 404: the same for a private group as for one that does not exist."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest

from .. import text
from ..models import Application, DiscussionThread, GroupMessage, GroupSummary, Membership, Quote, WorkingGroup
from ..moderation import sanctions
from . import messages, summaries


def group(request: HttpRequest, code: str) -> WorkingGroup:
    groups = WorkingGroup.objects.visible_to(request.user).prefetch_related("texts")
    return _or_404(groups.filter(code=code).first())


def group_to_join(request: HttpRequest, code: str) -> WorkingGroup:
    found = group(request, code)
    return _or_404(found if found.can_be_asked else None)


def group_to_write_in(request: HttpRequest, code: str) -> WorkingGroup:
    """For whoever belongs to it: visitors answer in threads of public groups, and open none. Nor does a member who is
    silenced: a title is read like a comment."""
    found = group(request, code)
    writable = WorkingGroup.objects.written_by(request.user).filter(pk=found.pk).exists()
    may_open = writable and own_membership(request.user, found) and not sanctions.blocking(request.user)
    return _or_404(found if may_open else None)


def moderated_group(request: HttpRequest, code: str) -> WorkingGroup:
    found = group(request, code)
    mine = own_membership(request.user, found)
    return _or_404(found if mine and mine.moderates else None)


def thread(request: HttpRequest, code: str, key: UUID) -> DiscussionThread:
    threads = DiscussionThread.objects.visible_to(request.user).select_related("group").prefetch_related("group__texts")
    return _or_404(threads.filter(group__code=code, translation_key=key).first())


def membership(request: HttpRequest, code: str) -> Membership:
    mine = Membership.objects.of(request.user).select_related("group").prefetch_related("group__texts")
    return _or_404(mine.filter(group__code=code).first())


def membership_to_write(request: HttpRequest, code: str) -> Membership:
    """One's own, in a group that is not archived, of somebody who is not silenced."""
    mine = membership(request, code)
    return _or_404(mine if not mine.group.is_archived and not sanctions.blocking(request.user) else None)


def member_to_write_to(mine: Membership, pk: int) -> Membership:
    return _or_404(messages.reachable(mine).filter(pk=pk).first())


def message(request: HttpRequest, public_id: str) -> tuple[GroupMessage, Membership]:
    """With the membership by which this person reads it. Its address, which stands in mails, names no group."""
    found = GroupMessage.objects.filter(public_id=text.public_id(public_id)).select_related("group", "sender").first()
    mine = own_membership(request.user, found.group) if found else None
    if found and mine and GroupMessage.objects.read_by(mine).filter(pk=found.pk).exists():
        return found, mine
    raise Http404


def own_membership(user: Any, group: WorkingGroup) -> Membership | None:
    return Membership.objects.of(user).filter(group=group).first()


def own_application(request: HttpRequest, pk: int) -> Application:
    user: Any = request.user
    mine = Application.objects.filter(user=user, state__in=Application.OPEN)
    return _or_404(mine.filter(pk=pk).first())


def own_quote(request: HttpRequest, pk: int) -> Quote:
    return _or_404(summaries.quotes_of(request.user).filter(pk=pk).first())


def summary(request: HttpRequest, public_id: str) -> GroupSummary:
    """A published one, or one that is being written in a group of one's own."""
    groups = Membership.objects.of(request.user).groups()
    shown = GroupSummary.objects.filter(Q(published_at__isnull=False) | Q(group__in=groups))
    return _or_404(shown.select_related("group").filter(public_id=public_id).first())


def summary_to_write(request: HttpRequest, public_id: str) -> GroupSummary:
    groups = Membership.objects.of(request.user).moderating().groups()
    written = GroupSummary.objects.select_related("group").filter(group__in=groups, public_id=public_id)
    return _or_404(written.first())


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
