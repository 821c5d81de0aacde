"""The pages of working groups. What somebody may not see and what does not exist get the same answer."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import access as community_access
from ..models import GroupSummary, WorkingGroup
from . import access, breadcrumbs, reading


def index(request: HttpRequest) -> HttpResponse:
    groups = WorkingGroup.objects.visible_to(request.user).prefetch_related("texts")
    context = {
        "groups": reading.sorted_groups(groups),
        "summaries": GroupSummary.objects.filter(published_at__isnull=False).order_by("-published_at")[:20],
        "breadcrumb": breadcrumbs.of_groups(),
    }
    return answer(request, "community/groups/index.html", context, private=any(each.is_private for each in groups))


def group(request: HttpRequest, code: str) -> HttpResponse:
    found = access.group(request, code)
    threads = reading.threads_of(found)
    mine = access.own_membership(request.user, found)
    context = {
        "group": found,
        "threads": threads,
        "roster": reading.roster_of(found),
        "summaries": found.summaries.all() if mine else found.summaries.filter(published_at__isnull=False),
        "membership": mine,
        "may_open": mine is not None and community_access.may_write_in(found, request.user),
        "breadcrumb": breadcrumbs.of_group(found),
    }
    keys = [reading.stamp_of(thread) for thread in threads]
    return answer(request, "community/groups/group.html", context, private=found.is_private, keys=keys)


def thread(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    found = access.thread(request, code, key)
    group = cast(WorkingGroup, found.group)
    context = {
        "group": group,
        "thread": found,
        "discussed": reading.Discussed(found, community_access.may_write_in(group, request.user)),
        "breadcrumb": breadcrumbs.of_group(group, found.title),
    }
    keys = [reading.stamp_of(found)]
    return answer(request, "community/groups/thread.html", context, private=group.is_private, keys=keys)


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, private: bool, keys: list[str] | None = None
) -> HttpResponse:
    """What only some may read is kept nowhere, not even for the way back; the rest like any page of the site."""
    request.stamp_keys = {reading.STAMP, *(keys or [])}  # type: ignore[attr-defined]
    response = render(request, template, context)
    if private:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
