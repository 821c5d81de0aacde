"""A search to follow: what was published or changed last among what it finds, as Atom or JSON Feed.

Its address is the search itself; nobody needs an account and nothing is stored. It tells what everybody may see.
"""

import datetime
import hashlib
from html import unescape
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.html import strip_tags
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.feeds import AtomFeed
from portal.languages import active_language

from . import filters, operators
from .documents import Hit, Results
from .service import search

MOST = 30  # entries: whoever looks once a week should miss nothing


class Entry(NamedTuple):
    id: str
    url: str
    title: str
    summary: str
    language: str
    changed: datetime.datetime


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    return _answer(request, _atom)


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    return _answer(request, _json)


def _answer(request: HttpRequest, written: Any) -> HttpResponse:
    results = _search(request)
    query = results.query
    if not query.text and not query.filters:
        message = _("Add words to look for, or filters.")
        return HttpResponseBadRequest(message, content_type="text/plain; charset=utf-8")
    entries = [_entry(request, hit) for hit in results.hits if hit.changed]
    response: HttpResponse = written(request, _title(results), entries)
    etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    newest = max((entry.changed for entry in entries), default=None)
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    modified = int(newest.timestamp()) if newest else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


def _search(request: HttpRequest) -> Results:
    text, taken = operators.taken_out(request.GET.get("q", ""))
    parameters = request.GET.copy()
    for name, values in taken.items():
        parameters.setlist(name, [*parameters.getlist(name), *values])
    chosen = filters.chosen_filters(parameters)
    return search(text, language=active_language(), filters=chosen, sort="newest", limit=MOST)


def _title(results: Results) -> str:
    named = [option.label for group in filters.filter_groups(results) for option in group.options if option.checked]
    return _("Search: %(words)s") % {"words": ", ".join([*filter(None, [results.query.text[:60]]), *named])}


def _entry(request: HttpRequest, hit: Hit) -> Entry:
    url = request.build_absolute_uri(hit.url)
    is_page = ":" not in hit.subject  # others, such as comments, have no key of their own that lasts longer
    return Entry(
        id=f"urn:uuid:{hit.subject}:{hit.language}" if is_page else url,
        url=url,
        title=_plain(hit.title) or str(hit.card.get("caption", "")),
        summary=_plain(hit.summary) or _plain(hit.snippet),
        language=hit.language,
        changed=hit.changed,  # type: ignore[arg-type]  # hits without a date were left out
    )


def _plain(html: str) -> str:
    """Without the marks."""
    return unescape(strip_tags(html))


def _page_url(request: HttpRequest) -> str:
    address = f"/{active_language()}/search/?{request.GET.urlencode()}"
    return request.build_absolute_uri(address)


def _atom(request: HttpRequest, title: str, entries: list[Entry]) -> HttpResponse:
    feed = AtomFeed(title, _page_url(request), "", language=active_language(), feed_url=request.build_absolute_uri())
    for entry in entries:
        feed.add_item(
            entry.title,
            entry.url,
            entry.summary,
            unique_id=entry.id,
            updateddate=entry.changed,
            unique_id_is_permalink=False,
            language=entry.language,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=AtomFeed.content_type)


def _json(request: HttpRequest, title: str, entries: list[Entry]) -> HttpResponse:
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            "language": entry.language,
            "date_modified": entry.changed.isoformat(),
        }
        for entry in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": _page_url(request),
        "feed_url": request.build_absolute_uri(),
        "language": active_language(),
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})
