"""Tags of the admin templates."""

from typing import Any

from django import template
from wagtail.models import Page

from ..admin.block_examples import Part, parts_of
from ..admin.usage import Pointer, pointers_to

register = template.Library()


@register.simple_tag(takes_context=True)
def pages_that_point_to(context: dict[str, Any], page: Any) -> list[Pointer]:
    """What points to `page` or to a page below it; nothing for what is not a page."""
    if not isinstance(page, Page):
        return []
    below = page.get_descendants(inclusive=True).only("pk", "translation_key")
    return pointers_to(below, context["request"].user)


@register.filter
def other_languages(page: Page) -> list[str]:
    """The languages, other than its own, in which readers still find the page."""
    translations = page.get_translations().live().filter(alias_of__isnull=True).select_related("locale")
    return [translation.locale.get_display_name() for translation in translations]


@register.simple_tag
def block_parts(bound_block: Any) -> Part:
    """The pieces of a block for its preview."""
    return parts_of(bound_block.block, bound_block.value)
