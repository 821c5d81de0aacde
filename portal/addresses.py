"""Addresses of pages in the reader's language.

Every page has an address under every language: `/ca/patterns/neighbourhood-watch/` shows the original under Catalan
navigation as long as there is no Catalan page.
"""

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from .languages import active_language

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


def with_language(path: str, language: str) -> str:
    """The same path under another language prefix; a path without a language is left as it is."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in LANGUAGE_CODES else path


def address(page: Page, language: str | None = None) -> str:
    """The path of `page` under the reader's language."""
    return tree_address(page.url_path, language or active_language())


def absolute(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(path)


def own_address(page: Page, request: HttpRequest) -> str:
    """The whole address of the page in its own language; none before it has a place in the tree."""
    return absolute(request, address(page, page.locale.language_code)) if page.url_path else ""


def tree_address(url_path: str, language: str) -> str:
    """The path of a page under a language, from its place in the tree; every language's home stands below the root."""
    parts = url_path.split("/", 2)
    return f"/{language}/{parts[2]}" if len(parts) == 3 else ""  # the root above the homes has no address
