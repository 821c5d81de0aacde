import hashlib
from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.languages import active_language
from portal.reading import Crumb

from . import explaining, operators, presentation, query_log, suggesting
from .documents import PAGE_SIZE, Results
from .filters import all_kind_names, chosen_filters
from .service import search

SORTS = ("relevance", "newest")
LAST_PAGE = 500
# Long enough for somebody who corrects a letter, too short to matter when a title is withdrawn.
SUGGESTIONS_KEPT = "private, max-age=60"


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The one search page: a form without a query, help without a hit, else hits, filters and paging.

    Every state is its address, and any input gets an answer.
    """
    text, taken = operators.taken_out(request.GET.get("q", ""), request.user)
    if taken:
        return HttpResponseRedirect(f"{request.path}?{_with_filters(request.GET, text, taken)}")
    number = _page_number(request)
    results = _search(request, number)
    last = max(1, -(-results.total // PAGE_SIZE))
    if number > last:
        number, results = last, _search(request, last)
    if number == 1 and request.method == "GET":
        query_log.note(results)
    explains = "explain" in request.GET and explaining.may_explain(request.user)
    explained = explaining.explanations(results) if explains else {}
    return render(
        request,
        "search/search_page.html",
        {
            "listing": presentation.result_page(results, number, request.GET, explained),
            "results": results,
            "query": results.query,
            "explains": explains,
            "notes": presentation.notes(results),
            "plain_query": urlencode({"q": results.query.text}),
            "feed_query": presentation.feed_query(request.GET),
            "did_you_mean_query": presentation.with_text(request.GET, results.did_you_mean)
            if results.did_you_mean
            else "",
            "apart": presentation.apart(results, request.GET),
            "closed": presentation.closed(results) if number == 1 else [],
            "elsewhere": presentation.elsewhere(results, request.GET),
            "examples": presentation.examples,  # asked for where there is nothing to show
            "breadcrumb": [Crumb(_("Home"), f"/{results.query.language}/"), Crumb(_("Search"))],
        },
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What somebody who typed so much may be looking for, for the search box of every page."""
    found = suggesting.suggestions(request.GET.get("q", "")[:200], active_language(), request.user)
    kinds = all_kind_names() if found else {}
    reader = active_language()
    options = [
        {
            **asdict(one),
            "kind": kinds.get(one.kind, ""),
            "language": one.language if one.language != reader else "",
        }
        for one in found
    ]
    number = len(options)
    status = ngettext("%(number)d suggestion", "%(number)d suggestions", number) % {"number": number}
    response = JsonResponse({"options": options, "status": status if number else _("No suggestions")})
    etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    response["Cache-Control"] = SUGGESTIONS_KEPT
    return get_conditional_response(request, etag=etag, response=response) or response


def _with_filters(parameters: QueryDict, text: str, taken: dict[str, list[str]]) -> str:
    kept = parameters.copy()
    kept["q"] = text
    kept.pop("page", None)
    for name, values in taken.items():
        kept.setlist(name, list(dict.fromkeys([*kept.getlist(name), *values])))
    return kept.urlencode()


def _search(request: HttpRequest, number: int) -> Results:
    sort = request.GET.get("sort", "")
    return search(
        request.GET.get("q", ""),
        language=active_language(),
        user=request.user,
        filters=chosen_filters(request.GET),
        sort=sort if sort in SORTS else SORTS[0],
        page=number,
    )


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return min(max(int(given), 1), LAST_PAGE) if given.isdecimal() and len(given) < 9 else 1
