"""What makes the kept states follow the content: each subject is counted once, after the transaction."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, TaskState, WorkflowState
from wagtail.signals import page_published, page_unpublished, workflow_cancelled, workflow_rejected
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from portal import outbox

from . import notices, review, states
from .models import Outcome, Submission
from .outbox_topics import EVERYTHING, TOPIC

AT_ONCE = 20  # more than that is work for the background

log = logging.getLogger(__name__)


class Refresh:
    """Registered once for each transaction, whatever happens in it."""

    def __init__(self) -> None:
        self.keys: set[UUID] = set()
        self.has_run = False

    def __call__(self) -> None:
        self.has_run = True
        try:
            if len(self.keys) <= AT_ONCE:
                return states.refresh(*sorted(self.keys))
        except Exception:  # who saved a text is not to suffer; the background tries again and tells
            log.exception("The state of translations could not be counted.")
        outbox.put(TOPIC, *map(str, self.keys))


def later(*keys: UUID) -> None:
    registered = [call for _ids, call, *_rest in transaction.get_connection().run_on_commit]
    for call in registered:
        if isinstance(call, Refresh) and not call.has_run:
            call.keys.update(keys)
            return
    refresh = Refresh()
    refresh.keys.update(keys)
    transaction.on_commit(refresh)


@receiver([page_published, page_unpublished])
def page_changed(instance: Page, **kwargs: Any) -> None:
    later(instance.translation_key)


@receiver([post_save, post_delete])
def entry_or_page_changed(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A page counts when it is made or deleted; what is saved in it, when it is published."""
    if raw:
        return
    if isinstance(instance, Page):
        if kwargs.get("created", True) and sender is not Page:
            later(instance.translation_key)
    elif sender in states.entry_models():
        later(instance.translation_key)


@receiver([post_save, post_delete], sender=StringTranslation)
@receiver([post_save, post_delete], sender=SegmentOverride)
def text_changed(instance: StringTranslation | SegmentOverride, raw: bool = False, **kwargs: Any) -> None:
    if instance.context_id and instance.context and not raw:
        later(instance.context.object_id)


@receiver([post_save, post_delete], sender=Translation)
@receiver([post_save, post_delete], sender=TranslationLog)
def translation_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        later(instance.source.object_id)


@receiver([post_save, post_delete], sender=TranslationSource)
def source_changed(instance: TranslationSource, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        later(instance.object_id)


@receiver(post_save, sender=WorkflowState)
def review_changed(instance: WorkflowState, **kwargs: Any) -> None:
    page = instance.content_object
    if isinstance(page, Page):
        later(page.translation_key)


@receiver(post_save, sender=Submission)
def handed_in_or_decided(instance: Submission, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    later(instance.translation_key)
    if created:
        notices.handed_in(instance)
    if instance.outcome == Outcome.RETURNED:
        notices.returned(instance)


@receiver(workflow_rejected)
def returned(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    reasons = TaskState.objects.filter(pk=instance.current_task_state_id).values_list("comment", flat=True)
    for handed_in in Submission.objects.open().filter(workflow_state=instance):
        review.close(handed_in, Outcome.RETURNED, user, reasons.first() or "")


@receiver(workflow_cancelled)
def withdrawn(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    for handed_in in Submission.objects.open().filter(workflow_state=instance):
        review.close(handed_in, Outcome.WITHDRAWN, user)


@receiver(post_delete)
def nothing_left_to_review(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page) or sender in states.entry_models():
        here = {"translation_key": instance.translation_key, "locale_id": instance.locale_id}
        Submission.objects.open().filter(**here).update(outcome=Outcome.WITHDRAWN)


@receiver([post_save, post_delete], sender=Locale)
def language_changed(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        outbox.put(TOPIC, EVERYTHING)
