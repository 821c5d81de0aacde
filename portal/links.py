"""Pages as links, in the reader's language: what texts name by id, and a subject's translations.

`portal.references` gives whole pages, for cards; this gives what a link needs, in one query however many types of page
there are, and without making page objects: an article has some forty of them.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from .addresses import tree_address
from .kinds import kind_label
from .prepared import Prepared
from .querysets import closed_paths, is_shown_now, shown_now

FIELDS = ("pk", "translation_key", "locale__language_code", "title", "url_path", "path", "content_type_id")


@dataclass(frozen=True)
class PageLink:
    title: str
    url: str
    language: str
    model: str  # the model's name, such as "patternpage"
    type_name: str  # its name for people
    key: Any  # the translation key
    pk: int


@dataclass(frozen=True)
class Translation:
    pk: int
    language: str
    title: str
    url: str
    path: str
    behind_since: datetime.datetime | None


def page_links(
    ids: Iterable[int | None], language: str, request: HttpRequest | None = None, user: Any = None
) -> dict[int, PageLink]:
    """A link for each id whose subject readers may see: in `language` where it exists, else as it was chosen."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    subjects = Page.objects.filter(pk__in=wanted).values("translation_key")
    related = Q(pk__in=wanted) | Q(translation_key__in=subjects, locale__language_code=language)
    rows = list(Page.objects.filter(related, alias_of__isnull=True).values_list(*FIELDS, is_shown_now()))
    closed = tuple(closed_paths(user))
    shown = [row for row in rows if row[7] and not row[5].startswith(closed)]
    own = {row[1]: row for row in shown if row[2] == language}
    chosen = {row[0]: row for row in shown}
    links = {}
    for row in rows:
        target = own.get(row[1]) or chosen.get(row[0])
        if row[0] in wanted and target is not None:
            links[row[0]] = _link(target, language)
    return links


def _link(row: tuple, language: str) -> PageLink:
    pk, key, own_language, title, url_path, _path, content_type_id, _shown = row
    model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
    url = tree_address(url_path, language)
    return PageLink(title, url, own_language, model._meta.model_name, kind_label(model), key, pk)


def translations(key: Any, user: Any = None) -> list[Translation]:
    """The published pages of a subject in the order in which they were made: the original comes first."""
    closed = tuple(closed_paths(user))
    return [
        Translation(pk, language, title, tree_address(url_path, language), path, since)
        for pk, language, title, url_path, path, since in _translations(key)
        if not path.startswith(closed)
    ]


@Prepared.of(UUID)
def _translations(key: UUID) -> QuerySet:
    pages = Page.objects.filter(shown_now(), translation_key=key, alias_of__isnull=True).order_by("pk")
    return pages.values_list(
        *("pk", "locale__language_code", "title", "url_path", "path", "translation_state__behind_since")
    )
