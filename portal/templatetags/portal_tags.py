from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.addresses import address

register = template.Library()

ICON = '<svg class="ico{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>'


@register.simple_tag
def icon(name: str, *, directed: bool = False) -> SafeString:
    """A mark of the sprite. Names are written in templates, never taken from readers."""
    return mark_safe(ICON.format(" ico-dir" if directed else "", name))


@register.simple_tag(takes_context=True)
def page_url(context: dict[str, Any], page: Any) -> str:
    """The address of a page under the reader's language."""
    reader: Any = context.get("reader_language")
    return address(page, context.get("request"), reader)


@register.filter
def lang_attr(page: Any, language: str) -> SafeString:
    """` lang="…"` for the text of a page that is shown among text of another language."""
    code = page.locale.language_code
    return format_html(' lang="{}"', code) if code != language else SafeString("")


@register.simple_tag(takes_context=True)
def include_if_present(context: Any, name: str) -> SafeString:
    """A component that another app may bring; nothing where it is not installed."""
    try:
        found = get_template(name)
    except template.TemplateDoesNotExist:
        return SafeString("")
    return SafeString(found.template.render(context))
