from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from portal.addresses import address
from portal.querysets import in_language, visible

from .models import PatternPage


def short_address(request: HttpRequest, number: str) -> HttpResponse:
    """/p/DIY-08 leads to the pattern in the reader's language; the address never changes."""
    language = get_language_from_request(request)
    pages = visible(PatternPage.objects.filter(number=int(number)), request.user)
    page = in_language(pages, language).select_related("locale").first()
    if page is None:
        raise Http404
    response = HttpResponseRedirect(address(page, language))
    patch_vary_headers(response, ["Accept-Language"])
    return response
