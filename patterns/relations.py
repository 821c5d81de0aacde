"""The relations of a pattern, from both sides.

A relation is stored once, on the page of one of the two patterns in the language in which that page was written. The
other side is computed. A neighbour that is not published has no relation to show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from portal.links import PageLink
from portal.prepared import Prepared
from portal.querysets import closed_paths, is_shown_now
from portal.vocabulary import INVERSE_RELATION, RelationType

from .models import PatternPage, PatternRelation

ORDER = {str(code): place for place, code in enumerate(RelationType.values)}


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


class Row(NamedTuple):
    pk: int | None
    type: str
    reason: str
    key: Any  # the same for the row's versions in other languages
    language: str
    page_id: int
    page_key: Any
    target_id: int
    target_key: Any
    on_translation: bool
    is_public: bool = True  # whether the reader may see the page on which the words stand

    def other_id(self, key: Any) -> int:
        return self.target_id if self.page_key == key else self.page_id


def stored_rows(page: PatternPage, user: Any = None) -> list[Row]:
    """Every row, in every language, that names this pattern on either side."""
    return _as_seen_by(user, _rows(page.translation_key))


def all_rows(user: Any = None) -> list[Row]:
    """Every row of the whole language of patterns, in every language of the site."""
    return _as_seen_by(user, _all_rows())


def public_relations(language: str, user: Any = None) -> list[tuple[Row, Row]]:
    """Every relation once: the row that says what holds, and the one whose words are shown in `language`."""
    return versions(all_rows(user), language)


def _as_seen_by(user: Any, rows: Iterable[tuple]) -> list[Row]:
    closed = tuple(closed_paths(user))
    return [Row._make((*row[:-2], row[-2] and not row[-1].startswith(closed))) for row in rows]


@Prepared.of(UUID)
def _rows(key: UUID) -> QuerySet:
    subject = Page.objects.filter(translation_key=key).order_by().values("pk")
    # Either side has its index.
    return _columns(PatternRelation.objects.filter(Q(page__in=subject) | Q(target__in=subject)))


@Prepared.of()
def _all_rows() -> QuerySet:
    return _columns(PatternRelation.objects.all())


def _columns(rows: QuerySet) -> QuerySet:
    older = Page.objects.filter(translation_key=OuterRef("page__translation_key"), pk__lt=OuterRef("page_id"))
    return rows.order_by("pk").values_list(
        *("pk", "type", "reason", "translation_key", "locale__language_code"),
        *("page_id", "page__translation_key", "target_id", "target__translation_key", Exists(older)),
        *(is_shown_now("page__"), "page__path"),
    )


def with_unsaved(page: PatternPage, stored: Iterable[Row]) -> list[Row]:
    """For a preview: the rows as the form has them, in place of the page's own stored ones."""
    kept = [row for row in stored if row.page_key != page.translation_key]
    language = page.locale.language_code
    for row in page.relations.all():
        if row.target_id:
            words = (row.pk, row.type, row.reason, row.translation_key or object(), language)
            ends = (page.pk or 0, page.translation_key, row.target_id, row.target.translation_key)
            kept.append(Row(*words, *ends, on_translation=False))
    return kept


def neighbour_ids(page: PatternPage, rows: Iterable[Row]) -> set[int]:
    return {row.other_id(page.translation_key) for row in rows}


def relations(page: PatternPage, rows: Iterable[Row], links: Mapping[int, PageLink], language: str) -> list[Relation]:
    """What holds and whom it joins: reasons in `language` where they exist, neighbours as `links` has them."""
    key = page.translation_key
    pairs = [(original, shown) for original, shown in versions(rows, language) if original.other_id(key) in links]
    neighbours = _neighbours({links[original.other_id(key)] for original, _shown in pairs})
    found = [
        Relation(
            type=_type(original, key),
            neighbour=neighbours[links[original.other_id(key)].pk],
            reason=shown.reason,
            reason_language=shown.language,
        )
        for original, shown in pairs
    ]
    return sorted(found, key=lambda one: (ORDER[one.type], one.neighbour.number))


def versions(rows: Iterable[Row], language: str) -> list[tuple[Row, Row]]:
    """Pairs of a row on an original page, which says what holds, and the row whose words are shown."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    pairs = []
    for siblings in found.values():
        original = next((row for row in siblings if not row.on_translation), None)
        public = [row for row in siblings if row.is_public]
        if public and original is not None and original.page_key != original.target_key:
            other = original if original.is_public else public[0]
            pairs.append((original, next((row for row in public if row.language == language), other)))
    return pairs


def _type(row: Row, key: Any) -> str:
    return str(row.type) if row.page_key == key else str(INVERSE_RELATION[row.type])


def _neighbours(links: set[PageLink]) -> dict[int, Neighbour]:
    if not links:
        return {}
    patterns = PatternPage.objects.filter(pk__in=[link.pk for link in links]).order_by()
    marks = {pk: (number, group) for pk, number, group in patterns.values_list("pk", "number", "group")}
    return {
        link.pk: Neighbour(link.title, f"{marks[link.pk][0]:02d}", marks[link.pk][1], link.url, link.language)
        for link in links
        if link.pk in marks
    }
