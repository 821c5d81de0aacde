"""Tags of the edit form of a pattern."""

from dataclasses import dataclass
from typing import Any

from django import template

from portal.vocabulary import INVERSE_RELATION, RelationType

from .. import rules

register = template.Library()


@dataclass(frozen=True)
class Inverse:
    """A relation that another pattern stores, read from this side."""

    label: str
    page: Any
    reason: str


@register.simple_tag
def relations_stored_elsewhere(page: Any) -> list[Inverse]:
    if page is None or page.pk is None:
        return []
    rows = rules.inverse_relations(page).select_related("page")
    return [Inverse(str(RelationType(INVERSE_RELATION[row.type]).label), row.page, row.reason) for row in rows]


@register.simple_tag
def relations_to_drafts(page: Any) -> list[Any]:
    """Relations of this page that readers do not see, because the other pattern is not published."""
    if page is None or page.pk is None:
        return []
    return [row for row in page.relations.all() if row.target_id and not row.target.live]
