"""Which published pages refer to a page, read from Wagtail's reference index."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from .links import PageLink, page_links

if TYPE_CHECKING:
    from .reading import Reading


def backlinks(reading: "Reading", leave_out: Iterable[str] = ()) -> list[PageLink]:
    """One link for each subject that names the page in any language, by type and title; not types in `leave_out`."""
    pages = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(
        to_content_type=pages, to_object_id__in=[str(pk) for pk in reading.subject_ids], base_content_type=pages
    )
    ids = {int(pk) for pk in rows.values_list("object_id", flat=True).distinct()} - reading.subject_ids
    links = page_links(ids, reading.language, reading.request, reading.user)
    found = {link.key: link for link in links.values() if link.model not in set(leave_out)}
    return sorted(found.values(), key=lambda link: (link.type_name, link.title.casefold()))
