from dataclasses import dataclass

from django import template
from django.urls import reverse

from portal import terms
from portal.vocabulary import INVERSE_RELATION, RelationType, TermScheme

from ..models import PatternPage
from ..rules import inverse_relations as stored_elsewhere

register = template.Library()


@dataclass(frozen=True)
class InverseRelation:
    label: str
    title: str
    reason: str
    is_live: bool
    edit_url: str


@register.simple_tag
def inverse_relations(page: PatternPage) -> list[InverseRelation]:
    """The relations that other patterns store towards `page`, as `page` would say them."""
    if page is None or not page.pk:
        return []
    return [
        InverseRelation(
            label=str(RelationType(INVERSE_RELATION[row.type]).label),
            title=row.page.title,
            reason=row.reason,
            is_live=row.page.live,
            edit_url=reverse("wagtailadmin_pages:edit", args=[row.page_id]),
        )
        for row in stored_elsewhere(page).select_related("page").order_by("page__number")
    ]


@register.simple_tag
def relations_to_drafts(page: PatternPage) -> list[InverseRelation]:
    """Relations of `page` that readers do not see, because the other pattern is not published."""
    if page is None or not page.pk:
        return []
    return [
        InverseRelation(
            label=str(RelationType(row.type).label),
            title=row.target.get_admin_display_title(),
            reason=row.reason,
            is_live=False,
            edit_url=reverse("wagtailadmin_pages:edit", args=[row.target_id]),
        )
        for row in page.relations.all()
        if row.target_id and not row.target.live
    ]


@register.filter
def reader_role(code: str) -> str:
    """A role of the editable vocabulary in words."""
    return terms.label(TermScheme.READER_ROLE, code)
