"""How many words of a language a machine may still translate this month."""

import datetime

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from wagtail.models import Locale

from ..models import MachineUse


def month() -> datetime.datetime:
    """The beginning of this one."""
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def left(locale: Locale) -> int:
    """What waits or runs is reserved in full."""
    uses = MachineUse.objects.filter(locale=locale, asked_at__gte=month())
    used = uses.aggregate(used=Sum("words", default=0))["used"]
    return max(settings.MACHINE_TRANSLATION_WORDS - used, 0)
