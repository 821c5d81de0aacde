"""How the workbench shows the original of a text."""

import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.languages import language_name
from translation.workbench.bench import Row
from translation.workbench.tokens import Part

register = template.Library()


@register.filter
def own_name(code: str) -> str:
    return language_name(code)


@register.simple_tag
def source_of(row: Row) -> SafeString:
    """The words of the original, its tags as chips."""
    return format_html_join("", "{}", ((_piece(part, row),) for part in row.source_parts))


def _piece(part: Part, row: Row) -> Any:
    if part.tag is None:
        return linebroken(part.text, row)
    slash = "/" if part.closes else ""
    return format_html('<span class="bench-chip">{}{}</span>', slash, part.tag.number)


def linebroken(text: str, row: Row) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((_marked(line, row),) for line in text.split("\n")))


def _marked(text: str, row: Row) -> SafeString:
    """With the terms of the glossary marked."""
    words = sorted({hit.words for hit in row.terms}, key=len, reverse=True)
    if not words:
        return format_html("{}", text)
    pieces = re.split(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)", text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one) if at % 2 else one,) for at, one in enumerate(pieces))
    )
