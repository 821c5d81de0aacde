"""Counting in the background: what is too much for a request, and everything once a day."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from portal import outbox

from . import notices, states
from .models import TextEvent, Via

TOPIC, EVERYTHING = "translation.states", "everything"
IMPORTED = "translation.imported"


@outbox.handler(TOPIC, batch=20, label=_("State of translations"), quiet=True)
def count_again(tasks: Sequence[outbox.Task]) -> Iterator[outbox.Failed]:
    for task in tasks:
        if task.key == EVERYTHING:
            outbox.put(TOPIC, *map(str, states.all_keys()))
            continue
        try:
            states.refresh(UUID(task.key))
        except Exception as error:  # one subject that cannot be read leaves the others alone
            yield outbox.Failed(task.key, repr(error))


@outbox.handler(IMPORTED, batch=20, label=_("Notices about files"), quiet=True)
def tell_of_file(tasks: Sequence[outbox.Task]) -> None:
    for task in tasks:
        key, language, person = task.key.split(":")
        translation = (
            Translation.objects.filter(source__object_id=key, target_locale__language_code=language, enabled=True)
            .select_related("source", "target_locale")
            .first()
        )
        if translation is not None:
            notices.imported(translation, by=int(person))


@receiver(post_save, sender=TextEvent)
def text_came(instance: TextEvent, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """However many texts of a file, it is told once."""
    if created and not raw and instance.user_id and instance.via in (Via.PO, Via.XLIFF):
        outbox.put(IMPORTED, f"{instance.translation_key}:{instance.language}:{instance.user_id}")


def everything_again() -> None:
    outbox.put(TOPIC, EVERYTHING)
