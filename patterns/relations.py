"""The relations of a pattern, from both sides.

A relation is stored once, on the page of one of the two patterns in the language in which that page was written. The
other side is computed. A neighbour that is not published has no relation to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import Page

from portal.addresses import address
from portal.querysets import in_language, visible
from portal.vocabulary import INVERSE_RELATION, RelationType

from .models import PatternPage, PatternRelation

ORDER = [str(code) for code in RelationType.values]


@dataclass(frozen=True)
class Neighbour:
    title: str
    number: str
    group: str
    url: str
    language: str


@dataclass(frozen=True)
class Relation:
    """A relation as the page at hand says it: `type` reads from this page to the neighbour."""

    type: str
    neighbour: Neighbour
    reason: str
    reason_language: str

    @property
    def label(self) -> str:
        return str(RelationType(self.type).label)


def relations_of(
    page: PatternPage, language: str, request: HttpRequest | None = None, user: Any = None, rows: Any = None
) -> list[Relation]:
    """All relations of `page`, neighbours and reasons in `language` where they exist; `rows` are unsaved own ones."""
    stored = list(_stored(page))
    if rows is not None:
        own = {row.pk for row in rows}
        stored = [row for row in stored if row.page_key != page.translation_key and row.pk not in own]
    found = _merge(stored, language)
    if rows is not None:
        found += [(row, row) for row in map(_described, rows) if row.target_id]
    keys = {_other(original, page.translation_key) for original, _shown in found}
    neighbours = _neighbours(keys, language, request, user)
    relations = [
        Relation(
            type=_type(original, page.translation_key),
            neighbour=neighbours[_other(original, page.translation_key)],
            reason=shown.reason,
            reason_language=shown.language,
        )
        for original, shown in found
        if _other(original, page.translation_key) in neighbours
    ]
    return sorted(relations, key=lambda one: (ORDER.index(one.type), one.neighbour.number))


def _stored(page: PatternPage) -> Any:
    """Every row, in every language, that names this pattern on either side."""
    older = Page.objects.filter(
        translation_key=OuterRef("page__translation_key"), pk__lt=OuterRef("page_id"), alias_of__isnull=True
    )
    key = page.translation_key
    rows = PatternRelation.objects.filter(Q(page__translation_key=key) | Q(target__translation_key=key))
    rows = rows.annotate(on_translation=Exists(older)).select_related("locale")
    return map(_described, rows.select_related("page", "target").only(*NEEDED).order_by("pk"))


NEEDED = (
    "type",
    "reason",
    "translation_key",
    "page__translation_key",
    "target__translation_key",
    "locale__language_code",
)


def _described(row: Any) -> Any:
    row.page_key = row.page.translation_key
    row.target_key = row.target.translation_key if row.target_id else None
    row.language = row.locale.language_code if row.locale_id else row.page.locale.language_code
    return row


def _merge(rows: Iterable[Any], language: str) -> list[tuple[Any, Any]]:
    """Pairs of a row on an original page, which says what holds, and the row whose words are shown."""
    versions: dict[Any, list[Any]] = {}
    for row in rows:
        versions.setdefault(row.translation_key, []).append(row)
    pairs = []
    for siblings in versions.values():
        original = next((row for row in siblings if not row.on_translation), None)
        if original is not None and original.page_key != original.target_key:
            shown = next((row for row in siblings if row.language == language), original)
            pairs.append((original, shown))
    return pairs


def _other(row: Any, key: Any) -> Any:
    return row.target_key if row.page_key == key else row.page_key


def _type(row: Any, key: Any) -> str:
    return str(row.type) if row.page_key == key else str(INVERSE_RELATION[row.type])


def _neighbours(keys: set[Any], language: str, request: HttpRequest | None, user: Any) -> dict[Any, Neighbour]:
    if not keys:
        return {}
    pages = in_language(visible(PatternPage.objects.filter(translation_key__in=keys), user), language)
    pages = pages.select_related("locale").only(
        "title", "number", "group", "url_path", "slug", "path", "depth", "translation_key", "locale__language_code"
    )
    return {
        page.translation_key: Neighbour(
            title=page.title,
            number=page.number_label,
            group=page.group,
            url=address(page, request, language),
            language=page.locale.language_code,
        )
        for page in pages
    }
