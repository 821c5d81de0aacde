"""Which published pages refer to a page, read from Wagtail's reference index."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from .languages import alphabetical
from .links import PageLink, Part, page_links

if TYPE_CHECKING:
    from .reading import Reading


Parts = Callable[[set[int], set[int]], Mapping[int, Iterable[Part]]]
_parts: dict[str, Parts] = {}


def register(model: str, parts: Parts) -> None:
    """`parts(ids, subject_ids)` gives, for pages of this type by their ids, where in them the subject is named."""
    _parts[model] = parts


def ids_naming(ids: Iterable[int]) -> set[int]:
    """The pages that name one of these pages."""
    pages = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(
        to_content_type=pages, to_object_id__in=[str(pk) for pk in ids], base_content_type=pages
    )
    return {int(pk) for pk in rows.values_list("object_id", flat=True).distinct()}


def backlink_ids(reading: "Reading") -> set[int]:
    """The pages that name the subject in any language."""
    return ids_naming(reading.subject_ids) - reading.subject_ids


def backlinks(reading: "Reading", leave_out: Iterable[str] = ()) -> list[PageLink]:
    """One link for each subject that names the page, by type and title; none of the types in `leave_out`."""
    ids = reading.backlink_ids
    links = reading.links if ids <= reading.needed else page_links(ids, reading.language, user=reading.user)
    left_out = set(leave_out)
    found = {links[pk].key: links[pk] for pk in ids if pk in links and links[pk].model not in left_out}
    return sorted(
        _with_parts(found.values(), reading.subject_ids), key=lambda link: (link.type_name, alphabetical(link.title))
    )


def _with_parts(links: Iterable[PageLink], subject_ids: set[int]) -> list[PageLink]:
    ids: dict[str, set[int]] = defaultdict(set)
    for link in links:
        ids[link.model].add(link.pk)
    parts: dict[int, Iterable[Part]] = {}
    for model in ids.keys() & _parts.keys():
        parts |= _parts[model](ids[model], subject_ids)
    return [replace(link, parts=tuple(parts.get(link.pk, ()))) for link in links]
