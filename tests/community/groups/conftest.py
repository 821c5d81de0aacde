"""A private group with a member, a chair and a thread, and people who are outside."""

from types import SimpleNamespace

import pytest

from community.models import DiscussionThread, GroupText, Membership, WorkingGroup

from ..conftest import _fresh_counters, account, signed_in

__all__ = ["_fresh_counters"]


def make_group(code="diy-cities", visibility="private", title="Cities that listen", language="en", **fields):
    group = WorkingGroup.objects.create(code=code, visibility=visibility, **fields)
    GroupText.objects.create(group=group, language=language, title=title, purpose=f"Purpose of {title}.")
    return group


def make_thread(group, title="What to do on Friday", **fields):
    return DiscussionThread.objects.create(kind="group", group=group, title=title, language="en", **fields)


def join(group, user, role="member", **fields):
    return Membership.objects.create(group=group, user=user, role=role, **fields)


@pytest.fixture
def closed(db):
    """The private group, and who stands how towards it."""
    group = make_group()
    member, chair = account("ann", name="Ann"), account("carl", name="Carl")
    join(group, member)
    join(group, chair, "chair")
    thread = make_thread(group)
    return SimpleNamespace(
        group=group, thread=thread, member=member, chair=chair, client=signed_in(member), chairs=signed_in(chair)
    )
