"""Pages that a page names by id, given in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from .querysets import visible

NEEDED = ("translation_key", "content_type", "locale__language_code")


class References(Mapping[int, Page]):
    """Maps the id of a chosen page to the page to show: in `language`, else the chosen one itself.

    Only pages that `user` may see are in it, so a template prints nothing for a page that was unpublished or closed.
    Takes one query for all pages and one for each page type met.
    """

    def __init__(self, ids: Iterable[int | None], language: str, user: Any = None) -> None:
        wanted = {pk for pk in ids if pk}
        self._pages: dict[int, Page] = {}
        if wanted:
            self._read(wanted, language, user)

    def _read(self, wanted: set[int], language: str, user: Any) -> None:
        subjects = Page.objects.filter(pk__in=wanted).values("translation_key")
        pages = Page.objects.filter(
            Q(pk__in=wanted) | Q(translation_key__in=subjects, locale__language_code=language)
        ).filter(alias_of__isnull=True)
        found = list(visible(pages, user).select_related("locale").only(*NEEDED))
        own = {page.translation_key: page.pk for page in found if page.locale.language_code == language}
        keys = {page.pk: page.translation_key for page in found if page.pk in wanted}
        if hidden := wanted - keys.keys():  # what they mean may be visible in the reader's language
            keys |= dict(Page.objects.filter(pk__in=hidden).values_list("pk", "translation_key"))
        chosen = {page.pk for page in found}
        shown = {pk: own.get(key) or (pk if pk in chosen else 0) for pk, key in keys.items()}
        specific = as_specific(page for page in found if page.pk in shown.values())
        self._pages = {pk: specific[shown_pk] for pk, shown_pk in shown.items() if shown_pk in specific}

    def __getitem__(self, pk: int) -> Page:
        return self._pages[pk]

    def __iter__(self) -> Iterator[int]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def in_order(self, ids: Iterable[int]) -> list[Page]:
        """The pages to print for `ids`, in their order, each once."""
        return list({self[pk].pk: self[pk] for pk in ids if pk in self}.values())


def as_specific(pages: Iterable[Page]) -> dict[int, Page]:
    """The pages by id as their own types, without the streams that only their own page prints.

    Wagtail’s `specific()` would ask for each page’s language anew.
    """
    by_type: dict[int, set[int]] = defaultdict(set)
    for page in pages:
        by_type[page.content_type_id].add(page.pk)
    found: dict[int, Page] = {}
    for content_type_id, ids in by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
        rows = model._default_manager.filter(pk__in=ids).select_related("locale").defer_streamfields()
        found |= {page.pk: page for page in rows}
    return found
