"""What points to a page, in words an editor understands and within what the editor may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from ..querysets import visible


@dataclass
class Pointer:
    """A page or entry that points to the page in question; without a title where the reader may not know of it."""

    title: str
    edit_url: str = ""
    language: str = ""
    is_live: bool = False
    places: list[str] = field(default_factory=list)  # the fields in which it points


def pointers_to(pages: Iterable[Page], user: Any) -> list[Pointer]:
    """What points to any of `pages`, or to one of their translations, from outside them.

    Pages name the original of a subject whatever language they are in, so a subject is looked up as a whole.
    """
    keys = {page.translation_key for page in pages}
    targets = list(Page.objects.filter(translation_key__in=keys))
    places: dict[tuple[int, str], set[str]] = {}
    for reference in ReferenceIndex.get_references_to_in_bulk(targets):
        source = (reference.base_content_type_id, reference.object_id)
        places.setdefault(source, set()).add(str(reference.describe_source_field()))
    own = set(targets)
    return _pointers([(source, places[key]) for key, source in _sources(places) if source not in own], user)


def _sources(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], Any]]:
    """The objects with these content types and ids, one query for each type."""
    by_type: dict[int, list[str]] = {}
    for content_type, pk in keys:
        by_type.setdefault(content_type, []).append(pk)
    for content_type, pks in by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        rows = model._base_manager.filter(pk__in=pks)
        for source in rows.select_related("locale") if model is Page else rows:
            yield (content_type, str(source.pk)), source


def _pointers(found: list[tuple[Any, set[str]]], user: Any) -> list[Pointer]:
    finder = AdminURLFinder(user)
    pages = [source.pk for source, _places in found if isinstance(source, Page)]
    public = set(visible(Page.objects.filter(pk__in=pages)).values_list("pk", flat=True))
    pointers = []
    for source, places in found:
        is_page = isinstance(source, Page)
        edit_url = finder.get_edit_url(source) or ""
        may_know = bool(edit_url) or (is_page and source.pk in public)
        pointers.append(
            Pointer(
                title=_title(source) if may_know else "",
                edit_url=edit_url,
                language=source.locale.get_display_name() if is_page else "",
                is_live=not is_page or source.live,
                places=sorted(places) if may_know else [],
            )
        )
    return sorted(pointers, key=lambda pointer: (not pointer.title, pointer.title))


def _title(source: Any) -> str:
    return source.get_admin_display_title() if isinstance(source, Page) else str(source)
