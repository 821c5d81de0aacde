from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal import printed
from portal.languages import active_language

from . import deck, sheets
from .answers import file_answer, pdf_answer
from .background import ask_for, has_failed
from .book import is_current
from .cards import A6, MOST, ON_A_SHEET, Deck, deck_of, pages
from .models import Book
from .preview import sheets_of

REFRESH_SECONDS = 5


def cards_to_print(request: HttpRequest) -> HttpResponse:
    """Choose cards and see the first sheets as they will be printed."""
    return _page(request, deck_of(request))


def deck_as_pdf(request: HttpRequest) -> HttpResponse:
    """The chosen cards; the page says why where there is nothing to print."""
    chosen = deck_of(request)
    if chosen.problems or chosen.unknown or chosen.is_too_large or not chosen.chosen:
        return _page(request, chosen, status=404)
    name = f"diy-policing-cards-{chosen.language}-{chosen.size}"
    data = deck.data(chosen, request.build_absolute_uri)
    return pdf_answer(request, name, data, lambda: deck.made(chosen, data))


def _page(request: HttpRequest, chosen: Deck, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "deck": chosen,
        "most": MOST,
        "sizes": [(size, ON_A_SHEET[size], size == chosen.size) for size in ON_A_SHEET],
        "is_large_card": chosen.size == A6,
        **sheets_of(chosen, request.build_absolute_uri),
    }
    return render(request, "printing/cards.html", context, status=status)


def sheet(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One page on A4, for whoever may read it."""
    of_kind = printed.kind(kind)
    if of_kind is None:
        raise Http404
    page = pages(of_kind, active_language(), request.user).filter(code=code).select_related("locale").first()
    if page is None:
        raise Http404
    said = sheets.data(page, request)
    return pdf_answer(request, f"{kind}-{code}-{said['lang']}", said, lambda: sheets.made(page, said))


def book(request: HttpRequest) -> HttpResponse:
    """Where the book is, and how far; a page that asks for itself again needs no script."""
    language = active_language()
    found = Book.objects.filter(language=language).first()
    ready = found is not None and is_current(found)
    failed = found is not None and not ready and has_failed(language)
    is_made = found is not None and not ready and not failed and "wait" in request.GET and found.state != Book.READY
    context = {
        "book": found,
        "is_ready": ready,
        "is_made": is_made,
        "has_failed": failed,
        "seconds": REFRESH_SECONDS,
    }
    response = render(request, "printing/book.html", context)
    response["Cache-Control"] = "no-cache"
    return response


def book_as_pdf(request: HttpRequest) -> HttpResponse:
    """The book, or the page that says how far it is."""
    language = active_language()
    found = Book.objects.filter(language=language).first()
    if found is None or not is_current(found):
        ask_for(language)
        response = redirect("printing:book")
        response["Location"] += "?wait=1"
        response["Cache-Control"] = "no-cache"
        return response
    with default_storage.open(found.name) as stored:
        return file_answer(stored.read(), f"diy-policing-book-{language}", {"Cache-Control": "no-cache"})
