"""The pages of the tree in memory: what an address, a link or the language switcher needs to know of each.

Read again when something is published, so that the forty links of an article take no query. A page is some 300 bytes,
and reading 5,000 of them takes a few hundredths of a second.
"""

import datetime
from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page

from .navigation import once
from .querysets import ORIGINAL_FIRST, is_shown_now


class KnownPage(NamedTuple):
    pk: int
    key: UUID  # the translation key
    language: str
    title: str
    url_path: str
    path: str
    content_type_id: int
    behind_since: datetime.datetime | None
    is_shown: bool  # published; who may see it is for `closed_paths` to say


COLUMNS = (
    *("pk", "translation_key", "locale__language_code", "title", "url_path", "path", "content_type_id"),
    "translation_state__behind_since",
)


class ShownPages:
    def __init__(self, pages: list[KnownPage]) -> None:
        self.by_pk = {page.pk: page for page in pages}  # drafts too: a link to one leads to its published translation
        self.by_key: dict[UUID, list[KnownPage]] = defaultdict(list)  # the original first
        self.by_url_path: dict[str, KnownPage] = {}
        self.shown = {page.pk for page in pages if page.is_shown}
        for page in pages:
            if page.is_shown:
                self.by_key[page.key].append(page)
                self.by_url_path[page.url_path] = page


def shown_pages(request: HttpRequest | None) -> ShownPages:
    pages: ShownPages = once(request, ("shown pages",), _read)
    return pages


def _read() -> ShownPages:
    pages = Page.objects.filter(depth__gt=1, alias_of__isnull=True).order_by(*ORIGINAL_FIRST)
    return ShownPages([KnownPage(*row) for row in pages.values_list(*COLUMNS, is_shown_now())])
