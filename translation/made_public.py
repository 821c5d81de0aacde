"""Which texts of translations readers have seen. Those alone does the memory offer to others once their page is gone.

Marked when a page or an entry is published, and once more before it goes: a text may have become public without that,
as when its page was opened to everybody, or when it was kept for another wording of the original.
"""

from typing import Any
from uuid import UUID

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import page_published

from portal.querysets import visible

from . import readable, states
from .models import TextEvent


def mark(key: UUID, language: str = "") -> None:
    """What everybody reads now of the subject `key`, in every language or in one."""
    events = TextEvent._base_manager.filter(translation_key=key, was_public=False).exclude(new="")
    events = events.filter(language=language) if language else events
    written = list(events.values_list("pk", "language", "new"))
    if not written:
        return
    locales = dict(Locale.objects.values_list("language_code", "pk"))
    places = {(key, locales[code]) for _pk, code, _text in written if code in locales}
    read = readable.what_readers_see(places, visible(Page.objects.all()))
    seen = [pk for pk, code, text in written if readable.says(read.get((key, locales.get(code, 0)), ""), text)]
    TextEvent._base_manager.filter(pk__in=seen).update(was_public=True)


@receiver(page_published)
def page_was_published(instance: Page, **kwargs: Any) -> None:
    mark(instance.translation_key, instance.locale.language_code)


@receiver(post_save)
def entry_was_saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Entries are public as soon as they are saved."""
    if not raw and sender in states.entry_models():
        mark(instance.translation_key, instance.locale.language_code)


@receiver(pre_delete)
def page_or_entry_goes(sender: Any, instance: Any, **kwargs: Any) -> None:
    """With an original go the texts of all its translations."""
    if sender is Page or sender in states.entry_models():
        mark(instance.translation_key)
