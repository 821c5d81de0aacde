"""The reading list and the news: what they can be filtered by and how they are ordered."""

from django.conf import settings
from django.db.models import CharField, F
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import vocabulary as v
from portal.languages import language_name
from portal.listing import FacetFilter, Listing, Sort, build_listing, children_listing

from .models import CallPage, NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage

RESOURCE_FILTERS = [
    FacetFilter("type", _("Type"), lambda: dict(v.ResourceType.choices)),
    FacetFilter("language", _("Language of the work"), lambda: language_names()),
]
RESOURCE_SORTS = [
    Sort("title", _("Title"), ("title",)),
    Sort("year", _("Latest first"), (F("year").desc(nulls_last=True), "title")),
]


def language_names() -> dict[str, str]:
    """The site's languages by code, named in the reader's language."""
    return {code: language_name(code) for code, _name in settings.LANGUAGES}


def resource_listing(index: ResourceIndexPage, request: HttpRequest) -> Listing:
    pages = ResourcePage.objects.select_related("organisation")
    return build_listing(request, pages, filters=RESOURCE_FILTERS, sorts=RESOURCE_SORTS, per_page=48)


def news_listing(index: NewsIndexPage, request: HttpRequest) -> Listing:
    """News and calls together, the latest first; a call counts from the day on which it opened."""
    day = Coalesce(Cast("newspage__date", CharField()), "callpage__opens", output_field=CharField())
    newest = Sort("date", _("Newest first"), (day.desc(nulls_last=True),))
    return children_listing(index, request, NewsPage, CallPage, sorts=[newest])
