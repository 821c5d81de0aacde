"""Links to pages that texts name by id, in the reader's language.

`portal.references` gives whole pages, for cards; this gives what a link needs, in one query however many types of page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from .addresses import address
from .querysets import visible


@dataclass(frozen=True)
class PageLink:
    title: str
    url: str
    language: str
    model: str  # the model's name, such as "patternpage"
    type_name: str  # its name for people
    key: Any  # the translation key
    pk: int


def page_links(
    ids: Iterable[int | None], language: str, request: HttpRequest | None, user: Any = None
) -> dict[int, PageLink]:
    """A link for each id whose page readers may see: in `language` where it exists, else as it was chosen."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    subjects = Page.objects.filter(pk__in=wanted).values("translation_key")
    related = Q(pk__in=wanted) | Q(translation_key__in=subjects, locale__language_code=language)
    pages = visible(Page.objects.filter(related, alias_of__isnull=True), user).select_related("locale", "content_type")
    return _choose(list(pages), wanted, language, request)


def _choose(pages: list[Page], wanted: set[int], language: str, request: HttpRequest | None) -> dict[int, PageLink]:
    own = {page.translation_key: page for page in pages if page.locale.language_code == language}
    links: dict[int, PageLink] = {}
    made: Mapping[int, PageLink] = {}
    for page in pages:
        if page.pk not in wanted:
            continue
        shown = own.get(page.translation_key, page)
        links[page.pk] = made.get(shown.pk) or _link(shown, language, request)
    return links


def _link(page: Page, language: str, request: HttpRequest | None) -> PageLink:
    model = page.content_type.model_class()
    return PageLink(
        title=page.title,
        url=address(page, request, language),
        language=page.locale.language_code,
        model=page.content_type.model,
        type_name=str(model._meta.verbose_name) if model else "",
        key=page.translation_key,
        pk=page.pk,
    )
