"""What a translator reads before and after a machine was at it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from ..models import MachineUse
from .base import Translator
from .budget import left, month
from .failures import Failure
from .plan import Plan, plan
from .running import NotNow, waiting
from .services import service
from .unread import Unread, unread

SHOWN = 5  # of the times that a machine was asked


@dataclass(frozen=True)
class Panel:
    translation: Translation
    service: Translator | None
    plan: Plan | None
    left: int
    not_now: str
    unread: Unread

    @property
    def url(self) -> str:
        return reverse("translation_machine", args=[self.translation.target_locale.language_code, self.translation.pk])

    @property
    def budget(self) -> int:
        return int(settings.MACHINE_TRANSLATION_WORDS)

    @property
    def month(self) -> Any:
        return month()

    @cached_property
    def uses(self) -> list[dict[str, Any]]:
        rows = MachineUse.objects.filter(
            translation_key=self.translation.source.object_id, locale=self.translation.target_locale_id
        )
        return [_told(use) for use in rows.order_by("-asked_at")[:SHOWN]]


def _told(use: MachineUse) -> dict[str, Any]:
    wait = use.wait_until if use.wait_until and use.wait_until > timezone.now() else None
    return {"use": use, "failure": Failure(use.failure).label if use.failure else "", "wait": wait}


def panel(translation: Translation) -> Panel:
    translator, not_now, planned, words = service(), "", None, 0
    if translator is not None:
        words = left(translation.target_locale)
        planned = plan(translation, words)
        try:
            waiting(translation, translator)
        except NotNow as reason:
            not_now = str(reason)
    return Panel(translation, translator, planned, words, not_now, unread(translation))
