"""How authors are named where the Chatham House rule holds."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import DiscussionThread, Membership, Practitioner, WorkingGroup

FEWEST = 3  # verified members of a kind, below which the kind would point at somebody


def name_in(thread: DiscussionThread, user: Any, language: str) -> str:
    """What stands above a comment instead of a name, in the language of the comment: stored so, and nothing else."""
    with translation.override(language):
        mine = Membership.objects.of(user).filter(group=thread.group_id).first()
        if mine is None:
            return _("A visitor") if not user.is_authenticated else pgettext("author by role", "A participant")
        if mine.is_verified and _how_many(mine) >= FEWEST:
            kind = Practitioner(mine.practitioner).label
            return pgettext("author by role", "A member (%(kind)s)") % {"kind": kind}
        return pgettext("author by role", "A member")


def _how_many(mine: Membership) -> int:
    alike = Membership.objects.current().filter(group=mine.group_id, practitioner=mine.practitioner, is_verified=True)
    return alike.count()


def may_choose_rule(group: WorkingGroup) -> bool:
    """Where everybody may write there are no roles to show."""
    return group.visibility != WorkingGroup.Visibility.PUBLIC
