"""Who belongs to a group, and with which role.

Each change locks the group first, so that two chairs cannot both be the other one's reason to leave. A membership that
has ended is not asked for any more by anything: the next request finds the group closed.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal import stamps
from portal.groups import ADMIN, GROUP_MODERATORS

from ..models import Membership, WorkingGroup
from ..notices import following
from ..refusals import Refused
from .reading import STAMP

CHAIR = Membership.Role.CHAIR


@transaction.atomic
def admit(*, group: WorkingGroup, user: Any, by: Any, role: str = "member", **about: str) -> Membership:
    """Let somebody in, with what he said of himself; whoever was in before comes back as a new member."""
    _lock(group)
    membership = Membership.objects.filter(group=group, user=user).first() or Membership(group=group, user=user)
    if membership.pk and membership.is_current:
        return membership
    membership.role, membership.since, membership.until = role, timezone.now(), None
    membership.is_verified = membership.shows_name = False
    membership.shows_organisation = membership.shows_country = False
    for field, value in about.items():
        setattr(membership, field, value)
    membership.save()
    following.messages_to(user)
    _tell(membership, "community.admitted", by)
    return membership


@transaction.atomic
def change(
    *, membership: Membership, by: Any, role: str, until: datetime | None, practitioner: str, is_verified: bool
) -> None:
    """Another role, an end date, or what somebody has been made sure to be."""
    _lock(membership.group)
    membership = Membership.objects.get(pk=membership.pk)
    if not membership.is_current:  # it has ended since the form was shown: nobody is brought back by saving it
        raise Refused("gone")
    if role != CHAIR or until is not None:
        _keep_a_chair(membership)
    membership.role, membership.until = role, until
    membership.practitioner, membership.is_verified = practitioner, is_verified and bool(practitioner)
    membership.save()
    _tell(membership, "community.membership_changed", by)


@transaction.atomic
def end(*, membership: Membership, by: Any) -> None:
    """Somebody leaves or is removed: now, not at the end of the day."""
    _lock(membership.group)
    membership = Membership.objects.get(pk=membership.pk)
    if not membership.is_current:
        return
    _keep_a_chair(membership)
    membership.until = timezone.now()
    membership.save()
    _tell(membership, "community.membership_ended", by)


def show_of_me(*, membership: Membership, name: bool, organisation: bool, country: bool) -> None:
    """What the roster may print of a member."""
    membership.shows_name, membership.shows_organisation, membership.shows_country = name, organisation, country
    membership.save(update_fields=["shows_name", "shows_organisation", "shows_country"])
    stamps.touch(STAMP)


def settle_desk(user: Any) -> None:
    """Whoever moderates a group may open the admin, where he finds the desk of his groups and nothing else."""
    moderators, is_new = Group.objects.get_or_create(name=GROUP_MODERATORS)
    if is_new:
        app, codename = ADMIN[0].split(".")
        moderators.permissions.set(Permission.objects.filter(content_type__app_label=app, codename=codename))
    if Membership.objects.of(user).moderating().exists():
        user.groups.add(moderators)
    else:
        user.groups.remove(moderators)


def _keep_a_chair(membership: Membership) -> None:
    if membership.role != CHAIR or not membership.is_current:
        return
    others = membership.group.memberships.current().filter(role=CHAIR, until__isnull=True)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused("last-chair")


def _lock(group: WorkingGroup) -> None:
    WorkingGroup.objects.select_for_update().get(pk=group.pk)


def _tell(membership: Membership, action: str, by: Any) -> None:
    log(instance=membership, action=action, user=by, data={"role": membership.role})
    settle_desk(membership.user)
    stamps.touch(STAMP)
