"""What follows when a report is published, hidden, changed or gone: figures, lists, search, in one transaction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from portal import reported, searchable, stamps
from portal.models import KnowledgePage
from portal.signals import write_facets

from ..models import Adoption, CommentState, PracticeEvidence, State
from . import adopting

GONE = {State.WITHDRAWN, State.ERASED}


def connect() -> None:
    post_save.connect(comment_was_saved, sender=CommentState)
    searchable.changed.connect(comments_were_changed, sender=CommentState)
    page_published.connect(page_was_published)
    post_delete.connect(report_was_deleted, sender=PracticeEvidence)


def comment_was_saved(sender: Any, instance: CommentState, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Whoever changes the state of a comment saves it; what was reported with it follows from here."""
    if not created and not raw:
        follow([instance])


def comments_were_changed(sender: Any, instances: Iterable[CommentState], **kwargs: Any) -> None:
    follow(instances)


def page_was_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    adopting.page_was_published(instance, kwargs.get("revision"))


def report_was_deleted(sender: Any, instance: PracticeEvidence, **kwargs: Any) -> None:
    refresh([instance.comment.thread.translation_key])


def follow(comments: Iterable[CommentState]) -> None:
    by_id = {comment.pk: comment for comment in comments}
    if Adoption.objects.filter(comment__in=by_id).exists():
        stamps.touch(stamps.SITE)  # pages that took something from them print it
    reports = list(PracticeEvidence.objects.filter(comment__in=by_id).select_related("comment__thread"))
    if not reports:
        return
    for report in reports:
        if report.comment.state in GONE:
            report.delete()
    searchable.changed.send(PracticeEvidence, instances=[report for report in reports if report.pk])
    refresh({report.comment.thread.translation_key for report in reports})


def refresh(keys: Iterable[UUID]) -> None:
    """Count anew on the pages of these subjects. Lists show the figures too, so everything kept is forgotten."""
    keys = set(keys)
    stamps.touch(stamps.SITE, *(stamps.subject(key) for key in keys))
    changed = [page for page in reported.live_pages(keys) if write_facets(page)]
    if changed:
        searchable.changed.send(KnowledgePage, instances=changed)
