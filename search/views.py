from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.languages import active_language
from portal.reading import Crumb

from . import presentation
from .documents import PAGE_SIZE, Results
from .service import search

SORTS = ("relevance", "newest")
LAST_PAGE = 500


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The one search page: a form without a query, help without a hit, else hits, filters and paging.

    Every state is its address, and any input gets an answer.
    """
    number = _page_number(request)
    results = _search(request, number)
    last = max(1, -(-results.total // PAGE_SIZE))
    if number > last:
        number, results = last, _search(request, last)
    return render(
        request,
        "search/search_page.html",
        {
            "listing": presentation.result_page(results, number, request.GET),
            "results": results,
            "query": results.query,
            "plain_query": urlencode({"q": results.query.text}),
            "did_you_mean_query": urlencode({"q": results.did_you_mean}),
            "elsewhere": presentation.elsewhere(results),
            "examples": presentation.examples(),
            "breadcrumb": [Crumb(_("Home"), f"/{results.query.language}/"), Crumb(_("Search"))],
        },
    )


def _search(request: HttpRequest, number: int) -> Results:
    sort = request.GET.get("sort", "")
    return search(
        request.GET.get("q", ""),
        language=active_language(),
        user=request.user,
        filters=presentation.chosen_filters(request.GET),
        sort=sort if sort in SORTS else SORTS[0],
        page=number,
    )


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return min(max(int(given), 1), LAST_PAGE) if given.isdecimal() and len(given) < 9 else 1
