"""Finished pages for readers without an account, kept compressed until something they show changes.

An entry carries the stamps it depends on: `site`, and those a view adds to `request.stamp_keys` (page serving adds the
page's subject). Each hit compares them in one small query, so what is published or approved shows at the next request
in every process. Entries end at midnight, when a consent or a date may run out without anybody touching anything, and
at the hour set for the next page to begin or end.

What may be kept is narrow: an answer to a GET without any cookie, that sets none, under an address without parameters.
So no form token and nobody's name can get in, and nobody can fill the cache with invented addresses. Readers' browsers
ask each time and get a 304.
"""

import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from . import schedule, stamps

REVALIDATE = "no-cache, s-maxage=0"
PRIVATE = "private, no-cache"
SIGNED_IN = "private, no-store"  # on a shared computer the back button shows nothing to who comes next
NEVER_KEPT = ("/admin/", "/accounts/", "/documents/", "/media/")
TEXTUAL = ("text/", "application/atom+xml", "application/xml", "application/json", "image/svg+xml")
LARGEST = 1_000_000
SMALLEST_COMPRESSED = 500
SHAPING = ("*.py", "*.html", "*.mo", "*.css", "*.js")


class Entry(NamedTuple):
    stamps: dict[str, int]
    etag: str
    headers: dict[str, str]
    body: bytes


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.stamp_keys = set()  # type: ignore[attr-defined]
        key = key_of(request) if may_be_answered_from_cache(request) else ""
        if not key:
            return compress_now(request, self.get_response(request))
        encoding = accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        kept = caches["pages"].get(key + encoding)
        if kept is not None and stamps.read(kept.stamps) == kept.stamps:
            return answer(request, kept)
        before = stamps.read([stamps.SITE, stamps.ANY])
        ends = end_of_what_is_kept(before[stamps.SITE])
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and may_be_kept(request, response):
            return answer(request, keep(request, response, key, before, ends)[encoding])
        return compress_now(request, response)


def may_be_answered_from_cache(request: HttpRequest) -> bool:
    if not settings.PAGE_CACHE_SECONDS or request.method not in ("GET", "HEAD"):
        return False
    if "HTTP_AUTHORIZATION" in request.META or request.path_info.startswith(NEVER_KEPT):
        return False
    if not request.META.get("HTTP_COOKIE"):
        return True
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


def key_of(request: HttpRequest) -> str:
    """Empty where the request names a host that is not ours, or ours in a spelling that nobody uses."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    if not is_usual(host, request.META.get("SERVER_PORT", "")):
        return ""
    address = f"{request.scheme}://{host}{request.META['PATH_INFO']}?{request.META.get('QUERY_STRING', '')}"
    return hashlib.blake2b(address.encode(), digest_size=16, key=release()).hexdigest()


def is_usual(host: str, server_port: str) -> bool:
    """Django takes our names with any port and in any case; each would be a copy of the whole site.

    They cannot share one copy either: pages print the address under which they were asked for.
    """
    if host == urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc:
        return True
    name, port = split_domain_port(host)
    is_plain = host == (f"{name}:{port}" if port else name)
    return is_plain and port in ("", server_port) and name in settings.ALLOWED_HOSTS


@cache
def release() -> bytes:
    """Tells apart what different versions of the code would answer, should they share one cache."""
    digest = hashlib.blake2b(settings.WAGTAILADMIN_BASE_URL.encode(), digest_size=16)
    places = [Path(app.path) for app in apps.get_app_configs()]
    ours = [place for place in places if place.parent == settings.BASE_DIR] + [settings.BASE_DIR / "locale"]
    paths = {path for place in ours for pattern in SHAPING for path in place.rglob(pattern)}
    for path in [settings.BASE_DIR / "requirements.txt", *sorted(paths)]:
        digest.update(path.read_bytes())
    return digest.digest()


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    if request.method != "GET" or request.META.get("HTTP_COOKIE") or response.status_code != 200:
        return False
    if request.META.get("QUERY_STRING"):
        return False
    if response.cookies or response.has_header("Cache-Control"):
        return False
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return varies <= {"cookie", "accept-encoding"} and is_text(response) and len(response.content) <= LARGEST


def is_text(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith(TEXTUAL) and not response.has_header("Content-Encoding")


def keep(
    request: HttpRequest, response: HttpResponse, key: str, before: dict[str, int], ends: datetime
) -> dict[str, Entry]:
    """The answer in each encoding, kept unless something was touched, or ended, while it was made."""
    wanted: set[str] = {stamps.SITE, *request.stamp_keys}  # type: ignore[attr-defined]
    now = stamps.read([*sorted(wanted), stamps.ANY])
    entries = encoded(response, {name: now[name] for name in wanted})
    if {name: now[name] for name in before} == before:
        seconds = min(settings.PAGE_CACHE_SECONDS, int(ends.timestamp() - timezone.now().timestamp()))
        caches["pages"].set_many({key + encoding: entry for encoding, entry in entries.items()}, seconds)
    return entries


def encoded(response: HttpResponse, versions: dict[str, int]) -> dict[str, Entry]:
    body = response.content
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {**response.headers, "Cache-Control": REVALIDATE}
    bodies = {"": body, "gzip": gzip.compress(body, 6, mtime=0), "br": brotli.compress(body, quality=5)}
    entries = {}
    for encoding, data in bodies.items():
        etag = f'"{digest}-{encoding or "id"}"'
        own = {"ETag": etag, "Content-Length": str(len(data))} | ({"Content-Encoding": encoding} if encoding else {})
        entries[encoding] = Entry(versions, etag, headers | own, data)
    return entries


def end_of_what_is_kept(site_version: int) -> datetime:
    """Asked before an answer is made: what ended meanwhile must not be kept for the time after."""
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    change = schedule.next_change(site_version)
    return min(midnight, change) if change else midnight


def answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if asked and (entry.etag in asked or asked.strip() == "*"):
        short = {name: entry.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
        return HttpResponse(status=304, headers=short)
    return HttpResponse(entry.body, headers=entry.headers)


def compress_now(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """For answers made for one reader: the cheapest compression that helps."""
    if not isinstance(response, HttpResponse) or not is_text(response):
        return response
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = SIGNED_IN if settings.SESSION_COOKIE_NAME in request.COOKIES else PRIVATE
    patch_vary_headers(response, ["Accept-Encoding"])
    accepted = accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""), ("gzip",))
    if accepted and len(response.content) >= SMALLEST_COMPRESSED:
        response.content = gzip.compress(response.content, 1, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response


@lru_cache(maxsize=256)
def accepted_encoding(header: str, ours: tuple[str, ...] = ("br", "gzip")) -> str:
    """The first of our encodings that the reader's browser accepts, or an empty text."""
    refused = {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    parts = [part.partition(";") for part in header.lower().replace(" ", "").split(",")]
    accepted = {name for name, _, quality in parts if quality not in refused}
    return next((name for name in ours if name in accepted), "")
