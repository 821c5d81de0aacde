"""What happens by the clock, done by the worker: no cron is needed. Each job is one row of the outbox, so several
workers share them and one that fails is tried again, parked in the end, and shown in the admin.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import outbox, withholding
from .models import OutboxRow

TOPIC = "portal.periodic"


@dataclass(frozen=True)
class Job:
    run: Callable[[], Any]
    every: datetime.timedelta


JOBS = {
    "publish_scheduled": Job(lambda: call_command("publish_scheduled", verbosity=0), datetime.timedelta(minutes=1)),
    "withhold_images": Job(withholding.settle_all, datetime.timedelta(minutes=1)),
    "forget_done": Job(outbox.forget_done, datetime.timedelta(hours=1)),
}


def add(name: str, run: Callable[[], Any], every: datetime.timedelta) -> None:
    """For features, which the portal does not know."""
    JOBS[name] = Job(run, every)


@outbox.handler(TOPIC, batch=1, label=_("Work by the clock"), quiet=True)
def run_job(tasks: Sequence[outbox.Task]) -> None:
    for task in tasks:
        if job := JOBS.get(task.key):  # else it is a job of an earlier version
            job.run()


def put_due() -> None:
    """Put the jobs whose time has come; one that waits for another attempt, or is parked, is left alone."""
    now = timezone.now()
    recent = Q()
    for name, job in JOBS.items():
        recent |= Q(key=name) & (Q(done_at__isnull=True) | Q(done_at__gt=now - job.every))
    busy = set(OutboxRow.objects.filter(recent, topic=TOPIC).values_list("key", flat=True))
    outbox.put(TOPIC, *(JOBS.keys() - busy))
