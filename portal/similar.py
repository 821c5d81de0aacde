"""Pages like the one that is read, where a feature knows them: search registers itself here.

`portal` knows nothing of how pages are compared. It says which pages tell of the subject and which subjects it shows
anyway, and makes links of the answer, so that nothing can be offered that the reader may not see.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from .links import PageLink, page_links, translations

if TYPE_CHECKING:
    from .reading import Reading

MOST = 4

# From the pages of a subject by language, the reader, subjects to leave out, and how many to find.
Finder = Callable[[Mapping[str, int], Any, Collection[UUID], int], list[UUID]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    _finders[:] = [finder]


def similar_pages(reading: "Reading") -> list[PageLink]:
    """A few pages like this one, the most alike first, without those that the page shows anyway.

    Compared are the text that is read and the original: what exists in one of these languages alone is found too.
    """
    versions = {page.language: page.pk for page in reading.translations}
    compared = {language: versions[language] for language in (reading.page_language, *versions) if language in versions}
    compared = dict(list(compared.items())[:2])
    if not compared or not _finders:
        return []
    keys = _finders[0](compared, reading.user, reading.shown_keys | {reading.page.translation_key}, MOST)
    return _links(keys, reading)


def _links(keys: list[UUID], reading: "Reading") -> list[PageLink]:
    """In the reader's language where there is one, else the original."""
    known = [translations(key, reading.request, reading.user) for key in keys]
    originals = [pages[0].pk for pages in known if pages]
    links = page_links(originals, reading.language, reading.request, reading.user)
    return [links[pk] for pk in originals if pk in links]
