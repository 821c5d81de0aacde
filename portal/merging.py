"""Where an entry of a vocabulary or register is used, and how one is merged into another.

An entry is a term, a platform or an organisation. Pages hold its code or its id in live rows, in revisions and in
what wagtail-localize kept of them for translators, in every language; a merge replaces it in all of them or in none.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search import index
from wagtail.signals import page_published
from wagtail_localize.models import SegmentOverride, TranslationSource

from . import stamps
from .models import Organisation, Platform, Term
from .stored_content import Swap, stream_fields

MERGEABLE = (Term, Platform, Organisation)
BATCH = 200


@dataclass
class Use:
    """A page, or an entry of another register, that names the entry."""

    object: Any
    live: bool = False  # in what readers see
    draft: bool = False  # in what somebody is writing

    @property
    def is_page(self) -> bool:
        return isinstance(self.object, Page)


@dataclass
class Uses:
    """Uses by object, pages in the order of the tree."""

    found: dict[tuple[str, int], Use] = field(default_factory=dict)

    def add(self, thing: Any, **where: bool) -> None:
        use = self.found.setdefault((thing._meta.label, thing.pk), Use(thing))
        for name, value in where.items():
            setattr(use, name, value or getattr(use, name))

    def __iter__(self) -> Iterator[Use]:
        return iter(sorted(self.found.values(), key=lambda use: (not use.is_page, getattr(use.object, "path", ""))))

    def __len__(self) -> int:
        return len(self.found)

    def __bool__(self) -> bool:
        return bool(self.found)


def used_on(entry: Any) -> Uses:
    """Every page and row that names `entry`, in what readers see and in the newest drafts."""
    uses = Uses()
    swap = Swap(entry)
    for key in _keys_to(entry):
        for row in key.model._base_manager.filter(**{key.name: entry}):
            _add_stored(_owner(row), uses)
    for page in _holding_pages(swap):
        _add_stored(page, uses)
    newest = Page.objects.filter(latest_revision__isnull=False).values("latest_revision")
    drafts = [int(revision.object_id) for revision, _content in _revisions(swap, pk__in=newest)]
    for page in Page.objects.filter(pk__in=drafts).select_related("locale"):
        uses.add(page, draft=page.has_unpublished_changes or not page.live)
    return uses


def _add_stored(thing: Any, uses: Uses) -> None:
    if isinstance(thing, Page):
        page = getattr(thing, "page_ptr", thing)
        uses.add(page, live=page.live, draft=not page.live)
    else:
        uses.add(thing, live=True)


def _keys_to(entry: Any) -> list[models.Field]:
    """Every foreign key to the model of `entry`, those without a way back included."""
    relations = entry._meta.get_fields(include_hidden=True)
    return [r.field for r in relations if r.auto_created and r.one_to_many and not r.concrete]


def _owner(row: Any) -> Any:
    """A child row stands for the page it belongs to."""
    key = next((key for key in row._meta.concrete_fields if isinstance(key, ParentalKey)), None)
    return getattr(row, key.name) if key else row


def _page_models(swap: Swap) -> list[type[Page]]:
    models_of_pages = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]
    return [model for model in models_of_pages if swap.may_be_in(model)]


def _holding_pages(swap: Swap) -> Iterator[Any]:
    """Pages whose stored row holds the value in a stream."""
    for model in _page_models(swap):
        fields = list(stream_fields(model))
        for page in model._base_manager.select_related("page_ptr__locale").iterator(chunk_size=BATCH):
            swap.found = False
            for stream in fields:
                swap.block_value(stream.stream_block, getattr(page, stream.name).get_prep_value())
            if swap.found:
                yield page


def _revisions(swap: Swap, **filters: Any) -> Iterator[tuple[Revision, dict[str, Any]]]:
    """Revisions of pages that hold the value, each with its content after the swap."""
    for model in _page_models(swap):
        content_type = ContentType.objects.get_for_model(model)
        for revision in Revision.objects.filter(content_type=content_type, **filters).iterator(chunk_size=BATCH):
            swap.found = False
            content = swap.serialised(model, revision.content)
            if swap.found:
                yield revision, content


def out_of_reach(entry: Any, user: Any) -> int:
    """How many of the places that a merge of `entry` rewrites `user` may not change there and then.

    What readers see changes at once, so it takes the right to publish; a page that names the entry in a scheduled or
    an older version alone counts too.
    """
    uses = used_on(entry)
    pages = {use.object.pk for use in uses if use.is_page}
    pages |= {int(revision.object_id) for revision, _content in _revisions(Swap(entry))}
    others = (use.object for use in uses if not use.is_page)
    closed = [page for page in Page.objects.filter(pk__in=pages) if not _may_publish(page, user)]
    return len(closed) + sum(not _may_change(other, user) for other in others)


def _may_publish(page: Page, user: Any) -> bool:
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() and rights.can_publish())


def _may_change(thing: Any, user: Any) -> bool:
    return bool(user.has_perm(f"{thing._meta.app_label}.{get_permission_codename('change', thing._meta)}"))


@transaction.atomic
def merge(*, entry: Any, into: Any, user: Any = None) -> Uses:
    """Replace `entry` by `into` everywhere and delete `entry`; returns where it was used.

    Raises PermissionDenied for a `user` who may not change all of it; without a user it is the portal’s own doing.
    """
    if type(entry) is not type(into) or entry.pk == into.pk:
        raise ValueError("Merge two different entries of the same kind.")
    if isinstance(entry, Term) and (entry.scheme != into.scheme or entry.code == into.code):
        raise ValueError("Merge two different terms of the same vocabulary.")
    if user is not None and out_of_reach(entry, user):
        raise PermissionDenied
    uses = used_on(entry)
    swap = Swap(entry, into)
    changed = _rewrite_pages(swap)
    _rewrite_rows(entry, into, swap)
    for revision, content in _revisions(swap):
        Revision.objects.filter(pk=revision.pk).update(content=content)
    _rewrite_translation_sources(swap)
    pages = {use.object.pk for use in uses if use.is_page} | changed
    _republish(pages)
    _log(entry, into, uses, user)
    _delete(entry)
    stamps.touch(stamps.SITE, stamps.TERMS)
    return uses


def _rewrite_pages(swap: Swap) -> set[int]:
    changed = set()
    for page in _holding_pages(swap):
        values = {}
        for column in stream_fields(type(page)):
            stream = getattr(page, column.name).get_prep_value()
            values[column.name] = column.to_python(swap.block_value(column.stream_block, stream))
        type(page)._base_manager.filter(pk=page.pk).update(**values)
        changed.add(page.pk)
    return changed


def _rewrite_rows(entry: Any, into: Any, swap: Swap) -> None:
    for key in _keys_to(entry):
        key.model._base_manager.filter(**{key.name: entry}).update(**{key.name: into})
    if not swap.scheme:
        _rewrite_overrides(swap)


def _rewrite_overrides(swap: Swap) -> None:
    """Translators may choose another organisation for their language; that choice is kept as an id."""
    names = {key.name for model in _page_models(swap) for key in swap.foreign_keys(model)}
    for override in SegmentOverride.objects.filter(context__path__in=names):
        if json.loads(override.data_json) == swap.old:
            SegmentOverride.objects.filter(pk=override.pk).update(data_json=json.dumps(swap.new))


def _rewrite_translation_sources(swap: Swap) -> None:
    for model in _page_models(swap):
        content_type = ContentType.objects.get_for_model(model)
        sources = TranslationSource.objects.filter(specific_content_type=content_type)
        for source in sources.iterator(chunk_size=BATCH):
            swap.found = False
            content = swap.serialised(model, json.loads(source.content_json))
            if swap.found:
                TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))


def _republish(pages: set[int]) -> None:
    """Tell the indexes, and everybody who follows publications, that what readers see has changed."""
    for page in Page.objects.filter(pk__in=pages).specific():
        ReferenceIndex.create_or_update_for_object(page)
        index.insert_or_update_object(page)
        if page.live:
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)


def _log(entry: Any, into: Any, uses: Uses, user: Any) -> None:
    data = {"from": str(entry), "into": str(into), "pages": sum(use.is_page for use in uses)}
    log(instance=into, action="portal.merge", user=user, data=data)
    for use in uses:
        if use.is_page:
            log(instance=use.object, action="portal.merge", user=user, data=data)


def _delete(entry: Any) -> None:
    rows = [entry]
    if isinstance(entry, Term):
        TranslationSource.objects.filter(object_id=entry.translation_key).delete()
        rows = list(Term.objects.filter(scheme=entry.scheme, code=entry.code))
    for row in rows:
        row.is_merged = True
        row.delete()


def refuse_if_used(entry: models.Model) -> None:
    """Raise ProtectedError for an entry in use, whoever deletes it and from where."""
    if getattr(entry, "is_merged", False):
        return
    if uses := used_on(entry):
        message = _("“%(entry)s” is in use. Merge it into another one instead.") % {"entry": entry}
        raise ProtectedError(message, {use.object for use in uses})
