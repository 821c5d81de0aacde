"""Requests of a reader without an account: for what is made for everybody, whoever asks."""

import io
from copy import copy
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, QueryDict


def made_anonymous(request: HttpRequest) -> HttpRequest:
    """The same request from somebody without an account and without a choice."""
    public = copy(request)
    public.GET, public.user = QueryDict(), AnonymousUser()
    return public


def anonymous_request() -> WSGIRequest:
    """One at the site's public address, for what the worker makes."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "HTTP_HOST": base.netloc,
            "SERVER_NAME": base.hostname or "localhost",
            "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
            "wsgi.url_scheme": base.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
    request.user = AnonymousUser()
    return request
