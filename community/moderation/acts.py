"""The log of what moderators do beside deciding."""

from typing import Any

from wagtail.log_actions import log

from ..models import CommentState, ModerationAct

Kind = ModerationAct.Kind


def record(kind: Kind, *, by: Any, comment: CommentState | None = None, **details: Any) -> ModerationAct:
    """Add a line. `details` are codes, numbers and dates: never words of a comment, a name or an address."""
    return ModerationAct.objects.create(kind=kind, made_by=by, comment=comment, details=details)


def note_in_history(row: CommentState, action: str, user: Any, data: dict[str, Any] | None = None) -> None:
    """In the history of the site, which all of its moderators read: nothing of a private group."""
    group = row.thread.group
    if group is None or not group.is_private:
        log(instance=row, action=action, user=user, data=data)


def moderator_name(user: Any) -> str:
    """How moderators call each other: by the name to show, else by the user name."""
    if user is None:
        return ""
    member = getattr(user, "member", None)
    return member.display_name if member else user.get_username()
