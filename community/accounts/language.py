"""The language of the account pages, which have no language in their address."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from portal.context import Link

from .. import breadcrumbs
from ..models import Member

PREFIX = "/accounts/"
SESSION_KEY = "account-language"
CODES = [code for code, _name in settings.LANGUAGES]


class AccountLanguageMiddleware:
    """Chosen by `?lang=`, then kept for the visit; else that of the account; else what the browser asks for.

    Other pages carry their language in the address and are left alone.
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
        if asked in CODES:
            request.session[SESSION_KEY] = asked
            return asked
        kept = request.session.get(SESSION_KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if kept in CODES:
            return kept
        if request.user.is_authenticated:
            member = Member.objects.filter(user_id=request.user.pk).first()
            return member.language if member else None
        return None


def _menu(request: HttpRequest) -> list[Link]:
    current, kept = translation.get_language(), request.GET.copy()
    links = []
    for code, name in settings.LANGUAGES:
        kept["lang"] = code
        links.append(Link(name, f"{request.path}?{kept.urlencode()}", code, code == current))
    return links
