"""Whoever works on the site, as an editor, moderator or coordinator, proves with more than a password who it is.

Asked for where `SECOND_FACTOR_REQUIRED` is on, which is production. Who has none yet is led to the page that sets one
up; until then the admin is closed and nothing is changed in his name. Reading, and the account itself, stay open.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from ..access import may_moderate
from ..models import Membership

ADMIN, ACCOUNTS = "/admin/", "/accounts/"
SAFE = {"GET", "HEAD", "OPTIONS"}
# Recovery codes alone are no factor: they come with one.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def is_needed(user: Any) -> bool:
    """By what an account may do, not by the names of its groups."""
    if not (settings.SECOND_FACTOR_REQUIRED and user.is_authenticated):
        return False
    works = user.is_staff or user.has_perm("wagtailadmin.access_admin") or may_moderate(user)
    return bool(works) or Membership.objects.filter(user=user, role__in=["moderator", "chair"], until=None).exists()


def is_set_up(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def is_missing(user: Any) -> bool:
    return bool(settings.SECOND_FACTOR_REQUIRED) and not is_set_up(user) and is_needed(user)


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self._is_watched(request) and request.user.is_authenticated and is_missing(request.user):
            return self._refused(request)
        return self.get_response(request)

    def _is_watched(self, request: HttpRequest) -> bool:
        """Without a session there is nobody to ask about, and no query is made."""
        if not settings.SECOND_FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        path = request.path_info
        return path.startswith(ADMIN) or (request.method not in SAFE and not path.startswith(ACCOUNTS))

    def _refused(self, request: HttpRequest) -> HttpResponseBase:
        address = reverse("account_second_factor")
        if request.method in SAFE:
            return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
        # Not sent elsewhere: what was typed is still in the form one step back.
        return explain(request, status=403)


def explain(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    context = {"is_set_up": is_set_up(request.user), "is_refused": status != 200}
    return TemplateResponse(request, "account/second_factor.html", context, status=status).render()


class FactorAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays with those who need one."""
        if authenticator.type not in FACTORS or not is_needed(authenticator.user):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())
