"""Practices that show a pattern.

Practices link to patterns; this side reads the links through the reverse relation and imports nothing of practices.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.fields import PartialDate
from portal.languages import alphabetical
from portal.links import PageLink
from portal.prepared import Prepared
from portal.querysets import visible
from portal.vocabulary import Strength

from .models import PatternPage


@dataclass(frozen=True)
class Example:
    title: str
    url: str
    language: str
    mark: str  # the country's code
    strength: str
    card_line: str
    since: str
    criteria_met: int | None  # None where no check was made
    is_main: bool


class Row(NamedTuple):
    page_id: int
    page_key: Any
    strength: str


def stored_rows(page: PatternPage) -> list[Row]:
    """One row for each practice that names this pattern in any language: the one made first, on the original."""
    found: dict[Any, Row] = {}
    for row in map(Row._make, _rows(page.translation_key)):
        found.setdefault(row.page_key, row)
    return list(found.values())


def _links(key: UUID) -> QuerySet:
    rows: QuerySet = PatternPage.practice_links.rel.related_model.objects.all()
    return rows.filter(pattern__translation_key=key)


@Prepared.of(UUID)
def _rows(key: UUID) -> QuerySet:
    return _links(key).order_by("pk").values_list("page_id", "page__translation_key", "strength")


def _model() -> Any:
    return PatternPage.practice_links.rel.related_model._meta.get_field("page").related_model


def countries_of_examples(page: PatternPage) -> set[str]:
    """The countries of the published practices that show the pattern."""
    pages = _model().objects.filter(translation_key__in=_links(page.translation_key).values("page__translation_key"))
    rows = visible(pages).values_list("country", "further_countries")
    return {str(code) for country, further in rows for code in (country, *further) if code}


def examples(rows: Iterable[Row], links: Mapping[int, PageLink]) -> list[Example]:
    """The published practices among `rows`, main examples first; `links` says in which language each is shown."""
    shown = {links[row.page_id].pk: (row, links[row.page_id]) for row in rows if row.page_id in links}
    if not shown:
        return []
    fields = ("pk", "country", "card_line", "started", "started_note", "criteria")
    values = _model().objects.filter(pk__in=shown).order_by().values_list(*fields)
    found = [_example(*shown[value[0]], *value[1:]) for value in values]
    return sorted(found, key=lambda example: (not example.is_main, alphabetical(example.title)))


def _example(
    row: Row, link: PageLink, country: Any, card_line: str, started: PartialDate | None, note: str, criteria: Any
) -> Example:
    return Example(
        title=link.title,
        url=link.url,
        language=link.language,
        mark=str(country or ""),
        strength=str(Strength(row.strength).label),
        card_line=card_line,
        since=_("since %(date)s") % {"date": started.display()} if started else note,
        criteria_met=_met(criteria),
        is_main=row.strength == Strength.MAIN,
    )


def _met(criteria: Any) -> int | None:
    """How many criteria of the good-practice check are met, counted in the stored stream."""
    blocks = json.loads(criteria) if isinstance(criteria, str) else getattr(criteria, "raw_data", None)
    if not blocks:
        return None
    return sum(block["value"]["verdict"] == "yes" for block in blocks)
