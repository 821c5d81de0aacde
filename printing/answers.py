"""A PDF as an answer: named, asked for anew each time, made once for the same data."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from portal.page_cache import release

HOUR = 60 * 60


def pdf_answer(request: HttpRequest, name: str, data: Mapping[str, Any], make: Callable[[], bytes]) -> HttpResponse:
    """`data` is all that the file says, and names what is kept: a text that was taken back is in no answer."""
    digest = _digest(data)
    etag = f'"{digest}"'
    headers = {"Cache-Control": "no-cache" if request.user.is_anonymous else "private, no-cache", "ETag": etag}
    if etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponse(status=304, headers=headers)
    else:
        response = file_answer(_kept(digest, make), name, headers)
    patch_vary_headers(response, ["Cookie"])
    return response


def _kept(key: str, make: Callable[[], bytes]) -> bytes:
    made: bytes | None = caches["files"].get(key)
    if made is None:
        made = make()
        caches["files"].set(key, made, HOUR)
    return made


def file_answer(made: bytes, name: str, headers: Mapping[str, str]) -> HttpResponse:
    named = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(made, content_type="application/pdf", headers={**headers, **named})


def _digest(data: Mapping[str, Any]) -> str:
    said = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str).encode()
    return hashlib.blake2b(said, digest_size=16, key=release()).hexdigest()
