"""Pages that a page names by id, given in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from .querysets import closed_paths
from .shown_pages import KnownPage, shown_pages


class References(Mapping[int, Page]):
    """Maps the id of a chosen page to the page to show: in `language`, else the chosen one itself.

    Only pages that `user` may see are in it, so a template prints nothing for a page that was unpublished or closed.
    Takes one query for each page type met; with `only`, these columns alone, which all the types have to have.
    """

    def __init__(self, ids: Iterable[int | None], language: str, user: Any = None, only: Iterable[str] = ()) -> None:
        wanted = {pk for pk in ids if pk}
        self._pages: dict[int, Page] = {}
        if wanted:
            self._read(wanted, language, user, only)

    def _read(self, wanted: set[int], language: str, user: Any, only: Iterable[str]) -> None:
        pages, closed = shown_pages(None), tuple(closed_paths(user))
        keys = {pk: pages.by_pk[pk].key for pk in wanted if pk in pages.by_pk}
        if aliases := wanted - keys.keys():
            keys |= dict(Page.objects.filter(pk__in=aliases).values_list("pk", "translation_key"))
        shown: dict[int, KnownPage] = {}
        for pk, key in keys.items():
            versions = [page for page in pages.by_key.get(key, ()) if not page.path.startswith(closed)]
            own = next((page for page in versions if page.language == language), None)
            chosen = own or next((page for page in versions if page.pk == pk), None)
            if chosen:
                shown[pk] = chosen
        specific = as_specific(shown.values(), only)
        self._pages = {pk: specific[page.pk] for pk, page in shown.items() if page.pk in specific}

    def __getitem__(self, pk: int) -> Page:
        return self._pages[pk]

    def __iter__(self) -> Iterator[int]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def in_order(self, ids: Iterable[int]) -> list[Page]:
        """The pages to print for `ids`, in their order, each once."""
        return list({self[pk].pk: self[pk] for pk in ids if pk in self}.values())


def as_specific(pages: Iterable[Page | KnownPage], only: Iterable[str] = ()) -> dict[int, Page]:
    """The pages by id as their own types, without the streams that only their own page prints.

    Wagtail’s `specific()` would ask for each page’s language anew.
    """
    by_type: dict[int, set[int]] = defaultdict(set)
    for page in pages:
        by_type[page.content_type_id].add(page.pk)
    found: dict[int, Page] = {}
    for content_type_id, ids in by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
        rows = model._default_manager.filter(pk__in=ids).select_related("locale")
        found |= {page.pk: page for page in (rows.only(*only) if only else rows.defer_streamfields())}
    return found
