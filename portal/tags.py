"""Tag pages: one for each tag and language, listing what carries the tag."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from taggit.models import Tag
from wagtail.models import Page

from .languages import active_language, alphabetical
from .listing import build_listing, make_specific
from .models import PageTag
from .querysets import in_language, visible


def tagged(tag: Tag, user: Any) -> QuerySet:
    """All languages of what carries the tag in a language that the reader may see."""
    links = PageTag.objects.filter(tag=tag)
    keys = visible(Page.objects.filter(pk__in=links.values("content_object_id")), user).values("translation_key")
    return Page.objects.filter(translation_key__in=keys)


def tag_index(request: HttpRequest) -> HttpResponse:
    public = visible(Page.objects.all(), request.user)
    shown = in_language(public, active_language())
    links = PageTag.objects.filter(
        content_object__in=public.values("pk"), content_object__translation_key__in=shown.values("translation_key")
    )
    counts: dict[Tag, set] = {}
    for link in links.select_related("tag", "content_object"):
        counts.setdefault(link.tag, set()).add(link.content_object.translation_key)
    tags = sorted(((tag, len(keys)) for tag, keys in counts.items()), key=lambda pair: alphabetical(pair[0].name))
    return render(request, "portal/tag_index.html", {"tags": tags})


def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None:
        raise Http404
    listing = build_listing(request, tagged(tag, request.user))
    if not listing.all_total:
        raise Http404
    make_specific(listing)
    return render(request, "portal/tag_page.html", {"tag": tag, "listing": listing})
