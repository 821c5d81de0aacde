"""The language of the account pages, which have no language in their address."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from portal.addresses import LANGUAGE_CODES
from portal.context import Link

from .. import breadcrumbs
from ..models import Member

PREFIX = "/accounts/"
SESSION_KEY = "account-language"
LINKS = re.compile(r'((?:href|action)=")(/accounts/[^"#]*)')


class AccountLanguageMiddleware:
    """Chosen by `?lang=`, then kept for the visit; else that of the account; else what the browser asks for.

    It is kept in the session where there is one. Reading a page must not start one, so without it the choice goes on
    in the links and forms of the page. Other pages carry their language in the address and are left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        language = self._chosen(request)
        if language is None:
            return self.get_response(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers["Content-Language"] = language
        if request.GET.get("lang") == language:
            _keep(request, response, language)
        return response

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        if request.path_info.startswith(PREFIX):
            context = response.context_data = response.context_data or {}
            context.pop("site", None)  # django-allauth's would hide the one of the base template
            context["languages"] = _menu(request)
            context["breadcrumb"] = breadcrumbs.of_account(request)
        return response

    def _chosen(self, request: HttpRequest) -> str | None:
        asked = request.GET.get("lang")
        if asked in LANGUAGE_CODES:
            return asked
        kept = request.session.get(SESSION_KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if kept in LANGUAGE_CODES:
            return kept
        if request.user.is_authenticated:
            member = Member.objects.filter(user_id=request.user.pk).first()
            return member.language if member else None
        return None


def _keep(request: HttpRequest, response: HttpResponse, language: str) -> None:
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        request.session.get(SESSION_KEY)  # reads it: the cookie may be invented
    if request.session.session_key:
        request.session[SESSION_KEY] = language
        return
    if "Location" in response.headers:
        response.headers["Location"] = _with_language(response.headers["Location"], language)
    elif response.get("Content-Type", "").startswith("text/html"):
        text = LINKS.sub(lambda link: link[1] + _with_language(link[2], language, "&amp;"), response.content.decode())
        response.content = text.encode()


def _with_language(address: str, language: str, further: str = "&") -> str:
    if not address.startswith(PREFIX) or "lang=" in address:
        return address
    return f"{address}{further if '?' in address else '?'}lang={language}"


def _menu(request: HttpRequest) -> list[Link]:
    current, kept = translation.get_language(), request.GET.copy()
    links = []
    for code, name in settings.LANGUAGES:
        kept["lang"] = code
        links.append(Link(name, f"{request.path}?{kept.urlencode()}", code, code == current))
    return links
