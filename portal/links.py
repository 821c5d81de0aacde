"""Pages as links, in the reader's language: what texts name by id, and a subject's translations.

`portal.references` gives whole pages, for cards; this gives what a link needs, from memory: an article has some forty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from .addresses import tree_address
from .kinds import kind_label
from .querysets import closed_paths
from .shown_pages import KnownPage, shown_pages


@dataclass(frozen=True)
class Part:
    """A place in a page that has an address of its own."""

    label: str
    text: str
    anchor: str


@dataclass(frozen=True)
class PageLink:
    title: str
    url: str
    language: str
    model: str  # the model's name, such as "patternpage"
    type_name: str  # its name for people
    key: Any  # the translation key
    pk: int
    parts: tuple[Part, ...] = ()  # where in the page, if it can say so


def page_links(
    ids: Iterable[int | None], language: str, request: HttpRequest | None = None, user: Any = None
) -> dict[int, PageLink]:
    """A link for each id whose subject readers may see: in `language` where it exists, else as it was chosen."""
    pages, closed = shown_pages(request), tuple(closed_paths(user))
    links = {}
    for pk in {pk for pk in ids if pk} & pages.by_pk.keys():
        chosen = pages.by_pk[pk]
        versions = [page for page in pages.by_key.get(chosen.key, ()) if not page.path.startswith(closed)]
        target = next((page for page in versions if page.language == language), chosen)
        if target in versions:
            links[pk] = _link(target, language)
    return links


def _link(page: KnownPage, language: str) -> PageLink:
    model: Any = ContentType.objects.get_for_id(page.content_type_id).model_class()
    url = tree_address(page.url_path, language)
    return PageLink(page.title, url, page.language, model._meta.model_name, kind_label(model), page.key, page.pk)


def translations(key: UUID, request: HttpRequest | None = None, user: Any = None) -> list[KnownPage]:
    """The published pages of a subject in the order in which they were made: the original comes first."""
    closed = tuple(closed_paths(user))
    return [page for page in shown_pages(request).by_key.get(key, ()) if not page.path.startswith(closed)]
