"""The addresses of the vocabularies: linked data for programs, a page for people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from . import skos
from .languages import active_language

TYPES = {"turtle": "text/turtle", "jsonld": "application/ld+json"}
WRITERS: dict[str, Any] = {"turtle": skos.turtle, "jsonld": skos.json_ld}


def scheme_or_404(code: str) -> skos.Scheme:
    found = skos.scheme(code)
    if found is None:
        raise Http404
    return found


def identity(request: HttpRequest, scheme: str) -> HttpResponse:
    """What a scheme's own address answers depends on what the reader's program asks for."""
    found = scheme_or_404(scheme)
    wanted = request.get_preferred_type(["text/html", *TYPES.values()])
    form = next((name for name, content_type in TYPES.items() if content_type == wanted), "")
    response = _data(found, form) if form else _to_page(request, scheme)
    patch_vary_headers(response, ["Accept"] if form else ["Accept", "Accept-Language"])
    return response


def _to_page(request: HttpRequest, scheme: str) -> HttpResponse:
    with translation.override(get_language_from_request(request)):
        return HttpResponseRedirect(reverse("vocabulary", args=[scheme]), status=303)


def data(request: HttpRequest, scheme: str, form: str) -> HttpResponse:
    if form not in TYPES:
        raise Http404
    return _data(scheme_or_404(scheme), form)


def _data(scheme: skos.Scheme, form: str) -> HttpResponse:
    return HttpResponse(WRITERS[form](scheme), content_type=f"{TYPES[form]}; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    shown = [(scheme, len(scheme.concepts())) for scheme in skos.schemes()]
    return render(request, "portal/vocabularies.html", {"schemes": [pair for pair in shown if pair[1]]})


def vocabulary(request: HttpRequest, scheme: str) -> HttpResponse:
    found, language = scheme_or_404(scheme), active_language()
    concepts = [
        (concept, _text(concept.labels, language), _text(concept.definitions, language)) for concept in found.concepts()
    ]
    context = {"scheme": found, "concepts": concepts, "iri": skos.iri(scheme)}
    return render(request, "portal/vocabulary.html", context)


def _text(texts: skos.Texts, language: str) -> str:
    """In the reader's language, else in the first."""
    return texts.get(language) or next(iter(texts.values()), "")
