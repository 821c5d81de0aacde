"""The cache that all processes share, in production. The site is read while it is away.

What is only kept to be quick is made anew then, so that asking and keeping never fail. Whoever counts or forgets has to
know that nothing was counted or forgotten: `add`, `incr` and `delete` raise, and a request that needs them is answered
by `AwayMiddleware` in plain words.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
SECONDS = 1  # a server that does not answer in this time is away


def _or(otherwise: Callable[[], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def forgiving(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return method(*args, **kwargs)
            except RedisError:
                logger.error("The shared cache does not answer.")
                return otherwise()

        return call

    return forgiving


class SharedCache(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        wait = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
        super().__init__(server, {**params, "OPTIONS": {**wait, **params.get("OPTIONS", {})}})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _or(lambda: default)(super().get)(key, default, version)

    set = _or(lambda: None)(RedisCache.set)
    touch = _or(lambda: False)(RedisCache.touch)
    get_many = _or(dict)(RedisCache.get_many)
    set_many = _or(list)(RedisCache.set_many)
    has_key = _or(lambda: False)(RedisCache.has_key)


class AwayMiddleware:
    """Says that something does not work, where a request needs the cache that is away: above all signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RedisError):
            return None
        logger.error("The shared cache does not answer.", exc_info=exception)
        answer = render(request, "503.html", status=503)
        answer.headers["Retry-After"] = "300"
        answer.headers["Cache-Control"] = "no-store"
        return answer
