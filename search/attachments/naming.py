"""Which files published pages name, on which of them a file is read, and who may open it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from portal.files import closed_collections
from portal.models import KnowledgePage
from portal.querysets import visible

from ..models import Attachment

MOST_PLACES = 5  # pages, all of them closed, on which a file is found by those who may read them


def is_pdf(file: Any) -> bool:
    return file.file_extension.lower() == "pdf"


def remember(page: Page) -> list[int]:
    """Write down which files a page names now that it was published; the ids of those named before or now."""
    before = set(Attachment.objects.filter(page_id=page.pk).values_list("file_id", flat=True))
    now = _named_by(page)
    Attachment.objects.filter(page_id=page.pk, file_id__in=before - now).delete()
    Attachment.objects.bulk_create(
        (Attachment(page_id=page.pk, file_id=pk) for pk in sorted(now - before)), ignore_conflicts=True
    )
    return sorted(before | now)


def _named_by(page: Page) -> set[int]:
    """The files in the links and choosers of all its texts.

    Taken from the page and not from Wagtail's index of references, which also follows what is saved as a draft.
    """
    if not isinstance(page, KnowledgePage) or not page.live or page.alias_of_id:
        return set()
    model = get_document_model()
    wanted = ContentType.objects.get_for_model(model).pk
    references = ReferenceIndex._extract_references_from_object(page)
    named = {int(pk) for content_type, pk, _model_path, _content_path in references if content_type == wanted}
    return set(model.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()


def files_on(pages: QuerySet) -> QuerySet:
    named = Attachment.objects.filter(page__in=pages.values("pk")).values("file")
    return get_document_model().objects.filter(pk__in=named)


def is_named(file: Any) -> bool:
    return _naming(file).exists()


def _naming(file: Any) -> Any:
    named_on = Attachment.objects.filter(file_id=file.pk).values("page")
    return Page.objects.filter(pk__in=named_on, live=True, alias_of__isnull=True)


def places_of(languages: Mapping[Any, str]) -> Iterator[tuple[Any, list[Page]]]:
    """The pages on which each file is found: one that everybody may read if there is one, in its language if possible.

    `languages` are those of the files.
    """
    named = defaultdict(list)
    for file_id, page_id in Attachment.objects.filter(file__in=languages).values_list("file_id", "page_id"):
        named[file_id].append(page_id)
    pages = Page.objects.filter(pk__in={pk for pks in named.values() for pk in pks}, live=True, alias_of__isnull=True)
    known = {page.pk: page for page in pages.select_related("locale")}
    public = set(visible(pages).values_list("pk", flat=True))
    for file, language in languages.items():
        places = [known[pk] for pk in sorted(named[file.pk]) if pk in known]
        places.sort(key=lambda page: (page.pk not in public, page.locale.language_code != language))
        yield file, places[: 1 if any(page.pk in public for page in places) else MOST_PLACES]


def closed_to(user: Any = None) -> list[int]:
    """Files named by pages that `user` may not open, since their collection or one above it is restricted.

    Asked with every search: nobody is told when a collection moves below a closed one.
    """
    paths = closed_collections(user)
    if not paths:
        return []
    below = reduce(or_, (Q(file__collection__path__startswith=path) for path in paths))
    return sorted(set(Attachment.objects.filter(below).values_list("file_id", flat=True)))


def owners(file_ids: Iterable[int]) -> list[str]:
    """The owners of their documents in the catalogue."""
    return [f"{beginning_of_owners()}{pk}" for pk in file_ids]


@cache
def beginning_of_owners() -> str:
    return f"{get_document_model()._meta.label_lower}:"
