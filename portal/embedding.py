"""Cards for other sites: a small page of one pattern or practice that anybody may put into a frame.

Only its addresses may be framed, so nothing on them can be misused by a site around them: no script, no form, no
cookie, nobody's name. It is what everybody may read, whoever asks. What is not there, or not for everybody, answers
with a plain card as well, since an error page would leave a hole in somebody's article.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from . import printed
from .addresses import absolute, address, with_language
from .cards import stars
from .headers import may_be_framed
from .languages import active_language
from .querysets import in_language, visible
from .serving import mark

WIDTH, HEIGHT = 360, 680  # room for the longest card; the reader's own size of letters may make it scroll
FRAME = '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border: 0; max-width: 100%"></iframe>'


@dataclass(frozen=True)
class Offer:
    """What a page offers to whoever wants its card: the code to copy, and the card to look at."""

    url: str
    code: str
    oembed: str


def _framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view in a frame, and in place of an error a card that says nothing of why."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "portal/embed_missing.html", status=404)
        return may_be_framed(response)

    return wrapped


@_framed
def embedded_card(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    language = active_language()
    page, make_cards = _subject(kind, code, language)
    mark(request, page)
    (card,) = make_cards(type(page).objects.filter(pk=page.pk), language, None)
    context = {
        "page": page,
        "card": card,
        "stars": stars(card.confidence),
        "url": absolute(request, address(page, language)),
        "is_replaced": getattr(page, "superseded_by_id", None) is not None,
    }
    return render(request, "portal/embed.html", context)


def oembed(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The same for sites that turn an address into its card by themselves (oembed.com, with discovery)."""
    page, _make_cards = _subject(kind, code, active_language())
    mark(request, page)
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": page.title,
            "provider_name": settings.SITE_NAME,
            "provider_url": absolute(request, f"/{active_language()}/"),
            "html": frame(page, absolute(request, reverse("embed", args=[kind, code]))),
            "width": WIDTH,
            "height": HEIGHT,
        }
    )


def _subject(kind: str, code: str, language: str) -> tuple[Any, printed.Cards]:
    of_kind = printed.kind(kind)
    if of_kind is None or of_kind.cards is None:
        raise Http404
    pages = in_language(visible(of_kind.model.objects.filter(code=code)), language)
    page = pages.select_related("locale").first()
    if page is None:
        raise Http404
    return page, of_kind.cards


def offer(page: Any, request: HttpRequest, language: str = "") -> Offer | None:
    """None for a page that has no card, and for one that is not for everybody."""
    of_kind = printed.kind(page.kind)
    if of_kind is None or of_kind.cards is None or not page.pk:
        return None
    here, there = (
        absolute(request, with_language(reverse(name, args=[page.kind, page.code]), language or active_language()))
        for name in ("embed", "oembed")
    )
    return Offer(here, frame(page, here), there)


def frame(page: Any, url: str) -> str:
    return format_html(FRAME, url, page.title, WIDTH, HEIGHT)
