"""The forms before pages and documents that one password opens to everybody who knows it: Wagtail's, with a limit.

Only wrong passwords count, so that a whole workshop gets in from one address.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.documents.views.serve import authenticate_with_password as open_document
from wagtail.views import authenticate_with_password as open_page

View = Callable[..., HttpResponse]


def _limited(view: View, restriction: str) -> View:
    """`restriction` names the argument that says which password is asked for."""

    @wraps(view)
    def limited(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = {"action": "shared_password", "key": f"{restriction}:{kwargs[restriction]}"}
        if not ratelimit.consume(request, dry_run=True, **asked):
            return ratelimit.respond_429(request)
        response = view(request, **kwargs)
        if request.method == "POST" and not isinstance(response, HttpResponseRedirect):
            ratelimit.consume(request, **asked)
        return response

    return limited


page_password = _limited(open_page, "page_view_restriction_id")
document_password = _limited(open_document, "restriction_id")
