"""Which digests are due, and that each is sent once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.mail.clock import last_hour

from ..mail import queue_all
from ..models import Frequency, Subscription

# What was written just before the hour may be committed just after it.
LAG = timedelta(minutes=2)


def queue_digests(now: datetime | None = None) -> None:
    """A member gets one mail for all he follows at one frequency; a visitor, one for each subscription."""
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        _queue(frequency, last_hour((now or timezone.now()) - LAG, weekly=frequency == Frequency.WEEKLY))


@transaction.atomic
def _queue(frequency: str, until: datetime) -> None:
    due = Subscription.objects.active().filter(frequency=frequency, queued_until__lt=until)
    stamp = int(until.timestamp())
    members = due.filter(user__isnull=False).order_by().values_list("user_id", flat=True).distinct()
    queue_all("digest", [(user_id, frequency, stamp) for user_id in members])
    visitors = due.filter(user=None).order_by().values_list("public_id", flat=True)
    queue_all("visitor-digest", [(public_id, stamp) for public_id in visitors])
    due.update(queued_until=until)
