"""Keeps the index in step with the pages, inside the transaction that changes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.models import Page, ReferenceIndex, TranslatableMixin
from wagtail.query import PageQuerySet

from portal import searchable, stamps
from portal.prepared import Prepared
from portal.words.analysis import VERSION

from .adapters import all_documents, documents_of, owner_of, page_owner, shown_on
from .asked.documents import apart, wordings_of
from .documents import SearchDocument
from .engines.base import Progress
from .engines.elasticsearch import notes
from .engines.embedded import writing
from .models import AskedAs, Document
from .service import engine, engine_named


def index(*instances: Any) -> None:
    """Write what there is to find of pages and other things; nothing is left of those that must not be found."""
    write(documents_of(instances))


def write(documents: Mapping[str, list[SearchDocument]]) -> None:
    """Replace what the index has of these owners; wordings stand elsewhere once there is nothing else, or something."""
    several = Document.objects.filter(owner__in=documents).order_by().values_list("subject").distinct()
    stored = {subject for (subject,) in (_stored_of(*documents) if len(documents) == 1 else several)}
    subjects = stored | {document.subject for found in documents.values() for document in found}
    _replace(documents)
    if wordings := wordings_of(subjects):
        _replace_changed(apart(wordings.keys(), wordings))


@Prepared.of(str)
def _stored_of(owner: str) -> QuerySet:
    return Document.objects.filter(owner=owner).order_by().values_list("subject").distinct()


def _replace(documents: Mapping[str, list[SearchDocument]]) -> None:
    if gone := [owner for owner, found in documents.items() if not found]:
        engine().delete(gone)
    if found := [document for several in documents.values() for document in several]:
        engine().upsert(found)


def index_changed(*instances: Any) -> None:
    """The same, but what the catalogue has already is left as it is: a report of 300 pages takes a second to write."""
    write(_changed(documents_of(instances)))


def _replace_changed(documents: Mapping[str, list[SearchDocument]]) -> None:
    _replace(_changed(documents))


def _changed(documents: Mapping[str, list[SearchDocument]]) -> dict[str, list[SearchDocument]]:
    stored: dict[str, list[Document]] = {owner: [] for owner in documents}
    for row in Document.objects.filter(owner__in=stored).order_by("pk").iterator(500):
        stored[row.owner].append(row)
    return {owner: found for owner, found in documents.items() if not is_stored(found, stored[owner])}


def is_stored(documents: list[SearchDocument], rows: list[Document]) -> bool:
    """Whether the catalogue has exactly these. Nothing that stays nothing counts too."""
    if len(documents) != len(rows):
        return False
    fresh = (writing.row_of(document, row.length) for document, row in zip(documents, rows, strict=True))
    return all(_values(one) == _values(other) for one, other in zip(fresh, rows, strict=True))


def _values(row: Document) -> list[Any]:
    return [getattr(row, field.attname) for field in Document._meta.concrete_fields if not field.primary_key]


def index_page(page: Page) -> None:
    """A page was published: itself, what is shown on it, and the addresses of all below it if its own changed."""
    before = Document.objects.filter(key=page_owner(page.pk)).values_list("url", flat=True).first()
    index(page)
    index_changed(*shown_on(page))
    if before is not None and before != page.get_url():
        index_below(page)


def index_below(page: Page) -> None:
    """All published pages below, for example because their addresses changed."""
    index_pages(Page.objects.descendant_of(page))


def index_pages(pages: PageQuerySet) -> None:
    for page in pages.filter(live=True).specific().iterator(50):
        index(page)
        index_changed(*shown_on(page))


def index_users_of(*instances: Model) -> None:
    """Every page whose text names a term, an organisation or a platform, or stands behind a consent."""
    if users := users_of(instances):
        index_pages(Page.objects.filter(pk__in=users))


def users_of(instances: Iterable[Model]) -> list[int]:
    references = ReferenceIndex.get_references_to_in_bulk(instances).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return sorted({int(pk) for pk in references.values_list("object_id", flat=True)})


def index_asked(rows: Iterable[AskedAs]) -> None:
    """What readers ask for some subjects in some languages was written, changed or deleted."""
    stamps.touch(stamps.ASKED)
    rows = list(rows)
    subjects, languages = {row.subject for row in rows}, {row.language for row in rows}
    pages = Page.objects.filter(translation_key__in=subjects, locale__language_code__in=languages, live=True)
    for page in pages.specific().iterator(50):
        index_changed(page)
    for model in translated_models():
        index_changed(*model._default_manager.filter(translation_key__in=subjects))
    _replace_changed(apart(subjects, wordings_of(subjects)))


def forget_asked(subject: Any) -> None:
    """One of its texts was deleted. With the last of them goes what readers ask for it, else that stands elsewhere."""
    rows = AskedAs.objects.filter(subject=str(subject))
    models = (Page, *translated_models())
    if any(model._default_manager.filter(translation_key=subject).exists() for model in models):
        _replace_changed(apart([str(subject)], wordings_of([str(subject)])))
    else:
        rows.delete()


def translated_models() -> list[Any]:
    """What features registered that has a subject as pages do: glossary terms."""
    models = [registration.model for registration in searchable.registrations()]
    return [model for model in models if issubclass(model, TranslatableMixin)]


def follow_page(page: Page) -> None:
    """Whether and from when to when it is shown may have changed, or it goes: an index elsewhere must know."""
    if settings.ELASTICSEARCH_URL:
        notes.put(Document.objects.filter(page_id=page.pk).order_by().values_list("owner", flat=True).distinct())


def forget(instances: Iterable[Any]) -> None:
    write({owner_of(instance): [] for instance in instances})


def rebuild(progress: Progress = lambda written: None) -> int:
    """The embedded index; others are written from it. Files that were not read yet come later."""
    from .attachments import following  # which writes through this module

    written = engine_named("embedded").rebuild(all_documents(), progress)
    following.want_all()
    return written


def is_current() -> bool:
    """Whether the index was written by this analyser and holds something if anything is published."""
    if Document.objects.exclude(analyser=VERSION).exists():
        return False
    return Document.objects.exists() or not Page.objects.filter(live=True, depth__gt=1).exists()
