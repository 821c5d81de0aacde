"""The sitemap: every published page of every language, with its translations as alternates."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Page

from .querysets import ORIGINAL_FIRST, visible


def sitemap(request: HttpRequest) -> HttpResponse:
    """One file: a sitemap holds 50,000 addresses, the portal has a few thousand at most."""
    pages = (
        visible(Page.objects.filter(depth__gt=1, alias_of__isnull=True))
        .order_by(*ORIGINAL_FIRST)
        .select_related("locale")
    )
    subjects: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for page in pages.order_by(*ORIGINAL_FIRST):
        url = page.get_full_url(request)
        if url:
            subjects[page.translation_key].append(
                {"url": url, "language": page.locale.language_code, "changed": page.last_published_at}
            )
    entries = [
        {**page, "alternates": translations, "default": translations[0]["url"]}
        for translations in subjects.values()
        for page in translations
    ]
    body = render_to_string("portal/sitemap.xml", {"entries": entries, "default_language": settings.LANGUAGE_CODE})
    return HttpResponse(body, content_type="application/xml")
