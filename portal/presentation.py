"""What templates need beside the page itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.translation import get_language_info

from .home import COVER, bands
from .languages import language_in_sentence
from .models import HomePage, KnowledgePage
from .overview import coverage, news
from .reading import reading
from .views_of_pages import view_links

named_in_sentence = lazy(language_in_sentence, str)  # in the language in which the template asks


def page_context(page: KnowledgePage, request: HttpRequest) -> dict[str, Any]:
    """For the base template and the components. `reading` computes the rest when it is asked."""
    view = reading(page, request)
    info = get_language_info(view.page_language)
    # An index is the site talking about its pages: only its own title and introduction wait for a translation.
    shown_in = view.language if page.kind == "index" else view.page_language
    return {
        "reading": view,
        "head": view.head,
        "reader_language": view.language,
        "page_language": shown_in,
        "page_direction": "rtl" if info["bidi"] else "ltr",
        "page_language_name": named_in_sentence(view.page_language),
        "is_fallback": view.is_fallback,
        "languages": view.languages,
        "breadcrumb": view.breadcrumb,
        "contribute_url": view.place_url("contribute"),
        "views": view_links(view),
    }


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """None of it is found out where the page is drawn already."""
    view = reading(page, request)
    found = SimpleLazyObject(lambda: bands(page, view))
    return {
        "is_home": True,
        "cover": SimpleLazyObject(lambda: [one for one in found if one[0].order == COVER]),
        "bands": SimpleLazyObject(lambda: [one for one in found if one[0].order != COVER]),
        "patterns_url": view.place_url("patterns"),
        "coverage": SimpleLazyObject(lambda: coverage(view)),
        "news": SimpleLazyObject(lambda: news(view)),
    }
