"""How a text of a file is shown beside the one that stands here."""

from django import template
from django.utils.safestring import SafeString

from translation.differences import difference, readable

register = template.Library()


@register.filter
def as_text(data: str) -> SafeString:
    """With tags as signs that can be read."""
    return readable(data)


@register.filter
def differing(here: str, there: str) -> SafeString:
    """The text of the file, with what it has not and what it has instead of the one here."""
    return difference(here, there)
