"""Reads files in the background when pages begin to name them or another file takes their place."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction

from portal import outbox

from .. import indexing
from ..models import Attachment, Problem, Reading, ReadPage
from . import naming
from .documents import version_of
from .reading import Outcome, read

TOPIC = "search.attachments"

log = logging.getLogger(__name__)


def follow(page: Page) -> None:
    """A page was published or unpublished: index anew what it named before and names now, and have the rest read."""
    files = list(get_document_model().objects.filter(pk__in=naming.remember(page)))
    indexing.index_changed(*files)
    Reading.objects.filter(file__in=[file for file in files if not naming.is_named(file)]).delete()
    want(files)


def want(files: Iterable[Any]) -> None:
    """Have read what was not read yet."""
    files = [file for file in files if naming.is_pdf(file)]
    known = dict(Reading.objects.filter(file__in=files).values_list("file_id", "version"))
    unread = [file for file in files if known.get(file.pk) != version_of(file) and naming.is_named(file)]
    outbox.put(TOPIC, *(str(file.pk) for file in unread))


def want_all() -> None:
    named = Attachment.objects.values("file")
    want(get_document_model().objects.filter(pk__in=named).order_by("pk"))


@outbox.handler(TOPIC, batch=1, label=_("Reading attached PDF files"))
def work_on(tasks: Sequence[outbox.Task]) -> None:
    for task in tasks:
        file = get_document_model().objects.filter(pk=task.key).first()
        if file is not None and naming.is_named(file):
            _keep(file, version_of(file), read(file))


@transaction.atomic
def _keep(file: Any, version: str, outcome: Outcome) -> None:
    """Unless the file was deleted or replaced while it was read: then the next task reads the new one."""
    now = get_document_model().objects.select_for_update().filter(pk=file.pk).first()
    if now is None or version_of(now) != version:
        return
    Reading.objects.filter(file_id=now.pk).delete()
    reading = Reading.objects.create(
        file=now,
        version=version,
        language=outcome.language,
        page_count=outcome.page_count,
        problem=outcome.problem,
    )
    ReadPage.objects.bulk_create(
        (ReadPage(reading=reading, number=number, text=text) for number, text in outcome.pages.items()), batch_size=200
    )
    if outcome.problem:
        log.warning("The text of document %s is not found: %s", now.pk, Problem(outcome.problem).label)
    indexing.index(now)


@receiver(post_save)
def file_was_saved(sender: Any, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    """Another file may have taken its place: of the old one nothing is left, and the new one is read."""
    if raw or created or sender is not get_document_model():
        return
    Reading.objects.filter(file_id=instance.pk).exclude(version=version_of(instance)).delete()
    want([instance])


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A file may be read on another page that stays open, or on one that was opened."""
    below = Page.objects.descendant_of(instance.page, inclusive=True)
    indexing.index_changed(*naming.files_on(below))
