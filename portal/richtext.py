"""Rich text for readers: links to pages lead to the reader's language and vanish with their page."""

import re
from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from .links import PageLink

PAGE_ID = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')
PAGE_ANCHOR = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"[^>]*>(.*?)</a>', re.S)
OTHER_LINK = re.compile(r'linktype="(?!page")|<embed\b')


def page_ids(html: str) -> set[int]:
    return {int(pk) for pk in PAGE_ID.findall(html)} if "linktype" in html else set()


def render(html: str, links: Mapping[int, PageLink], language: str = "") -> SafeString:
    """The stored text as HTML. Wagtail cleaned it when it was saved; `language` is that of the text around links."""

    def anchor(match: re.Match[str]) -> str:
        link = links.get(int(match[1]))
        if link is None:
            return match[2]
        if link.language != language:
            return format_html('<a href="{}" hreflang="{}">{}</a>', link.url, link.language, mark_safe(match[2]))
        return format_html('<a href="{}">{}</a>', link.url, mark_safe(match[2]))

    if "linktype" in html:
        html = PAGE_ANCHOR.sub(anchor, html)
    if OTHER_LINK.search(html):
        html = expand_db_html(html)
    return mark_safe(html)
