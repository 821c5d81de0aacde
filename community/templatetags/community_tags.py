from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from .. import markup
from ..reading import Discussion, discussion

register = template.Library()


@register.inclusion_tag("community/discussion.html", takes_context=True, name="discussion")
def show_discussion(context: Any, page: Any) -> dict[str, Any]:
    """The discussion of a page. Holds no form and asks nothing of the reader, so that it can be cached."""
    request = context.get("request")
    language = context.get("reader_language") or translation.get_language() or ""
    if not getattr(page, "discussable", False):
        return {"thread": None}
    with translation.override(language):
        thread = discussion(page.translation_key, request.GET if request else {})
        key = page.translation_key
        write_url = reverse("community:write", args=[key])
        report_url = reverse("community:report", args=[key, "0"]).removesuffix("0/")
        direction = "rtl" if translation.get_language_bidi() else "ltr"
        is_open = page.allow_comments and not thread.is_closed
        lines = markup.thread(thread.lines, markup.Addresses(write_url if is_open else "", report_url))
    if thread.is_hidden or not (is_open or thread.total):
        return {"thread": None}
    return {
        "thread": thread,
        "page": page,
        "reader_language": language,
        "page_language": page.locale.language_code,
        "is_open": is_open,
        "write_url": write_url,
        "lines": lines,
        "direction": direction,
        "earlier": _query(thread, thread.number + 1) if thread.has_earlier else "",
        "later": _query(thread, thread.number - 1) if thread.number > 1 else "",
        "house_rules_url": context["site"].url("house-rules") if "site" in context else "",
    }


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field, without the placeholders and inline styles that django-allauth adds."""
    return field.as_widget(attrs={"placeholder": False, "style": False})


@register.filter
def inline_svg(source: str) -> SafeString:
    """A drawing made by the server, without its XML declaration and on white, as part of the page.

    As an address of its own (`data:`) the Content-Security-Policy would not show it.
    """
    drawing = source[source.index("<svg") :]
    end = drawing.index(">") + 1
    white = '<rect width="100%" height="100%" fill="#fff"/>'
    return mark_safe(drawing[:end] + white + drawing[end:])


def _query(thread: Discussion, number: int) -> str:
    asked = {"comments": thread.only, "talk": number if number > 1 else ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
