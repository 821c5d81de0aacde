from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as BaseBackend
from django.http import HttpRequest


class AuthenticationBackend(BaseBackend):
    """django-allauth's, which would check the password of an address that has an account twice: as an address, and as
    what might be a user name. How long the answer takes would tell who has one."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        if credentials.get("email") and credentials.get("username") == credentials["email"]:
            del credentials["username"]
        return super()._authenticate(request, **credentials)
