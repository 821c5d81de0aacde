"""The cards of a sequence, a collection or a list one at a time: with a facilitator, and on a screen by itself."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.addresses import address
from portal.languages import active_language
from portal.links import page_links
from portal.querysets import in_language, visible
from portal.reading import reading
from portal.views_of_pages import shown

from ..models import CollectionIndexPage, CollectionPage, PatternIndexPage
from .face import face_of
from .show import LARGEST_NUMBER, Show
from .sources import from_collections, from_list

Index = PatternIndexPage | CollectionIndexPage
DRAWN_AT_ONCE = 3


def facilitate_page(page: Index, request: HttpRequest) -> HttpResponse:
    show = _show(page, request, "facilitate/")
    if show.drawn and not show.seed:
        return _draw(show)
    description = _("One card at a time in large type, with questions to talk about.")
    extra = {
        "kiosk_url": show.url(view=_below(page, "kiosk/")),
        "undrawn_url": show.url(without=("draw", "seed")),
        "hidden": show.hidden("draw", "seed"),
        "draw_default": show.drawn or min(DRAWN_AT_ONCE, show.total),
    }
    return _answer(page, request, show, "patterns/facilitate.html", _("Cards for a group"), description, **extra)


def kiosk_page(page: Index, request: HttpRequest) -> HttpResponse:
    show = _show(page, request, "kiosk/")
    if show.drawn and not show.seed:
        return _draw(show)
    description = _("One card at a time for a screen that stands by itself.")
    extra = {"seconds": show.seconds}
    return _answer(page, request, show, "patterns/kiosk.html", _("Cards on a screen"), description, **extra)


def _show(page: Index, request: HttpRequest, view: str) -> Show:
    index_url = _below(page)
    source = from_list if isinstance(page, PatternIndexPage) else from_collections
    return Show(request, source(request, index_url), f"{index_url}{view}")


def _below(page: Index, view: str = "") -> str:
    return f"{address(page, active_language())}{view}"


def _draw(show: Show) -> HttpResponse:
    """Another draw has another address, which shows the same cards to everybody."""
    query = show.request.GET.copy()
    query["seed"] = str(1 + secrets.randbelow(LARGEST_NUMBER))
    query.pop("card", None)
    response = HttpResponseRedirect(f"{show.path}?{query.urlencode(safe=',')}")
    response["Cache-Control"] = "no-store"
    return response


def _answer(
    page: Index, request: HttpRequest, show: Show, template: str, title: str, description: str, **extra: Any
) -> HttpResponse:
    face = face_of(show.step, request) if show.total else None
    context: dict[str, Any] = {"show": show, "face": face, **extra}
    if face is None:
        context |= _to_begin_with(page, request, show)
    else:
        said = {"title": face.page.title, "number": show.number, "total": show.total}
        title = _("%(title)s, card %(number)d of %(total)d") % said
    return shown(page, request, template, title=title, description=description, **context)


def _to_begin_with(page: Index, request: HttpRequest, show: Show) -> dict[str, Any]:
    """What can be shown where nothing is chosen: the code of each collection and its link, all patterns, one's own."""
    language = active_language()
    places = reading(page, request).places
    patterns, own = (places[code].url if code in places else "" for code in ("patterns", "collections"))
    view = show.path.removeprefix(_below(page))
    pages = in_language(visible(CollectionPage.objects.all(), request.user), language).order_by("path")
    codes = dict(pages.values_list("pk", "code"))
    links = page_links(codes, language, request, request.user)
    return {
        "collections": [(f"{own}{view}?collection={code}", links[pk]) for pk, code in codes.items() if pk in links],
        "all_url": f"{patterns}{view}" if patterns else "",
        "build_url": f"{own}build/" if own else "",
    }
