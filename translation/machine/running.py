"""Having a machine fill the gaps of a translation: asked for by a person, done in the background.

Each answer is kept as soon as it is there. Whatever happens, what people wrote stays, nothing is published, and the
rest can be asked for again.
"""

import datetime
import logging
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, Translation

from portal import outbox

from .. import access, states, writing
from ..checks.pair import plain
from ..gaps import enabled_translation
from ..models import MachineUse
from . import answers
from .base import Translator
from .budget import left
from .failures import Failure, MachineError
from .plan import Plan, plan
from .services import glossary, service

TOPIC = "translation.machine"

log = logging.getLogger(__name__)


class NotNow(Exception):
    """Why nothing is sent, for the person who asked."""


@transaction.atomic
def ask(translation: Translation, user: Any) -> MachineUse:
    """Reserve the words and leave the rest to the background; one after another in each language."""
    translator = service()
    if translator is None:
        raise NotNow(str(Failure.OFF.label))
    locale = Locale.objects.select_for_update().get(pk=translation.target_locale_id)
    waiting(translation, translator)
    planned = plan(translation, left(locale))
    if planned is None:
        raise NotNow(_("Only texts that everybody may read are sent, and the original is not public."))
    if not planned.words:
        raise NotNow(
            _("The words of this month are used up.") if planned.over else _("There is nothing left to translate.")
        )
    use = MachineUse.objects.create(
        translation_key=translation.source.object_id,
        locale=locale,
        user=user,
        service=translator.name,
        words=planned.words,
    )
    outbox.put(TOPIC, str(use.pk))
    return use


def waiting(translation: Translation, translator: Translator) -> None:
    """Raise NotNow while one is under way, or the service has asked for a pause."""
    uses = MachineUse.objects.filter(translation_key=translation.source.object_id, locale=translation.target_locale)
    if uses.filter(ended_at__isnull=True).exists():
        raise NotNow(_("The machine is at it already."))
    pauses = MachineUse.objects.filter(service=translator.name, wait_until__gt=timezone.now())
    if until := pauses.order_by("-wait_until").values_list("wait_until", flat=True).first():
        raise NotNow(
            _("The service has too much to do. Ask again after %(time)s.")
            % {"time": date_format(timezone.localtime(until), "DATETIME_FORMAT")}
        )


@outbox.handler(TOPIC, batch=1, label=gettext_lazy("Machine translation"))
def work(tasks: Sequence[outbox.Task]) -> None:
    for task in tasks:
        use = MachineUse.objects.filter(pk=task.key, ended_at__isnull=True).select_related("user", "locale").first()
        if use is not None:
            Run(use, partial(_renew, task))()


def _renew(task: outbox.Task, seconds: float) -> None:
    outbox.renew(TOPIC, task, datetime.timedelta(seconds=seconds))


class Run:
    """`alive` is told how many seconds the next step may take."""

    def __init__(self, use: MachineUse, alive: Callable[[float], None]) -> None:
        self.use, self.alive = use, alive

    def __call__(self) -> None:
        use = self.use
        with override(_language(use.user)):
            try:
                self.translate()
            except MachineError as error:
                use.failure = error.failure
                if error.wait:
                    use.wait_until = timezone.now() + datetime.timedelta(seconds=error.wait)
            except PermissionDenied:  # it went to review in this moment
                use.failure = Failure.GONE
            except outbox.LeaseLost:
                raise  # another worker goes on
            except Exception:
                log.exception("Machine translation %s", use.pk)
                use.failure = Failure.BROKEN
        use.words, use.ended_at = use.spent, timezone.now()
        use.save()

    def translate(self) -> None:
        translator = service()
        if translator is None:
            raise MachineError(Failure.OFF)
        planned = plan(self.translation(), max(self.use.words - self.use.spent, 0))
        if planned is None:
            raise MachineError(Failure.NOT_PUBLIC)
        batches = deque(translator.batches(planned.texts))
        while batches:
            texts = batches.popleft()
            found = self.asked(translator, texts)
            if found is None and len(texts) > 1:
                half = len(texts) // 2
                batches.extendleft([texts[half:], texts[:half]])
            else:
                answered: Sequence[str | None] = found or [None]
                self.keep(planned, translator.name, dict(zip(texts, answered, strict=True)))

    def translation(self) -> Translation:
        """Asked before each step: it may have gone to review, been locked or deleted, or the right been taken."""
        found = enabled_translation(self.use)
        try:
            # Read anew, since a user remembers what he may.
            people = get_user_model()._base_manager.filter(is_active=True)
            user = people.filter(pk=self.use.user_id).first() if self.use.user_id else None
            if found is not None and user is not None:
                return access.translation_to_write(user, found.pk)
        except (Http404, PermissionDenied) as error:
            raise MachineError(Failure.GONE) from error
        raise MachineError(Failure.GONE)

    def asked(self, translator: Translator, texts: list[str]) -> list[str] | None:
        """None where it is too much for the service."""
        self.alive(translator.seconds * 2 + 60)
        translation = self.translation()
        languages = translation.source.locale.language_code, translation.target_locale.language_code
        try:
            sent = [answers.to_send(text) for text in texts]
            return [answers.received(one) for one in translator.translate(sent, *languages, glossary(*languages))]
        except MachineError as error:
            if error.failure == Failure.TOO_LARGE:
                return None
            self.use.spent += error.charged * _words(texts)
            raise

    @transaction.atomic
    def keep(self, planned: Plan, tool: str, found: dict[str, str | None]) -> None:
        translation = self.translation()
        for text, answer in found.items():
            why = answers.wrong(text, answer) if answer is not None else str(Failure.TOO_LARGE.label)
            for segment in planned.segments[text]:
                why = why or self.write(translation, segment, str(answer), planned.tokens[segment.pk], tool)
            if why:
                self.use.left_out.append({"text": Truncator(plain(text)).chars(200), "why": why})
        self.use.spent += _words([text for text, answer in found.items() if answer is not None])
        self.use.save()

    def write(self, translation: Translation, segment: StringSegment, text: str, before: str, tool: str) -> str:
        """Why it was not kept, or nothing. Where a person was faster, that text stays."""
        try:
            writing.write(
                translation, segment, text, user=self.use.user, via=writing.Via.MACHINE, expected=before, tool=tool
            )
        except writing.Conflict:
            return ""
        except writing.Refused as refused:
            return str(refused)
        self.use.texts += 1
        return ""


def _words(texts: Sequence[str]) -> int:
    return sum(map(states.words, texts))


def _language(user: Any) -> str:
    """That of the person who asked: reasons are kept as sentences."""
    profile = UserProfile.objects.filter(user=user).first() if user else None
    return (profile or UserProfile()).get_preferred_language()
