"""Middleware without a theme of its own."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from .querysets import may_open, shown_now


class RedirectMiddleware(WagtailRedirectMiddleware):
    """The old addresses of pages, which Wagtail notes when a page is renamed.

    Whoever may not see a page is not told its new address: to them the old one is unknown.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer = super().process_response(request, response)
        return response if answer is not response and _leads_to_a_closed_page(request) else answer


def _leads_to_a_closed_page(request: HttpRequest) -> bool:
    full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    redirect = get_redirect(request, full) or get_redirect(request, full.partition("?")[0])
    if redirect is None or redirect.redirect_page_id is None:
        return False
    page = Page.objects.filter(shown_now(), pk=redirect.redirect_page_id).first()
    return page is None or not may_open(page.path, request)


def null_middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer an address with a NUL in it with 404: PostgreSQL refuses to look for one, and Wagtail would ask it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware
