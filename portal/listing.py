"""Listings: children of an index page, filtered by their facets, paged."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


def children_listing(page: Page, request: HttpRequest) -> Any:
    return None
