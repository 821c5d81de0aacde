"""Which published pages refer to a page, read from Wagtail's reference index."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from .languages import alphabetical
from .links import PageLink, page_links

if TYPE_CHECKING:
    from .reading import Reading


def backlink_ids(reading: "Reading") -> set[int]:
    """The pages that name the subject in any language."""
    pages = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(
        to_content_type=pages, to_object_id__in=[str(pk) for pk in reading.subject_ids], base_content_type=pages
    )
    return {int(pk) for pk in rows.values_list("object_id", flat=True).distinct()} - reading.subject_ids


def backlinks(reading: "Reading", leave_out: Iterable[str] = ()) -> list[PageLink]:
    """One link for each subject that names the page, by type and title; none of the types in `leave_out`."""
    ids = reading.backlink_ids
    links = reading.links if ids <= reading.needed else page_links(ids, reading.language, user=reading.user)
    left_out = set(leave_out)
    found = {links[pk].key: links[pk] for pk in ids if pk in links and links[pk].model not in left_out}
    return sorted(found.values(), key=lambda link: (link.type_name, alphabetical(link.title)))
