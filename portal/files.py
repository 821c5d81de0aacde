"""Which of the files that pages show a reader may open."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from . import stamps
from .querysets import passes


def closed_collections(user: Any = None) -> tuple[str, ...]:
    """The tree paths of the collections whose files `user` may not open. A restriction holds for all below."""
    restrictions = CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups")
    return tuple(restriction.collection.path for restriction in restrictions if not passes(restriction, user))


def readable(files: Iterable[Any], user: Any = None) -> set[Any]:
    """Takes the same number of queries for all files as for one, and none without any."""
    files = set(files)
    closed = closed_collections(user) if files else ()
    if not closed:
        return files
    collections = Collection.objects.filter(pk__in={file.collection_id for file in files})
    is_open = {pk: not path.startswith(closed) for pk, path in collections.values_list("pk", "path")}
    return {file for file in files if is_open[file.collection_id]}


def _files_changed(raw: bool = False, **kwargs: Any) -> None:
    """What pages say of files, and which of them they name, is kept until the site's stamp moves."""
    if not raw:
        stamps.touch(stamps.SITE)


def connect() -> None:
    for model in (get_document_model(), Collection, CollectionViewRestriction):
        post_save.connect(_files_changed, sender=model)
        post_delete.connect(_files_changed, sender=model)
    m2m_changed.connect(_files_changed, sender=CollectionViewRestriction.groups.through)
