"""From member to member, or to the whole group. The site brings it by mail and tells nobody an address."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .. import mail, names
from ..mail import Letter
from ..models import Frequency, GroupMessage, Membership, WorkingGroup
from ..moderation import sanctions
from ..notices import following, letters, tokens
from ..refusals import Refused

KEPT = timedelta(days=30)
DAY = timedelta(days=1)
MOST_TO_ONE = 10  # by one member in a day
MOST_TO_ALL = 2


def reachable(mine: Membership) -> QuerySet[Membership]:
    """To whom this member may write: who stands in the list of members by name, and who has written to him."""
    wrote = GroupMessage.objects.filter(recipient=mine).values("sender")
    others = mine.group.memberships.current().exclude(user=mine.user_id)
    return others.filter(Q(shows_name=True) | Q(user__in=wrote), user__member__isnull=False).with_names()


@transaction.atomic
def send(*, mine: Membership, to: Membership | None, text: str, language: str) -> GroupMessage:
    """To one member, or with `to` None to all others."""
    group = WorkingGroup.objects.select_for_update().get(pk=mine.group_id)
    if group.is_archived or sanctions.blocking(mine.user):
        raise Refused("closed")
    sent = GroupMessage.objects.filter(sender=mine.user, made_at__gte=timezone.now() - DAY)
    if sent.filter(recipient__isnull=to is None).count() >= (MOST_TO_ONE if to else MOST_TO_ALL):
        raise Refused("often")
    message = GroupMessage.objects.create(group=group, sender=mine.user, recipient=to, text=text, language=language)
    readers = [to] if to else group.memberships.current().exclude(user=mine.user_id)
    mail.queue_all("group-message", [(message.public_id, each.pk) for each in readers])
    return message


def purge(now: datetime) -> int:
    return GroupMessage.objects.filter(made_at__lt=now - KEPT).delete()[0]


@mail.message("group-message")
def letter(public_id: str, membership_id: str) -> Letter | None:
    """While both belong to the group. Of a private one it says nothing: not its name, nor who wrote, nor what."""
    message = GroupMessage.objects.select_related("group", "sender").filter(public_id=public_id).first()
    if message is None or not Membership.objects.of(message.sender).filter(group=message.group_id).exists():
        return None
    reader = message.group.memberships.filter(pk=membership_id).select_related("user").first()
    mine = Membership.objects.of(reader.user).filter(pk=reader.pk).first() if reader else None
    if mine is None or not GroupMessage.objects.read_by(mine).filter(pk=message.pk).exists():
        return None
    switch = following.messages_to(mine.user)
    if switch.frequency == Frequency.NONE:
        return None
    with translation.override(mail.language_of(mine.user)):
        return _letter(message, mine.user, letters.stop_path(tokens.of_row(switch)))


def _letter(message: GroupMessage, to: Any, stop: str) -> Letter:
    path = reverse("groups:message", args=[message.public_id])
    is_told = not message.group.is_private
    context = {
        "message": message if is_told else None,
        "group": message.group.title if is_told else "",
        "sender": names.name_of(message.sender) if is_told else "",
        "url": settings.WAGTAILADMIN_BASE_URL + path,
    }
    subject = _("A message from %(name)s") % {"name": context["sender"]} if is_told else _("A message for you")
    return Letter(to, subject, "community/mail/group_message", context, stop=lambda: stop)
